"""The case over time as a picture's values: a row a kind, a column a day, a mark where something happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from duediligence.memo.columns import columns, gap, short
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.moments import DATES, LANES, Moment, moments
from duediligence.memo.words import counted, joined
from duediligence.steps import steps


@dataclass(frozen=True, kw_only=True)
class Step:
    """One column: the words below it, and how much later it is than the column before."""

    words: tuple[str, ...]
    gap: str
    """``3 years``; empty when it follows soon."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What happened of one kind in one column."""

    row: int
    step: int
    number: int
    ahead: bool
    """Whether all of it has yet to come."""

    letters: str = ""
    """``a``, or ``a–c``: which of the dates named below the picture it is; empty for every other kind."""


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The case over time; `timeline_svg` draws it."""

    title: str
    """One sentence that says how many of each there are."""

    as_of: str
    rows: tuple[str, ...]
    steps: tuple[Step, ...]
    now: int
    """The step of the day it is drawn for."""

    marks: tuple[Mark, ...]
    note: str
    """What the steps stand for, to be read below the picture."""

    named: tuple[tuple[str, str, str], ...] = ()
    """Letter, day and words of each date to watch."""


def timeline(given: Sequence[Moment], *, today: date, named: bool = False) -> Timeline | None:
    """The picture of the moments *given* as of *today*; ``None`` when there are none.

    The same moments give an equal value. Where the dates to watch are *named*, each has a letter.
    """
    if not given:
        return None
    made = columns([one.on for one in given], today)
    # A row without a mark would only take room; the sentence says that there is none of its kind.
    rows = [lane.name for lane in LANES if any(one.lane == lane.name for one in given)]
    at: dict[tuple[int, int], list[Moment]] = {}
    for one in given:
        # A day far away may lie in a month whose nearer days have columns of their own.
        exact = [i for i, column in enumerate(made) if column.first == column.last == one.on]
        step = exact or [i for i, column in enumerate(made) if column.first <= one.on <= column.last]
        at.setdefault((rows.index(one.lane), step[0] if one.on < today else step[-1]), []).append(one)
    dates = sorted((one for one in given if one.lane == DATES and named), key=lambda one: (one.on, one.what))
    letter = {id(one): _letter(i) for i, one in enumerate(dates)}
    gaps = ["", *(gap(before, behind) for before, behind in pairwise(made))]
    return Timeline(
        title=_sentence(given, today),
        as_of=f"as of {short(today)}",
        rows=tuple(rows),
        steps=tuple(Step(words=column.words, gap=gap) for column, gap in zip(made, gaps, strict=True)),
        now=next(i for i, column in enumerate(made) if column.first == column.last == today),
        marks=tuple(
            Mark(
                row=row,
                step=step,
                number=_number(here),
                ahead=all(one.ahead for one in here),
                letters=_span([letter[id(one)] for one in here if id(one) in letter]),
            )
            for (row, step), here in sorted(at.items())
        ),
        named=tuple((letter[id(one)], short(one.on), one.what) for one in dates),
        note=_note(any(column.first != column.last for column in made), any(one.ahead for one in given)),
    )


def _letter(i: int) -> str:
    """``a`` to ``z``, then ``aa`` …"""
    return (_letter(i // 26 - 1) if i >= 26 else "") + chr(ord("a") + i % 26)


def _span(letters: Sequence[str]) -> str:
    between = sorted(letters, key=lambda letter: (len(letter), letter))
    return "–".join(dict.fromkeys([*between[:1], *between[-1:]]))


def case_timeline(
    ex: Exhibits, events: Sequence[Mapping[str, Any]], *, named: bool = False
) -> Timeline | None:
    """The picture of *events* and of the dates of the findings, as of the day of the memo."""
    found = moments(
        steps(events, ex.inputs.record.chronology),
        zone=ex.zone[0],
        today=ex.inputs.as_of,
        changes=ex.inputs.changed,
        dates=ex.inputs.findings.dates,
    )
    return timeline(found, today=ex.inputs.as_of, named=named)


def _note(shared: bool, ahead: bool) -> str:
    far = " Days farther away share a column." if shared else ""
    hollow = " What is hollow lies ahead." if ahead else ""
    return f"A step is a day with something on it; steps are in their order, not to scale.{far}{hollow}"


def _number(moments: Iterable[Moment]) -> int:
    return sum(one.count for one in moments)


def _sentence(moments: Sequence[Moment], today: date) -> str:
    """``From 22 Nov 2026 to 1 Dec 2029, as of …: 2 looks at the Hub or a page, no changed facts, …``."""
    said = []
    for lane in LANES:
        number = _number(one for one in moments if one.lane == lane.name)
        said.append(counted(number, lane.one, lane.many) if number else f"no {lane.many}")
    passed = _number(one for one in moments if one.lane == DATES and not one.ahead)
    said[-1] += f" ({counted(passed, 'of them', 'of them')} passed)" if passed else ""
    days = sorted({one.on for one in moments})
    span = f"On {short(days[0])}" if len(days) == 1 else f"From {short(days[0])} to {short(days[-1])}"
    as_of = "" if days == [today] else f", as of {short(today)}"
    return f"{span}{as_of}: {joined(said)}."
