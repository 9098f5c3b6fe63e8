"""Which step and which letter a finding offers to whoever asks: by role, and by what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from duediligence.analysis.logic import Grounds
from duediligence.analysis.situation import Asked, Situation
from duediligence.knowledge.law import Letter, Rule
from duediligence.knowledge.vocabulary import ROLES


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What one can do next about a finding."""

    step: str
    """Empty where the step is another role's."""

    letter: str | None = None
    withheld: str | None = None
    """Why the letter that was meant is not offered."""


def roles_of(situation: Situation) -> tuple[str, ...]:
    """The roles of whoever asks; counsel stands where the person stands whom they advise. Empty: not said."""
    own = _chosen(situation, "use.role")
    advised = _chosen(situation, "matter.advises") if "counsel" in own else []
    return tuple(dict.fromkeys([one for one in own if one != "counsel" or not advised] + advised))


def _chosen(situation: Situation, question: str) -> list[str]:
    given = situation.answers.get((question, None), ())
    values = [(one.value,) if isinstance(one.value, str) else one.value for one in given]
    return [one for value in values for one in value if one in ROLES]


def offer(rule: Rule, grounds: Grounds) -> Offer:
    """The step and the letter of *rule* in the words of the roles that stand in *grounds*."""
    roles = roles_of(grounds.situation)
    if rule.step_for and roles and not set(roles) & set(rule.step_for):
        return Offer(step="")
    # Whoever plans to use it too reads the words for users: what is dangerous for the one is not hidden.
    own = rule.of_role.get(roles[0], {}) if len(roles) == 1 else {}
    letter, withheld = offered(own.get("letter", rule.letter), grounds)
    return Offer(step=own.get("next_step", rule.next_step), letter=letter, withheld=withheld)


def offered(id: str | None, grounds: Grounds) -> tuple[str | None, str | None]:
    """The letter that is offered in place of *id*, and why *id* is not, if so."""
    because = None
    letters = grounds.situation.law.letters
    roles = roles_of(grounds.situation)
    seen: set[str] = set()
    while id is not None and id in letters and id not in seen:
        seen.add(id)
        if not _is_of(letters[id], roles):
            return None, because
        held = next((one for one in letters[id].withheld if grounds.test(one.when, None, None).value), None)
        if held is None:
            break
        because, id = because or held.because, held.instead
    return id, because


def _is_of(letter: Letter, roles: Sequence[str]) -> bool:
    return not letter.of or not roles or bool(set(letter.of) & set(roles))


def letters_for(situation: Situation, asked: Sequence[Asked]) -> dict[str, str | None]:
    """Every letter that is whoever asks's to send: its id to why it is not offered, ``None`` where it is."""
    at = {(one.question.id, one.about): one for one in asked}
    grounds = Grounds(situation, lambda id, about: at.get((id, about)))
    roles = roles_of(situation)
    found = {}
    for letter in situation.law.letters.values():
        if _is_of(letter, roles):
            id, because = offered(letter.id, grounds)
            found[letter.id] = None if id == letter.id else because
    return found
