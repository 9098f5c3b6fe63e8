"""The graph of what a repo is made from: repos as nodes, declared and named relations as edges."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duediligence.errors import BadInputError
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.facts.upstream import declared_edges
from duediligence.repo import NAMED, kind_of, shown, today
from duediligence.visible import visible_line

_SHORT = re.compile(r"m-[0-9a-f]{1,6}", re.ASCII)

RELATIONS = (
    "trained_on",
    "finetuned_from",
    "adapter_of",
    "merged_from",
    "quantized_from",
    "distilled_from",
    "initialized_from",
    "derived_from",
    "evaluated_on",
)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """One repo is made from, or measured on, another."""

    downstream: str
    """Typed id, as written in its own address."""

    upstream: str
    """Typed id as the source writes it, or ``name:…`` without a Hub id."""

    relation: str
    """One of `RELATIONS`."""

    stated_in: str
    """``declared`` (front matter or API), ``prose`` or ``person``."""

    fact: str | None
    """Id of the fact it rests on."""

    evidence: str | None
    quote: str | None

    accepted: bool | None = None
    """What a person decided about a mention; ``None`` while nobody has."""

    by_list: bool = False
    """Whether the upstream id is what the list of well-known data sets calls by the name in the text."""

    gone_since: str | None = None
    """Day of the look that first did not find it any more; ``None`` while it is stated."""

    @property
    def id(self) -> str:
        return f"{self.downstream}:{self.relation}:{self.upstream}"

    @property
    def short(self) -> str:
        """A name to type: ``m-`` and the first digits of the SHA-256 of its id, the same in every look."""
        return f"m-{hashlib.sha256(self.id.encode()).hexdigest()[:6]}"

    @property
    def undecided(self) -> bool:
        """Whether only the text names it and nobody has said whether that is right."""
        return self.stated_in == "prose" and self.accepted is None

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; ``gone_since`` only when it is gone."""
        out = {
            "id": self.id,
            "downstream": self.downstream,
            "upstream": self.upstream,
            "relation": self.relation,
            "stated_in": self.stated_in,
            "fact": self.fact,
            "evidence": self.evidence,
            "quote": self.quote,
            "accepted": self.accepted,
        }
        out |= {"by_list": True} if self.by_list else {}
        return out | ({"gone_since": self.gone_since} if self.gone_since else {})


@dataclass(frozen=True, kw_only=True)
class Node:
    """One repo, or one bare name, of the lineage."""

    id: str
    """Typed id, or ``name:…``."""

    state: str | None
    """State of its info; ``None`` when it was never asked for (a bare name, or cut off)."""

    now: str | None
    """Its id today when it was renamed."""

    revision: str | None
    license: tuple[tuple[str | None, str | None, str], ...]
    """Each license fact that states something: value, source, fact id."""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "state": self.state,
            "now": self.now,
            "revision": self.revision,
            "license": [{"value": v, "source": s, "fact": f} for v, s, f in self.license],
        }


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """The whole graph, and whether anything was cut off."""

    repo: str
    """The repo the case is about, by its id of today."""

    repos: tuple[Node, ...]
    """Sorted by id."""

    edges: tuple[Edge, ...]
    """Sorted by id; rejected ones stay."""

    complete: bool
    limits: tuple[str, ...]
    """Why it is not complete, one sentence each."""

    gone: tuple[Edge, ...] = ()
    """Edges an earlier look found and the newest does not, sorted by id: shown, and read by no rule."""

    def mention(self, name: str) -> Edge:
        """The relation only a text states that *name* names: its id, its short one, or how that begins.

        Raises:
            BadInputError: none is called so, or several are.
        """
        mentions = [edge for edge in self.edges if edge.stated_in == "prose"]
        found = [edge for edge in mentions if edge.id == name]
        if not found and _SHORT.fullmatch(name):
            found = [edge for edge in mentions if edge.short.startswith(name)]
        if len(found) == 1:
            return found[0]
        listed = ", ".join(f"{edge.short} ({visible_line(edge.id, 200)})" for edge in found or mentions)
        if found:
            raise BadInputError(f"{name} fits more than one mention; write one in full: {listed}.")
        raise BadInputError(f"{name!r} is no mention of this case. Its mentions: {listed or 'none'}.")

    def edges_to_json(self) -> list[dict[str, Any]]:
        """Every edge, those that are gone with ``gone_since``, sorted by id."""
        return [edge.to_json() for edge in sorted((*self.edges, *self.gone), key=lambda edge: edge.id)]


