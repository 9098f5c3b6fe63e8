"""Everything a case folder says at one moment, read in the order of the flow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from duediligence.analysis.situation import Situation
from duediligence.evidence import archive
from duediligence.evidence.manifest import Entry, Manifest, in_effect
from duediligence.facts import reading
from duediligence.facts.fact import Fact
from duediligence.facts.licenses import computed_facts
from duediligence.facts.lineage import Edge, Lineage, read_lineage
from duediligence.facts.vanished import vanished
from duediligence.folder import CaseFolder, local_date
from duediligence.history import Record, fold
from duediligence.knowledge.reader import load_law
from duediligence.ledger import Graph


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
    def made_from(self) -> tuple[str, ...]:
        """The heads a memo is made from: issuing a memo does not change what the next one says."""
        return self.graph.heads(leave_out="issued")


def take(files: CaseFolder, graph: Graph, day: date) -> Snapshot:
    """Read the case in *files* under the law of *day*.

    Raises:
        BadInputError: a capture is missing, altered or of a newer version.
        LawError: the law files cannot be used.
    """
    record = fold(graph)
    manifests = files.manifests(record)
    entries = in_effect(manifests)
    said = reading.read_facts(entries, partial(archive.read_body, files.captures))
    limits = record.captures[-1].get("limits", ()) if record.captures else ()
    lineage = read_lineage(record.opened["repos"][0], entries, said, record.decisions, limits)
    lineage = replace(lineage, gone=_gone(files, record, manifests, lineage))
    law = load_law(day)
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
    zone = str(record.opened.get("time_zone", "UTC"))
    looks = [
        (local_date(datetime.fromisoformat(event["at"]), zone), in_effect(manifests[: i + 1]))
        for i, event in enumerate(record.gathered)
    ]
    return vanished(looks, partial(archive.read_body, files.captures), lineage, record.decisions)


def earlier(files: CaseFolder, now: Snapshot, captures: int) -> Snapshot:
    """The case as its first *captures* captures left it, under the law and with the answers of *now*.

    Raises:
        BadInputError: a capture is missing or altered.
    """
    manifests = now.manifests[:captures]
    entries = in_effect(manifests)
    said = reading.read_facts(entries, partial(archive.read_body, files.captures))
    lineage = read_lineage(now.record.opened["repos"][0], entries, said, now.record.decisions)
    facts = (*said, *computed_facts(said, lineage, now.situation.law))
    situation = replace(now.situation, repo=lineage.repo, facts=facts, lineage=lineage)
    return replace(
        now, manifests=manifests, entries=entries, facts=facts, lineage=lineage, situation=situation
    )


def with_one_more(files: CaseFolder, now: Snapshot, folder: Path, manifest: Manifest) -> Situation:
    """The situation as it would be with *manifest*, a capture that lies in *folder* and is not kept."""
    ours = {one.capture for one in now.manifests}

    def body(entry: Entry) -> bytes:
        kept = entry.record is not None and entry.record[0] in ours
        return archive.read_body(files.captures if kept else folder, entry)

    entries = in_effect([*now.manifests, manifest])
    said = reading.read_facts(entries, body)
    lineage = read_lineage(now.record.opened["repos"][0], entries, said, now.record.decisions)
    facts = (*said, *computed_facts(said, lineage, now.situation.law))
    return replace(now.situation, repo=lineage.repo, facts=facts, lineage=lineage)


def read_again(files: CaseFolder, now: Snapshot) -> tuple[Fact, ...]:
    """The facts of every capture as this program reads them today, the newest one's included."""
    body = partial(archive.read_body, files.captures)
    return tuple(fact for each in now.manifests for fact in reading.read_facts(each.entries, body))
