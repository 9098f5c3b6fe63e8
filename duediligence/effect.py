"""What a step changed, in a line: the findings that came, moved or went because of it, and what it opened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from duediligence.analysis import questionnaire
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.situation import Asked, Finding, Situation
from duediligence.history import Address
from duediligence.memo.words import counted
from duediligence.visible import visible_line

_IDLE = (None, "not_applicable")
"""Standings that ask nothing of anybody: that a rule is known not to apply is counted, not told."""

_STANDING = ("contested", "established", "supported", "gap", *_IDLE)
_POLARITY = ("constraint", "duty", "risk", "permission", "right", "fact")
_WORDS = {"gap": "missing", "established": "established on the text"}
_TOLD = 2


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A finding that stands otherwise than before the step."""

    finding: Finding
    """As it is now; as it was, where it is there no more."""

    before: str | None
    now: str | None
    waits: bool
    """Whether it is there no more because its rule waits for an answer."""

    @property
    def told(self) -> str:
        """How it stands now, and whether that is new."""
        if self.now in _IDLE:
            waits = self.now is None and self.waits
            return "waits for an answer now" if waits else "does not apply any more"
        words = (
            "open whether this holds"
            if self.finding.in_question
            else _WORDS.get(str(self.now), str(self.now))
        )
        return f"new: {words}" if self.before in _IDLE else f"now {words}"


def effect_text(before: Situation, after: Situation, places: Collection[Address] = ()) -> str:
    """One line on what changed between two states of a case, what rests on the answers at *places* first."""
    old, new = questionnaire.ask(before), questionnaire.ask(after)
    opened = _newly_asked(old, new)
    more = f"{counted(opened, 'more question')}." if opened else ""
    if not any(fact.state == "stated" for fact in after.facts):
        return f"Recorded. {more}".strip()
    moved = _moved(before, old, after, new)
    active = [one for one in moved if {one.before, one.now} - {*_IDLE}]
    active.sort(key=lambda one: _nearness(one, places))
    return " ".join(part for part in ("Recorded.", _changed(active, len(moved) - len(active)), more) if part)


def _newly_asked(old: Sequence[Asked], new: Sequence[Asked]) -> int:
    known = {(one.question.id, one.about) for one in old if one.asked}
    return sum(one.asked and (one.question.id, one.about) not in known for one in new)


def _moved(before: Situation, old: Sequence[Asked], after: Situation, new: Sequence[Asked]) -> list[Moved]:
    then, found = apply_rules(before, old), apply_rules(after, new)
    waiting = {rule for rule, _ in found.waiting}
    was = {(one.id, one.about): one for one in then.findings}
    now = {(one.id, one.about): one for one in found.findings}
    stood = {at: (was.get(at), now.get(at)) for at in {**now, **was}}
    return [
        Moved(
            finding=one,
            before=a.status if a else None,
            now=b.status if b else None,
            waits=one.id in waiting,
        )
        for a, b in stood.values()
        if (one := b or a) and (a.status if a else None) != (b.status if b else None)
    ]


def _nearness(one: Moved, places: Collection[Address]) -> tuple[object, ...]:
    """First what rests on the step, and on little else; what is known before what is missing."""
    answers = {(ref["answer"], ref.get("about")) for ref in one.finding.rests_on if "answer" in ref}
    return (
        not answers & set(places),
        one.now in _IDLE,
        len(answers),
        _STANDING.index(one.now),
        _POLARITY.index(one.finding.polarity) if one.finding.polarity in _POLARITY else len(_POLARITY),
        one.finding.id,
        one.finding.about or "",
    )


def _changed(moved: Sequence[Moved], idle: int) -> str:
    """The findings that count, the nearest two in words; rules that turned out not to apply as a number."""
    settled = f"{counted(idle, 'rule does', 'rules do')} not apply, as is known now." if idle else ""
    if not moved:
        return f"No finding changed. {settled}".strip()
    came = sum(one.before in _IDLE for one in moved)
    went = sum(one.now in _IDLE for one in moved)
    kinds = ((came, "new"), (len(moved) - came - went, "otherwise than before"), (went, "gone"))
    how = ", ".join(f"{number} {kind}" for number, kind in kinds if number)
    first = "; ".join(f"“{visible_line(one.finding.proposition, 160)}” ({one.told})" for one in moved[:_TOLD])
    others = f" And {len(moved) - _TOLD} more." if len(moved) > _TOLD else ""
    return f"Findings: {how}. {first}.{others} {settled}".strip()
