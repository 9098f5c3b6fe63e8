"""Every date of a case in one list: periods that run, days the law watches, days people named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from duediligence.analysis.deadlines import deadlines
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.situation import Finding
from duediligence.history import Address, Answer
from duediligence.knowledge.law import Law
from duediligence.knowledge.values import period as days_of

if TYPE_CHECKING:
    from duediligence.analysis.logic import Grounds

Answers = Mapping[Address, tuple[Answer, ...]]

NAMED = {
    "use.asked-until": "Answer asked for by this day",
    "use.start": "Planned start of use",
    "letter.extended-until": "Reply announced for this day",
}
"""Questions whose answers are dates that bind, and what each date is."""

_START = "use.start"


def key_dates(
    grounds: "Grounds", abouts: Mapping[str | None, Sequence[str | None]], findings: Sequence[Finding]
) -> tuple[KeyDate, ...]:
    """Periods first, then the rest; within each the next day first, those without a day before them.

    Watched days are those of the legal sources of findings that apply, each event once.
    """
    law, answers = grounds.situation.law, grounds.situation.answers
    periods = deadlines(grounds, abouts)
    counted = {source["id"] for one in periods for source in one.authorities}
    # A day the law watches in general gives way to the one counted for this case.
    others = [one for one in watched(law, findings) if one.id not in counted]
    return in_order([*periods, *others, *named(answers, law.as_of)], answers)


def in_order(found: Iterable[KeyDate], answers: Answers) -> tuple[KeyDate, ...]:
    """The dates in the order people need them, each set against the planned start."""
    return tuple(sorted((_against_start(one, answers) for one in found), key=_order))


def _order(one: KeyDate) -> tuple[bool, bool, date, str, str]:
    over = one.state in ("passed", "met")
    # A period that ended while nobody looked still comes before days that only concern others.
    return (one.kind != "period", over, one.last or date.min, one.id, one.about or "")


def watched(law: Law, findings: Sequence[Finding]) -> Iterator[KeyDate]:
    """The days the legal sources of findings that apply are watched for, each event once."""
    cited = {str(c["id"]) for one in findings if one.status != "not_applicable" for c in one.authorities}
    seen: set[tuple[str, str]] = set()
    for cites in sorted(cited):
        for text, event in law.authorities[cites].watch:
            days = days_of(text)
            if days is None or (text, event) in seen:
                continue
            seen.add((text, event))
            id = _of_event(law, (text, event))
            source = law.authorities[id]
            yield KeyDate(
                kind="watched",
                id=id,
                title=event,
                state="passed" if days[1] < law.as_of else "running",
                first=days[0],
                last=days[1],
                counted="set by law, or announced",
                authorities=({"id": id, "state": source.state, "confirmed": source.confirmed},),
            )


def _of_event(law: Law, event: tuple[str, str]) -> str:
    """The source to show for an event that stands in many: the decision that is waited for itself."""
    waiting = [one for one in law.authorities.values() if event in one.watch]
    return min(waiting, key=lambda one: (one.type != "decision", one.state != "pending", one.id)).id


def named(answers: Answers, as_of: date) -> Iterator[KeyDate]:
    """The days people named, every one of them where two answers stand beside each other."""
    for (question, about), given in sorted(answers.items(), key=str):
        for answer in given if question in NAMED else ():
            days = days_of(answer.value) if isinstance(answer.value, str) else None
            if days is not None:
                yield KeyDate(
                    kind="named",
                    id=question,
                    about=about,
                    title=NAMED[question],
                    state="passed" if days[1] < as_of else "running",
                    first=days[0],
                    last=days[1],
                    counted="as answered",
                    rests_on=({"answer": question, "about": about, "event": answer.event},),
                )


def _against_start(one: KeyDate, answers: Answers) -> KeyDate:
    """Whether the day lies before or after the planned start; silent where that is not known."""
    given = answers.get((_START, None), ())
    value = given[0].value if len(given) == 1 else ""
    start = days_of(value) if isinstance(value, str) else None
    if one.id == _START or one.first is None or one.last is None or start is None:
        return one
    return replace(one, launch="before" if one.last < start[0] else "after" if one.first > start[1] else "")
