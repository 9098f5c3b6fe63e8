"""Everything a case folder says at one moment, read in the order of the flow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from duediligence.analysis.changes import Change, alike
from duediligence.analysis.differences import facts_between, new_names
from duediligence.analysis.situation import Situation
from duediligence.evidence import archive
from duediligence.evidence.manifest import Entry, Manifest, after_each, in_effect
from duediligence.facts import reading
from duediligence.facts.around import SOURCES, around
from duediligence.facts.fact import Fact
from duediligence.facts.licenses import computed_facts
from duediligence.facts.lineage import Edge, Lineage, read_lineage
from duediligence.facts.recalled import with_recalled
from duediligence.facts.vanished import Look, vanished
from duediligence.folder import CaseFolder, local_date
from duediligence.history import Record, by_new_name, fold
from duediligence.knowledge.law import Law
from duediligence.knowledge.of_dataset import of_dataset
from duediligence.knowledge.reader import load_law_from
from duediligence.ledger import ON_MEMOS, Graph
from duediligence.repo import kind_of


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A case as it stands, and the law it is read under."""

    graph: Graph
    record: Record
    manifests: tuple[Manifest, ...]
    """Of every capture, oldest first."""

    entries: tuple[Entry, ...]
    """What is known now: see `in_effect`."""

    facts: tuple[Fact, ...]
    lineage: Lineage
    situation: Situation

    @property
    def read(self) -> tuple[Fact, ...]:
        """The facts that were read; those computed from them are left out."""
        return tuple(fact for fact in self.facts if fact.source != "computed")

    @property
    def made_from(self) -> tuple[str, ...]:
        """The heads a memo is made from: issuing or signing a memo does not change what the next one says."""
        return self.graph.heads(leave_out=ON_MEMOS)


def take(files: CaseFolder, graph: Graph, law: Law) -> Snapshot:
    """Read the case in *files* as the events of *graph* tell it, under *law*.

    Raises:
        BadInputError: a capture is missing, altered or of a newer version.
    """
    record = fold(graph)
    manifests = files.manifests(record)
    entries, said = _read(files, record, manifests)
    return _standing(files, graph, record, manifests, entries, said, law)


def _read(
    files: CaseFolder, record: Record, manifests: Sequence[Manifest]
) -> tuple[tuple[Entry, ...], tuple[Fact, ...]]:
    """What is known after *manifests*, and the facts it states."""
    body = partial(archive.read_body, files.captures)
    looks = _looks(record, manifests)
    entries = tuple(looks[-1][1]) if looks else ()
    return entries, with_recalled(reading.read_facts(entries, body), looks, body)


def _looks(record: Record, manifests: Sequence[Manifest]) -> list[Look]:
    """The day of each capture, and what was known after it."""
    zone = str(record.opened.get("time_zone", "UTC"))
    days = (local_date(datetime.fromisoformat(event["at"]), zone) for event in record.gathered)
    return list(zip(days, after_each(manifests), strict=False))


def _standing(
    files: CaseFolder,
    graph: Graph,
    record: Record,
    manifests: tuple[Manifest, ...],
    entries: tuple[Entry, ...],
    said: Sequence[Fact],
    law: Law,
) -> Snapshot:
    limits = record.captures[-1].get("limits", ()) if record.captures else ()
    lineage = read_lineage(record.opened["repos"][0], entries, said, record.decisions, limits)
    if lineage.repo != record.opened["repos"][0]:
        record = by_new_name(record, record.opened["repos"][0], lineage.repo)
    lineage = replace(lineage, gone=_gone(files, record, manifests, lineage))
    if kind_of(lineage.repo) == "datasets":
        law = of_dataset(law)
    facts = (*said, *computed_facts(said, lineage, law))
    return Snapshot(
        graph=graph,
        record=record,
        manifests=manifests,
        entries=entries,
        facts=facts,
        lineage=lineage,
        situation=Situation(repo=lineage.repo, facts=facts, lineage=lineage, answers=record.answers, law=law),
    )


def _gone(
    files: CaseFolder, record: Record, manifests: Sequence[Manifest], lineage: Lineage
) -> tuple[Edge, ...]:
    looks = _looks(record, manifests)
    return vanished(looks, partial(archive.read_body, files.captures), lineage, record.decisions)


def around_quotes(files: CaseFolder, now: Snapshot) -> dict[str, tuple[str, str]]:
    """Id of each quoted fact to the sentence before and the one after it, where there are any."""
    bodies: dict[str, bytes] = {}
    out = {}
    received = {(entry.repo, entry.evidence): entry for entry in now.entries if entry.sha256}
    for fact in now.facts:
        entry = received.get((fact.repo, fact.evidence))
        digest = fact.sha256
        if entry is None or digest is None or entry.sha256 != digest or fact.source not in SOURCES:
            continue
        if digest not in bodies:
            bodies[digest] = archive.read_body(files.captures, entry)
        out[fact.id] = around(bodies[digest], fact)
    return {id: beside for id, beside in out.items() if any(beside)}


