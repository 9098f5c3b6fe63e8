"""One of several candidates: what its sources state and leave out, and where its case stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duediligence.analysis.situation import Asked, Findings
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge, Node, datasets_of, parents_of
from duediligence.memo.origin import kinds_of
from duediligence.snapshot import Snapshot
from duediligence.standing import is_open, looked, open_dates

TOPICS = {
    "license": ("license", "license_name", "license_link"),
    "made_from": ("training_data", "undisclosed_data", "base_model", "datasets", "source_datasets"),
    "access": ("gated", "extra_gated_prompt", "extra_gated_eu_disallowed"),
    "legal_basis": ("legal_basis",),
    "personal_data": ("personal_data",),
    "out_of_scope_use": ("out_of_scope_use",),
    "provider": ("provider", "contact"),
}
"""What candidates are laid side by side on, and the keys of its facts, in order."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What the sources of one repository say on one thing, or do not."""

    id: str
    """One of `TOPICS`."""

    facts: tuple[Fact, ...]
    """Every fact under its keys, also that nobody states one."""

    looked_in: tuple[str, ...]
    """The kinds of documents looked through for what nobody states."""

    @property
    def stated(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.state == "stated")

    def to_json(self) -> dict[str, Any]:
        """``facts`` as everywhere else; ``looked_in`` in words."""
        return {"facts": [fact.to_json() for fact in self.facts], "looked_in": list(self.looked_in)}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A case as it stands beside others."""

    folder: Path
    repo: str
    captured: bool
    looked: str
    """Which revision was read and when, in words."""

    topics: tuple[Topic, ...]
    """In the order of `TOPICS`; none before the first capture."""

    made_from: tuple[tuple[Edge, Node | None], ...]
    """What it is made from directly, as far as a source says so; test data are not among it."""

    further: tuple[str, ...]
    """What lies above that, typed ids."""

    limits: tuple[str, ...]
    """Why the chain is not complete."""

    findings: Findings | None
    """``None`` before the first capture."""

    open: tuple[Asked, ...]
    """The questions that wait for somebody."""

    def to_json(self) -> dict[str, Any]:
        """One row of ``compare --json``; what needs a capture is null before there is one."""
        return {
            "case": str(self.folder),
            "repo": self.repo,
            "captured": self.captured,
            "looked": self.looked,
            "topics": {one.id: one.to_json() for one in self.topics} if self.captured else None,
            "made_from": self._chain_json() if self.captured else None,
            "findings": self._findings_json(),
            "dates": None if self.findings is None else [d.to_json() for d in open_dates(self.findings)],
            "as_of": None if self.findings is None else self.findings.as_of,
            "open_questions": {"count": len(self.open), **Counter(one.state for one in self.open)},
        }

    def _chain_json(self) -> dict[str, Any]:
        return {
            "edges": [edge.to_json() for edge, _ in self.made_from],
            "repos": [node.to_json() for _, node in self.made_from if node],
            "further": list(self.further),
            "limits": list(self.limits),
        }

    def _findings_json(self) -> dict[str, Any] | None:
        if self.findings is None:
            return None
        found = self.findings.findings
        return {
            "status": dict(Counter(one.status for one in found)),
            "in_question": sum(one.in_question for one in found),
            "waiting": len(self.findings.waiting),
        }


def candidate(folder: Path, now: Snapshot, asked: Sequence[Asked], found: Findings | None) -> Candidate:
    """The case in *folder* as *now* has it, with how its questions stand and what the rules find."""
    tree, captured = now.lineage, found is not None
    nodes = {node.id: node for node in tree.repos}
    edges = [e for e in tree.edges if e.downstream == tree.repo and e.relation != "evaluated_on"]
    direct = {name for e in edges for name in (e.upstream, _now(nodes.get(e.upstream))) if name}
    above = {*datasets_of(tree), *parents_of(tree)} - direct
    return Candidate(
        folder=folder,
        repo=tree.repo,
        captured=captured,
        looked=looked(now.record, now.entries, tree.repo),
        topics=tuple(_topic(now, id, keys) for id, keys in TOPICS.items()) if captured else (),
        made_from=tuple((edge, nodes.get(edge.upstream)) for edge in edges),
        further=tuple(sorted(above)),
        limits=tree.limits,
        findings=found,
        open=tuple(one for one in asked if is_open(one)),
    )


def _now(node: Node | None) -> str | None:
    return node.now if node else None


def _topic(now: Snapshot, id: str, keys: Iterable[str]) -> Topic:
    facts = tuple(
        fact
        for key in keys
        for fact in now.facts
        if (fact.repo, fact.key) == (now.lineage.repo, key) and fact.source != "computed"
    )
    searched = {number for fact in facts if fact.state == "absent" for number in fact.searched}
    read = {entry.evidence: entry for entry in now.entries if entry.evidence in searched}
    return Topic(id=id, facts=facts, looked_in=tuple(kinds_of(read.values())))
