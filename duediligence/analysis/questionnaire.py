"""The questions of a case: each one about each thing, whether it is asked and why, and how it stands."""

from collections.abc import Callable, Collection, Mapping

from duediligence.analysis.abouts import expand, filled
from duediligence.analysis.answers import check_value, find_question
from duediligence.analysis.logic import Grounds
from duediligence.analysis.look import changed
from duediligence.analysis.offering import roles_of
from duediligence.analysis.situation import Asked, Situation
from duediligence.analysis.wording import because
from duediligence.errors import BadInputError
from duediligence.facts.fact import Fact
from duediligence.history import Answer, Shown
from duediligence.knowledge.law import Question
from duediligence.knowledge.vocabulary import EFFORTS, UNKNOWN

__all__ = ["ask", "check_value", "find_question", "shown"]

_NOT_KNOWN = ("unanswered", "not_asked", "unknown")
_CLAIMANTS = frozenset({"rightsholder", "data_subject"})
_ABOUT_REPOS = ("dataset", "parent", "licensed")


def ask(situation: Situation, reread: Collection[Fact] = ()) -> tuple[Asked, ...]:
    """Every question about everything it is asked once for: the first questions, then those that matter most.

    What matters most follows from the role; what matters alike comes cheapest first.

    Args:
        situation: facts, lineage, answers and law.
        reread: what this program reads today in earlier captures; tells a changed source from a changed
            reading where the evidence alone does not.
    """
    asking = _Asking(situation, reread)
    order = {effort: i for i, effort in enumerate(EFFORTS)}
    last = len(situation.law.questions) + 1
    rank = _rank(roles_of(situation))
    questions = sorted(
        situation.law.questions, key=lambda one: (one.first or last, rank(one), order[one.effort])
    )
    found = (
        asking.at(question.id, about) for question in questions for about in asking.abouts[question.each]
    )
    return tuple(one for one in found if one is not None)


def _rank(roles: Collection[str]) -> Callable[[Question], int]:
    """What matters most to *roles* first; to who has a claim alone then what they can say themselves."""
    claims = bool(roles) and set(roles) <= _CLAIMANTS

    def rank(one: Question) -> int:
        if set(one.foremost) & set(roles):
            return 0
        return 2 if claims and not set(one.who) & set(roles) else 1

    return rank


def shown(question: Question, about: str | None, situation: Situation) -> Shown:
    """What an answer given now keeps: the question's words and every fact beside it."""
    grounds = Grounds(situation, lambda *_: None)
    return Shown(
        text=filled(question.text, about, situation.law.acts),
        choices=tuple(question.choices),
        facts=_shows(question, about, grounds),
    )


def _shows(question: Question, about: str | None, grounds: Grounds) -> tuple[Fact, ...]:
    """Every fact under the keys a question shows, of the repo it is about."""
    repo = _repo(question, about, grounds)
    return tuple(fact for key in question.shows for fact in grounds.facts(repo, key))


def _repo(question: Question, about: str | None, grounds: Grounds) -> str:
    return about if about is not None and question.each in _ABOUT_REPOS else grounds.situation.repo


class _Asking:
    """Works out each question once, following conditions to the questions they depend on."""

    def __init__(self, situation: Situation, reread: Collection[Fact]) -> None:
        self.abouts: Mapping[str | None, tuple[str | None, ...]] = expand(situation)
        self._situation = situation
        self._reread = reread
        self._questions = {question.id: question for question in situation.law.questions}
        self._grounds = Grounds(situation, self.at)
        self._found: dict[tuple[str, str | None], Asked] = {}

    def at(self, id: str, about: str | None) -> Asked | None:
        """How one question stands; ``None`` when it is not asked about that."""
        question = self._questions.get(id)
        if question is None or about not in self.abouts[question.each]:
            return None
        if (id, about) not in self._found:
            self._found[id, about] = self._asked(question, about)
        return self._found[id, about]

    def _addressed(self, address: str) -> Asked | None:
        id, at, about = address.partition("@")
        return self.at(id, about if at else None)

    def _asked(self, question: Question, about: str | None) -> Asked:
        gate = self._grounds.test(question.when, about, question.each)
        only_others = all(leaf.why in ("unanswered", "not_asked") for leaf in gate.open)
        answers = self._situation.answers.get((question.id, about), ())
        # Who answers before being asked has answered; only a condition that fails puts an answer aside.
        only_others = only_others or (
            question.when_known and all(leaf.why in _NOT_KNOWN for leaf in gate.open)
        )
        asked = gate.value is True or (gate.value is None and (bool(answers) or not only_others))
        text = filled(question.text, about, self._situation.law.acts)
        changes = () if not answers else self._changes(question, text, answers[-1])
        prefill, from_facts = self._prefill(question, about)
        waits_for = () if asked else gate.waits_for
        first = [one.text for one in map(self._addressed, waits_for) if one is not None]
        return Asked(
            question=question,
            about=about,
            text=text,
            asked=asked,
            because=because(gate.leaves, asked, first, self._situation.law),
            state=_state(answers, bool(changes)),
            shows=_shows(question, about, self._grounds),
            prefill_value=prefill,
            prefill_facts=from_facts,
            answer=answers[-1] if answers else None,
            others=answers[:-1],
            changes=changes,
            waits_for=waits_for,
            to_provider=filled(question.provider_text or question.text, about, self._situation.law.acts),
        )

    def _changes(
        self, question: Question, text: str, answer: Answer
    ) -> tuple[tuple[str, Fact | None, Fact | None], ...]:
        return changed(answer.shown, text, tuple(question.choices), self._grounds.facts, self._reread)

    def _prefill(
        self, question: Question, about: str | None
    ) -> tuple[str | tuple[str, ...] | None, tuple[str, ...]]:
        """The value the sources suggest, when all that state it agree; never an answer."""
        if question.prefill is None:
            return None, ()
        facts = self._grounds.facts(_repo(question, about, self._grounds), question.prefill)
        stated = [fact for fact in facts if fact.state == "stated" and fact.value]
        by_source: dict[str | None, list[str]] = {}
        for fact in stated:
            by_source.setdefault(fact.source, []).append(str(fact.value))
        said = {tuple(sorted(set(values))) for values in by_source.values()}
        if len(said) != 1:
            return None, ()
        values = [question.prefill_values.get(value, value) for value in said.pop()]
        if question.prefill_values and not set(values) <= set(question.prefill_values.values()):
            return None, ()
        try:
            value = check_value(question, sorted(set(values)), self._situation.law)
        except BadInputError:
            # What the source says is no answer to this question: it stays beside it, nothing is suggested.
            return None, ()
        return (None, ()) if value == UNKNOWN else (value, tuple(fact.id for fact in stated))


def _state(answers: tuple[Answer, ...], changes: bool) -> str:
    if not answers:
        return "unanswered"
    if len(answers) > 1:
        return "two_answers"
    if changes:
        return "needs_another_look"
    return UNKNOWN if answers[0].value == UNKNOWN else "answered"
