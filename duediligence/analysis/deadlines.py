"""Dates that can end a matter: counted from answers, watched for in the law, or named by people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from duediligence.analysis import counting
from duediligence.analysis.abouts import filled
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.outcome import Leaf
from duediligence.analysis.wording import leaf_words
from duediligence.knowledge.law import Condition, Law, Period
from duediligence.knowledge.values import period as days_of

if TYPE_CHECKING:
    from duediligence.analysis.logic import Grounds

_UNITS = {"years_from_year_end": "year", "years": "year", "months": "month", "days": "day"}
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 6: "six"}


def deadlines(grounds: "Grounds", abouts: Mapping[str | None, Sequence[str | None]]) -> tuple[KeyDate, ...]:
    """What every period of the law comes to in this case; those that do not run here are left out."""
    periods = grounds.situation.law.periods
    found = (deadline(one, about, grounds) for one in periods for about in abouts[one.each])
    return tuple(one for one in found if one is not None)


def reply_passed(grounds: "Grounds", about: str | None) -> tuple[bool | None, tuple[Leaf, ...], str]:
    """Whether the period for an answer to letter *about* has passed, on which answers, or why it is open."""
    for one in grounds.situation.law.periods:
        if one.each != "letter" or one.starts != _RECEIVED:
            continue
        found = deadline(one, about, grounds)
        if found is None:
            continue
        leaves = grounds.test(_given(_RECEIVED), about, "letter").leaves
        if found.last is None or found.first is None:
            return None, leaves, "; ".join(found.missing)
        day = grounds.situation.law.as_of
        # A month is known, not a day: it has passed for certain only when its later end has.
        passed = True if found.last < day else False if found.first >= day else None
        return passed, leaves, "" if passed is not None else "the exact day of receipt is not on file"
    return None, (), "no period for an answer is known to run from it"


def reply_due(grounds: "Grounds", about: str | None) -> tuple[tuple[date, date] | None, tuple[Leaf, ...]]:
    """The days on which the period for an answer to letter *about* may end, and on which answers."""
    for one in grounds.situation.law.periods:
        if one.each == "letter" and one.starts == _RECEIVED:
            found = deadline(one, about, grounds)
            if found is not None and found.first is not None and found.last is not None:
                leaves = grounds.test(_given(_RECEIVED), about, "letter").leaves
                return (found.first, found.last), leaves
    return None, ()


@cache
def _given(question: str) -> Condition:
    # Kept for good: leaves already tested are remembered by the identity of their condition.
    return {"answer": question, "stated": "yes"}


_RECEIVED = "letter.received-on"


@dataclass(frozen=True, kw_only=True)
class _Start:
    """The day, or the days, a period begins; open when *missing* says why."""

    days: tuple[date, date] | None
    words: str
    leaves: tuple[Leaf, ...] = ()
    missing: tuple[str, ...] = ()


def deadline(period: Period, about: str | None, grounds: "Grounds") -> KeyDate | None:
    """What *period* comes to about one thing; ``None`` where it does not run, or is not asked about yet."""
    applies = grounds.test(period.applies, about, period.each)
    if applies.value is False or (applies.value is None and (applies.waits_for or applies.does_not_arise)):
        return None
    bare = _bare(period, about, grounds)
    if applies.value is None:
        said = tuple(dict.fromkeys(leaf_words(leaf, grounds.situation.law) for leaf in applies.open))
        return replace(bare, state="open", missing=said)
    start = _start(period, about, grounds)
    if start is None:
        return None
    rests = tuple(ref for leaf in (*applies.leaves, *start.leaves) for ref in grounds.rests_on(leaf))
    bare = replace(bare, rests_on=tuple({tuple(ref.items()): ref for ref in rests}.values()))
    if start.days is None:
        return replace(bare, state="start_missing", missing=start.missing)
    return _counted(period, about, grounds, start, bare)


def _bare(period: Period, about: str | None, grounds: "Grounds") -> KeyDate:
    law = grounds.situation.law
    sources = [law.authorities[id] for id in period.authorities if id in law.authorities]
    return KeyDate(
        kind="period",
        id=period.id,
        ref=period.ref,
        about=about,
        title=filled(period.title, about),
        state="open",
        note=period.note,
        approximate=period.about,
        authorities=tuple({"id": s.id, "state": s.state, "confirmed": s.confirmed} for s in sources),
        next_step=period.next_step,
        owner=period.owner,
    )


def _start(period: Period, about: str | None, grounds: "Grounds") -> _Start | None:
    if period.after:
        earlier = next(one for one in grounds.situation.law.periods if one.id == period.after)
        ended = deadline(earlier, about, grounds)
        if ended is None or ended.first is None or ended.last is None:
            return None
        # It only begins when the earlier one has ended without an answer.
        return _Start(days=(ended.first, ended.last), words=f"{period.start_words}, {_day(ended.last)}")
    return _answered(period.starts or "", period.start_words, about, period.each, grounds)


def _answered(question: str, words: str, about: str | None, each: str | None, grounds: "Grounds") -> _Start:
    leaf = grounds.test(_given(question), about, each).leaves[0]
    value = leaf.asked.answer.value if leaf.value and leaf.asked and leaf.asked.answer else None
    days = days_of(value) if isinstance(value, str) else None
    if days is None:
        twice = leaf.why in ("needs_another_look", "two_answers")
        why = leaf_words(leaf, grounds.situation.law) if twice else f"{words} is not on file"
        return _Start(days=None, words=words, leaves=(leaf,), missing=(why,))
    said = _day(days[0]) if days[0] == days[1] else f"{value} (no exact day on file)"
    return _Start(days=days, words=f"{words}, {said}", leaves=(leaf,))


def _counted(period: Period, about: str | None, grounds: "Grounds", start: _Start, bare: KeyDate) -> KeyDate:
    assert start.days is not None
    place, place_words = _place(period, grounds)
    ends = [_end(period, day) for day in start.days]
    moved = [counting.working_day(day, place) for day in ends] if period.working_days_of else ends
    said = [f"{_length(period)} from {start.words}"]
    if period.counted == "years_from_year_end":
        said = [f"{_length(period)} from the end of {start.days[1].year}, the year of {_of(period)}"]
    if moved != ends:
        why = counting.holiday(ends[-1], place) or ends[-1].strftime("%A")
        said.append(f"moved from {_day(ends[-1])} ({why}) to the next working day")
    if place_words:
        said.append(place_words)
    extended, why = _extension(period, about, grounds, start.days, moved[-1], place)
    said += [why] if why else []
    moved = [extended, extended] if extended else moved
    met = period.met is not None and grounds.test(period.met, about, period.each).value is True
    passed = moved[-1] < grounds.situation.law.as_of
    state = "met" if met else "passed" if passed else "running"
    return replace(bare, state=state, first=moved[0], last=moved[-1], counted="; ".join(said))


def _end(period: Period, start: date, length: int | None = None) -> date:
    length = period.length if length is None else length
    if period.counted == "years_from_year_end":
        return counting.year_end(start, length)
    if period.counted == "days":
        return counting.days_later(start, length)
    return counting.months_later(start, length * (12 if period.counted == "years" else 1))


def _length(period: Period) -> str:
    unit = _UNITS[period.counted] + ("" if period.length == 1 else "s")
    return f"{'about ' if period.about else ''}{_NUMBERS.get(period.length, str(period.length))} {unit}"


def _place(period: Period, grounds: "Grounds") -> tuple[str | None, str]:
    """Whose holidays count, and what a reader must know of them."""
    if not period.working_days_of:
        return None, ""
    leaf = grounds.test(_given(period.working_days_of)).leaves[0]
    value = leaf.asked.answer.value if leaf.value and leaf.asked and leaf.asked.answer else None
    if not isinstance(value, str) or not counting.has_calendar(value):
        return None, "weekends counted, public holidays not: the place is not on file"
    where = "" if "-" in value else "; those of its parts are not"
    return value, f"public holidays of {value} counted{where}"


def _extension(
    period: Period,
    about: str | None,
    grounds: "Grounds",
    start: tuple[date, date],
    end: date,
    place: str | None,
) -> tuple[date | None, str]:
    """The day an extension moves the end to, and how; ``None`` when it moves nothing."""
    until = _answered(period.extended_by, "", about, period.each, grounds) if period.extended_by else None
    if until is None or until.days is None:
        return None, ""
    to = until.days[1]
    if period.extended_told:
        told = _answered(period.extended_told, "", about, period.each, grounds).days
        if told and told[0] > end:
            return None, f"an extension told on {_day(told[0])}, after the end, moves nothing"
    if period.extended_at_most is not None:
        latest = _end(period, start[1], period.extended_at_most)
        latest = counting.working_day(latest, place) if period.working_days_of else latest
        if to > latest:
            return latest, f"extended to {_day(latest)}, the latest day there is; {_day(to)} was answered"
    return to, f"extended to {_day(to)}, as answered"


def awaited(law: Law, cited: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """The sources of *cited* whose decision was due on or before the day of the law: id, date, event.

    Sources that are settled are left out: what is watched there is a date of theirs, no decision on them.
    """
    for id in cited:
        source = law.authorities[id]
        if source.state == "settled" and source.final:
            continue
        for day, event in source.watch:
            if day[:1].isdigit() and day <= law.as_of.isoformat():
                yield {"authority": id, "date": day, "event": event}


def _of(period: Period) -> str:
    return period.start_words.removeprefix("the day of ")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