def at_memo(files: CaseFolder, graph: Graph, issued: Mapping[str, Any]) -> Snapshot:
    """The case as it was when a memo was issued, under the edition of the law it was issued from.

    Args:
        files: the case folder.
        graph: its events.
        issued: the ``issued`` event.

    Raises:
        BadInputError: a capture, or the edition, is missing or altered.
        LawError: this program cannot use that edition.
    """
    law = load_law_from(files.read_law(issued["law_digest"]), date.fromisoformat(issued["as_of"]))
    return take(files, graph.up_to(issued["made_from"]), law)


def earlier(files: CaseFolder, now: Snapshot, captures: int) -> Snapshot:
    """The case as its first *captures* captures left it, under the law and with the answers of *now*.

    Raises:
        BadInputError: a capture is missing or altered.
    """
    manifests = now.manifests[:captures]
    entries, said = _read(files, now.record, manifests)
    return _standing(
        files, now.graph, _without_limits(now.record), manifests, entries, said, now.situation.law
    )


def under(files: CaseFolder, one: Snapshot, law: Law) -> Snapshot:
    """The same case under another law."""
    return _standing(files, one.graph, one.record, one.manifests, one.entries, one.read, law)


def as_answered(files: CaseFolder, now: Snapshot, before: Record) -> Snapshot:
    """What the sources say now, with the answers and decisions of an earlier record."""
    record = replace(now.record, answers=before.answers, decisions=before.decisions)
    return _standing(files, now.graph, record, now.manifests, now.entries, now.read, now.situation.law)


def _without_limits(record: Record) -> Record:
    # The limits of the newest capture say nothing of those before it.
    return replace(record, captures=tuple({**one, "limits": ()} for one in record.captures))


def with_more(files: CaseFolder, now: Snapshot, folder: Path, more: Sequence[Manifest]) -> Situation:
    """The situation as it would be with *more* captures, which lie in *folder* and are not kept."""
    ours = {one.capture for one in now.manifests}

    def body(entry: Entry) -> bytes:
        kept = entry.record is not None and entry.record[0] in ours
        return archive.read_body(files.captures if kept else folder, entry)

    entries = in_effect([*now.manifests, *more])
    said = reading.read_facts(entries, body)
    lineage = read_lineage(now.record.opened["repos"][0], entries, said, now.record.decisions)
    facts = (*said, *computed_facts(said, lineage, now.situation.law))
    return replace(now.situation, repo=lineage.repo, facts=facts, lineage=lineage)


def changed_by_capture(files: CaseFolder, now: Snapshot) -> dict[str, int]:
    """Name of each capture but the first to the number of facts that differ from the one before it.

    What several places changed alike counts once.
    """
    found = changes_by_capture(files, now).items()
    return {name: len(alike(changes)) + moves for name, (changes, moves) in found}


def changes_by_capture(files: CaseFolder, now: Snapshot) -> dict[str, tuple[Sequence[Change], int]]:
    """Name of each capture but the first to what differs from the one before it, and how many repos moved."""
    out: dict[str, tuple[Sequence[Change], int]] = {}
    body = partial(archive.read_body, files.captures)
    later, names = now.entries, new_names(now.situation)
    facts: dict[str, tuple[Fact, ...]] = {}
    for fact in now.read:
        facts[fact.repo] = (*facts.get(fact.repo, ()), fact)
    # Backwards, and only what differs is read: most captures find most repositories as they were.
    known = after_each(now.manifests)
    for i in range(len(now.manifests) - 1, 0, -1):
        before = known[i - 1]
        moved = _repos(later, before)
        old = {repo: reading.read_facts([e for e in before if e.repo == repo], body) for repo in moved}
        new = [fact for repo in moved for fact in facts.get(repo, ())]
        changes = facts_between([fact for one in old.values() for fact in one], new, renamed=names)
        moves = sum(e.state == "renamed" for e in later) - sum(e.state == "renamed" for e in before)
        out[now.manifests[i].capture] = changes, max(moves, 0)
        facts |= old
        later = before
    return out


def _repos(one: Sequence[Entry], other: Sequence[Entry]) -> list[str]:
    """The repos of which the two do not know the same."""
    known = [{(e.repo, e.resource, e.state, e.sha256, e.now) for e in entries} for entries in (one, other)]
    return sorted({repo for repo, *_ in known[0] ^ known[1]})


def read_again(files: CaseFolder, now: Snapshot) -> tuple[Fact, ...]:
    """The facts of every capture as this program reads them today, the newest one's included."""
    body = partial(archive.read_body, files.captures)
    return tuple(fact for each in now.manifests for fact in reading.read_facts(each.entries, body))