def read_lineage(
    repo: str,
    entries: Sequence[Entry],
    facts: Sequence[Fact],
    decisions: Mapping[str, bool],
    limits: Sequence[str] = (),
) -> Lineage:
    """The graph around *repo*: what is declared, what prose names, and what people decided about it.

    *decisions* maps edge ids to accepted or rejected; an accepted edge that no source states any more is
    kept as a person's. *limits* are the sentences in which the capture says what it left out. An edge
    keeps the ids as written; a renamed repo is a node of its own that says what it is ``now``.
    """
    states = {entry.repo: entry for entry in entries if entry.resource == "info"}
    gated = {entry.repo for entry in entries if entry.resource == "README.md" and entry.state == "gated"}
    renamed = {entry.repo: entry.now for entry in states.values() if entry.state == "renamed" and entry.now}
    edges = edges_of(facts, decisions)
    licenses: dict[str, list[tuple[str | None, str | None, str]]] = {}
    for fact in facts:
        if fact.key == "license" and fact.state == "stated" and fact.source != "computed":
            licenses.setdefault(fact.repo, []).append((fact.value, fact.source, fact.id))
    root = today(repo, renamed)
    ids = {root, *states, *(end for edge in edges for end in (edge.downstream, edge.upstream))}
    nodes = [
        Node(
            id=one,
            state="gated" if one in gated and states[one].state == "present" else _state(states.get(one)),
            now=renamed.get(one),
            revision=states[one].revision if one in states else None,
            license=tuple(licenses.get(one, ())),
        )
        for one in sorted(ids)
    ]
    reasons = [*limits, *_cut_off(edges, nodes, root, renamed)]
    return Lineage(
        repo=root,
        repos=tuple(nodes),
        edges=tuple(sorted(edges, key=lambda edge: edge.id)),
        complete=not reasons,
        limits=tuple(dict.fromkeys(reasons)),
    )


def datasets_of(lineage: Lineage) -> tuple[str, ...]:
    """Every data set of the whole chain, along edges nobody rejected, ids as written, sorted."""
    return tuple(sorted(end for end, is_data in _upstream(lineage, lineage.repo).items() if is_data))


def parents_of(lineage: Lineage, repo: str | None = None) -> tuple[str, ...]:
    """Every model that *repo*, or the repo of the case, is made from through the whole chain, sorted."""
    found = _upstream(lineage, repo or lineage.repo)
    return tuple(sorted(end for end, is_data in found.items() if not is_data))


def bases_of(lineage: Lineage) -> tuple[str, ...]:
    """The models the repo of the case was made from directly, without teachers it was distilled from."""
    return tuple(
        sorted(
            {
                edge.upstream
                for edge in lineage.edges
                if edge.downstream == lineage.repo
                and edge.upstream in parents_of(lineage)
                and edge.relation != "distilled_from"
                and edge.accepted is not False
            }
        )
    )


