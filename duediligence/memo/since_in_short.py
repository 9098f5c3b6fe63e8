"""What changed since the last memo in as many lines as the body has room for, and the rest for an annex."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from duediligence.memo.altered import Altered, AlteredRepo
from duediligence.memo.moved import Because, Moved
from duediligence.memo.since import Since
from duediligence.memo.statement import Statement

_Row = TypeVar("_Row")

LINES = {"sources": 8, "chain": 2, "read": 2, "law": 2, "people": 3, "by_cause": 6, "dates": 2}
"""Printed lines the body has for each kind of change: together less than a page."""

_LINE = 95
"""Characters of a printed line."""


def in_short(whole: Since) -> tuple[Since, Since | None]:
    """The section for the body, and what it has no room for; ``None`` when all of it fits.

    Of every kind of change the body tells at least the first; nothing is told twice, nothing left out.
    """
    sources, read = (
        _repos(rows, LINES[kind]) for kind, rows in (("sources", whole.sources), ("read", whole.read))
    )
    causes = _causes(whole.by_cause, LINES["by_cause"])
    chain, law, people, dates = (
        _cut(rows, LINES[kind], _height)
        for kind, rows in (
            ("chain", whole.chain),
            ("law", whole.law),
            ("people", whole.people),
            ("dates", whole.dates),
        )
    )
    body, rest = (
        replace(
            whole,
            sources=sources[part],
            chain=chain[part],
            read=read[part],
            law=law[part],
            people=people[part],
            dates=dates[part],
            by_cause=causes[part],
        )
        for part in (0, 1)
    )
    left = (rest.sources, rest.chain, rest.read, rest.law, rest.people, rest.dates, rest.by_cause)
    return body, rest if any(left) else None


def _cut(
    rows: Sequence[_Row], room: int, height: Callable[[_Row], int]
) -> tuple[tuple[_Row, ...], tuple[_Row, ...]]:
    """As many of *rows* as *room* has lines for, at least one, and the others."""
    used = 0
    for at, row in enumerate(rows):
        used += height(row)
        if at and used > room:
            return tuple(rows[:at]), tuple(rows[at:])
    return tuple(rows), ()


def _height(said: Statement) -> int:
    return -(-len(said.text) // _LINE)


def _altered_height(row: Altered) -> int:
    return 1 + _height(row.before) + _height(row.now)


def _moved_height(row: Moved) -> int:
    return 1 + _height(row.proposition)


def _repos(
    repos: Sequence[AlteredRepo], room: int
) -> tuple[tuple[AlteredRepo, ...], tuple[AlteredRepo, ...]]:
    """The notes and rows of each repository, as far as *room* goes."""
    body: list[AlteredRepo] = []
    rest: list[AlteredRepo] = []
    for repo in repos:
        if body and room < 2:
            rest.append(repo)
            continue
        notes = _cut(repo.notes, room, _height)
        rows = _cut(repo.rows, room - sum(map(_height, notes[0])), _altered_height)
        room -= 1 + sum(map(_height, notes[0])) + sum(map(_altered_height, rows[0]))
        body.append(replace(repo, notes=notes[0], rows=rows[0]))
        if notes[1] or rows[1]:
            rest.append(replace(repo, notes=notes[1], rows=rows[1]))
    return tuple(body), tuple(rest)


def _causes(causes: Sequence[Because], room: int) -> tuple[tuple[Because, ...], tuple[Because, ...]]:
    """The findings each cause moved, as far as *room* goes; what is only counted stays with the first."""
    body: list[Because] = []
    rest: list[Because] = []
    for cause in causes:
        if body and room < 2:
            rest.append(cause)
            continue
        moved = _cut(cause.moved, room, _moved_height)
        room -= 1 + sum(map(_moved_height, moved[0]))
        body.append(replace(cause, moved=moved[0]))
        if moved[1]:
            rest.append(replace(cause, moved=moved[1], opened=(), idle=()))
    return tuple(body), tuple(rest)
