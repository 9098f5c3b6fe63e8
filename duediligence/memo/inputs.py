"""What a memo is made from: the state of a case under the law of one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duediligence.analysis.changes import Comparison, Place
from duediligence.analysis.situation import Asked, Findings, Situation
from duediligence.evidence.manifest import Entry, Manifest
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Lineage
from duediligence.history import Record
from duediligence.knowledge.law import Law


@dataclass(frozen=True, kw_only=True)
class MemoInputs:
    """Everything a memo says is a function of these values: no clock, no path, no user name."""

    repo: str
    opened: Mapping[str, Any]
    """The event that opened the case."""

    record: Record
    entries: Sequence[Entry]
    """What is known of every resource now."""

    facts: Sequence[Fact]
    lineage: Lineage
    asked: Sequence[Asked]
    findings: Findings
    law: Law
    as_of: date
    made_from: tuple[str, ...]
    """Heads of the record, issued memos left out."""

    program: str
    draft: bool
    sample: bool
    time_zone: str
    limits: Sequence[str] = ()
    manifests: Sequence[Manifest] = ()
    """Of every capture, oldest first: they name evidence only an earlier one holds, and accounts used."""

    since: Comparison | None = None
    """What differs from the last memo this one has seen; ``None`` when there is none."""

    numbers: Mapping[Place, str] = field(default_factory=dict)
    """The number each finding had in the memos before."""

    changed: Mapping[str, int] = field(default_factory=dict)
    """Name of each capture but the first to the number of facts it found changed."""

    problems: Sequence[str] = ()
    """Why what came before could not be read, one sentence each."""

    @property
    def situation(self) -> Situation:
        """The case as rules see it."""
        return Situation(
            repo=self.repo,
            facts=tuple(self.facts),
            lineage=self.lineage,
            answers=self.record.answers,
            law=self.law,
        )
