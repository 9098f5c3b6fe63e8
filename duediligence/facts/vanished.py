"""Edges of the lineage that an earlier look found stated and the newest one does not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from duediligence.evidence.manifest import Entry
from duediligence.facts.lineage import Edge, Lineage, edges_of
from duediligence.facts.places import CARD
from duediligence.facts.reading import read_facts

_STATED_IN = ("info", CARD)

Look = tuple[date, Sequence[Entry]]
"""The day of one look, and what was known after it."""


def vanished(
    looks: Sequence[Look], body: Callable[[Entry], bytes], now: Lineage, decisions: Mapping[str, bool]
) -> tuple[Edge, ...]:
    """Every edge that is not found stated any more, with the day of the look that first missed it, sorted.

    Left out are edges of repos that are no longer looked at, for nobody knows what these say today, and of
    the old id of a renamed repo, whose edges go on under the new one. *looks* are oldest first, the last of
    them led to *now*; *decisions* are as for `read_lineage`.

    Raises:
        BadInputError: *body* found a body altered.
    """
    histories = [(day, _by_repo(entries)) for day, entries in looks]
    present = {edge.id for edge in now.edges}
    found = (
        edge
        for repo, today in (histories[-1][1] if histories else {}).items()
        if not any(entry.state == "renamed" for entry in today)
        for edge in _gone([(day, known[repo]) for day, known in histories if repo in known], body)
    )
    gone = [replace(edge, accepted=decisions.get(edge.id)) for edge in found if edge.id not in present]
    return tuple(sorted(gone, key=lambda edge: edge.id))


def _gone(looks: Sequence[Look], body: Callable[[Entry], bytes]) -> Iterator[Edge]:
    """The edges of one repo that some look found and none after it."""
    if len({_version(entries) for _, entries in looks}) < 2:
        return
    last: dict[str, Edge] = {}
    since: dict[str, date] = {}
    # What the same bytes say is read once: most looks find most repos as they were.
    read: dict[tuple[object, ...], dict[str, Edge]] = {}
    for day, entries in looks:
        version = _version(entries)
        if version not in read:
            read[version] = {edge.id: edge for edge in edges_of(read_facts(entries, body), {})}
        stated = read[version]
        since = {id: since.get(id, day) for id in last if id not in stated}
        last |= stated
    for id, day in since.items():
        yield replace(last[id], gone_since=day.isoformat())


def _by_repo(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    out: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.resource in _STATED_IN:
            out.setdefault(entry.repo, []).append(entry)
    return out


def _version(entries: Sequence[Entry]) -> tuple[object, ...]:
    return tuple(sorted((entry.resource, entry.state, entry.sha256 or "") for entry in entries))