def edges_of(facts: Iterable[Fact], decisions: Mapping[str, bool]) -> list[Edge]:
    """The edges *facts* state and people accepted; *decisions* as for `read_lineage`."""
    by_repo: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.state == "stated":
            by_repo.setdefault(fact.repo, []).append(fact)
    edges: dict[str, Edge] = {}
    for repo, own in by_repo.items():
        declared = declared_edges(sorted(own, key=lambda fact: fact.source != "front_matter"))
        for fact, relation, upstream in declared:
            edge = _edge(repo, relation, upstream, "declared", fact)
            edges.setdefault(edge.id, edge)
        # What is declared is not stated again by prose, whatever relation the sentence gives it.
        named: dict[tuple[str, str], list[Fact]] = {}
        stated = {(upstream, _is_training(relation)) for _, relation, upstream in declared}
        for fact in own:
            if fact.upstream and fact.relation and (fact.upstream, _is_training(fact.relation)) not in stated:
                named.setdefault((fact.upstream, _is_training(fact.relation)), []).append(fact)
        for (upstream, _), mentions in named.items():
            # One card may say "we use X" and "X was fine-tuned": the relation that says more is kept.
            best = min(mentions, key=lambda fact: RELATIONS.index(fact.relation or RELATIONS[-1]))
            edge = _edge(repo, best.relation or "", upstream, "prose", best)
            edge = replace(edge, by_list=all(fact.by_list for fact in mentions))
            edges.setdefault(edge.id, edge)
    for decided, accepted in decisions.items():
        if decided in edges:
            edges[decided] = replace(edges[decided], accepted=accepted)
        elif accepted and (parts := _parts(decided)):
            edges[decided] = Edge(
                downstream=parts[0],
                relation=parts[1],
                upstream=parts[2],
                stated_in="person",
                fact=None,
                evidence=None,
                quote=None,
                accepted=True,
            )
    return list(edges.values())


def _edge(repo: str, relation: str, upstream: str, stated_in: str, fact: Fact) -> Edge:
    return Edge(
        downstream=repo,
        upstream=upstream,
        relation=relation,
        stated_in=stated_in,
        fact=fact.id,
        evidence=fact.evidence,
        quote=fact.quote,
    )


def _is_training(relation: str) -> str:
    return relation if relation in ("trained_on", "evaluated_on") else "made_from"


def _parts(edge: str) -> tuple[str, str, str] | None:
    """Downstream, relation and upstream of an edge id."""
    for relation in RELATIONS:
        downstream, found, upstream = edge.partition(f":{relation}:")
        if found and downstream and upstream:
            return downstream, relation, upstream
    return None


def _state(info: Entry | None) -> str | None:
    return info.state if info is not None else None


def _upstream(lineage: Lineage, repo: str) -> dict[str, bool]:
    """What *repo* is made from through the whole chain, each with whether it is data.

    What something was only measured on is no part of what it is made from.
    """
    below: dict[str, list[Edge]] = {}
    for edge in lineage.edges:
        if edge.accepted is not False and edge.relation != "evaluated_on":
            below.setdefault(edge.downstream, []).append(edge)
    now = {node.id: node.now for node in lineage.repos if node.now}
    found: dict[str, bool] = {}
    ahead = [repo]
    while ahead:
        for edge in below.get(ahead.pop(), ()):
            upstream = edge.upstream
            if upstream == repo or upstream in found or now.get(upstream) == repo:
                continue
            of_data = edge.relation == "trained_on" or kind_of(edge.downstream) == "datasets"
            kind = kind_of(upstream)
            found[upstream] = kind == "datasets" or (kind is None and of_data)
            ahead.append(upstream)
            if upstream in now:
                ahead.append(today(upstream, now))
    return found


def _cut_off(
    edges: Sequence[Edge], nodes: Sequence[Node], repo: str, renamed: Mapping[str, str]
) -> list[str]:
    """Sentences on repos of the chain that nobody could look at, so that what is behind them is not known."""
    asked = {node.id: node.state for node in nodes}
    followed: dict[str, list[str]] = {}
    for edge in edges:
        follows = edge.accepted or (edge.stated_in == "declared" and edge.accepted is None)
        if follows and edge.relation != "evaluated_on" and not edge.upstream.startswith(NAMED):
            followed.setdefault(edge.downstream, []).append(today(edge.upstream, renamed))
    unknown: list[str] = []
    seen = {repo}
    ahead = [repo]
    while ahead:
        for upstream in followed.get(ahead.pop(), ()):
            if upstream in seen:
                continue
            seen.add(upstream)
            ahead.append(upstream)
            if asked.get(upstream) in (None, "unreachable"):
                why = "was not asked for" if asked.get(upstream) is None else "could not be reached"
                unknown.append(f"{shown(upstream)} {why}; what it is made from is not known.")
    return sorted(unknown)
