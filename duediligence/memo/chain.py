"""The chain of the memo: what the repo is made from, as a nested list of edges and how each is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duediligence.facts.license_names import hub_license
from duediligence.facts.lineage import Edge, Node
from duediligence.memo.exhibits import COVERAGE, Exhibits
from duediligence.memo.picture import Picture, picture
from duediligence.memo.statement import Ref, Span, Statement, listed, name, quote, say, words
from duediligence.memo.words import RELATIONS, STATES, joined, plain
from duediligence.repo import kind_of, shown

DEEPEST = 12
"""Levels of nesting; what lies deeper is listed on the last level with the name of what it leads to."""

_QUOTE = 200


@dataclass(frozen=True, kw_only=True)
class Link:
    """One edge of the chain and everything above its upstream end."""

    statement: Statement
    """Relation, upstream, its state and license, and how the edge is known."""

    mark: str
    """``not counted``, ``not decided`` …: where a person's decision stands; empty for what is declared."""

    upstream: "tuple[Link, ...]"


@dataclass(frozen=True, kw_only=True)
class Chain:
    """What the repo is made from."""

    root: Statement
    upstream: tuple[Link, ...]
    limits: tuple[str, ...]
    """Why the list is not complete."""

    picture: Picture | None
    """``None`` when there is nothing to draw."""


def chain(ex: Exhibits) -> Chain:
    """The lineage as a nested list; every edge is in it once, also one that was rejected."""
    lineage = ex.inputs.lineage
    nodes = {node.id: node for node in lineage.repos}
    below: dict[str, list[Edge]] = {}
    for edge in lineage.edges:
        below.setdefault(edge.downstream, []).append(edge)
    return Chain(
        root=say(*_node(nodes.get(lineage.repo), lineage.repo), support=_node_refs(ex, lineage.repo)),
        upstream=tuple(_links(ex, nodes, below, lineage.repo, 1)) + tuple(_rest(ex, nodes, below)),
        limits=lineage.limits,
        picture=picture(lineage),
    )


def _links(
    ex: Exhibits, nodes: dict[str, Node], below: dict[str, list[Edge]], repo: str, depth: int
) -> Iterator[Link]:
    # Taking the edges out of *below* shows a repo reached on two ways once in full, and ends every circle.
    edges = below.pop(repo, [])
    for edge, *others in _alike(nodes, below, edges):
        nested = tuple(_links(ex, nodes, below, edge.upstream, depth + 1)) if depth < DEEPEST else ()
        yield Link(statement=_edge(ex, nodes, edge, others), mark=_mark(edge, others), upstream=nested)
        if depth >= DEEPEST:
            yield from _links(ex, nodes, below, edge.upstream, depth)


def _alike(nodes: dict[str, Node], below: dict[str, list[Edge]], edges: Sequence[Edge]) -> list[list[Edge]]:
    """*edges* with those together that end the chain and differ in nothing but the name."""
    groups: dict[object, list[Edge]] = {}
    for edge in edges:
        node = nodes.get(edge.upstream)
        ends = edge.upstream not in below and not (node and (node.now or _license(node)))
        known = (edge.relation, edge.stated_in, edge.accepted, edge.evidence, edge.by_list)
        key = (*known, node.state if node else None, kind_of(edge.upstream)) if ends else edge.id
        groups.setdefault(key, []).append(edge)
    return list(groups.values())


def _rest(ex: Exhibits, nodes: dict[str, Node], below: dict[str, list[Edge]]) -> Iterator[Link]:
    while below:
        yield from _links(ex, nodes, below, next(iter(below)), 1)


def _edge(ex: Exhibits, nodes: dict[str, Node], edge: Edge, others: Sequence[Edge] = ()) -> Statement:
    relation = RELATIONS.get(edge.relation, plain(edge.relation))
    above = () if edge.downstream == ex.inputs.lineage.repo else words(name(shown(edge.downstream)), " is ")
    start = above or words(relation[:1].upper() + relation[1:] + " ")
    spans = [
        *start,
        *(words(relation + " ") if above else ()),
        *_node(nodes.get(edge.upstream), edge.upstream, [one.upstream for one in others]),
    ]
    how = {"declared": " Declared.", "person": " Added by a person."}.get(
        edge.stated_in, " Named only in the text."
    )
    if edge.by_list:
        how = " Named only in the text, " + ("taken for this" if not others else "taken for these")
        how += ": the list of well-known data sets calls it by that name."
    refs = tuple(ref for one in (edge, *others) for ref in _node_refs(ex, one.upstream))
    return say(*spans, how, support=ex.ref(edge.evidence) + refs)


def _mark(edge: Edge, others: Sequence[Edge]) -> str:
    if edge.stated_in == "declared" and edge.accepted is None:
        return ""
    return {
        True: "accepted by a person",
        False: "rejected by a person; not counted",
        None: f"not decided yet: {joined([one.short for one in (edge, *others)])}",
    }[edge.accepted]


def _node(node: Node | None, repo: str, others: Sequence[str] = ()) -> tuple[Span, ...]:
    kind = {"models": "model", "datasets": "dataset"}.get(kind_of(repo) or "", "a name, not on the Hub")
    if others:
        kind = f"{kind}s" if kind_of(repo) else "names, not on the Hub"
    if node is None or node.state is None:
        state = "not asked for" if kind_of(repo) else "nothing was asked for"
    else:
        state = STATES.get(node.state, plain(node.state))
    today = words(", today ", name(shown(node.now))) if node and node.now else ()
    names = listed([name(shown(one)) for one in (repo, *others)])
    return words(names, f" ({kind}; {state}", today, "). ", _license(node))


def _license(node: Node | None) -> tuple[Span, ...]:
    if node is None or node.state not in ("present", "empty", "gated", "renamed"):
        return ()
    values = list(dict.fromkeys(value for value, _, _ in node.license if value))
    if not values:
        return words("No license stated.")
    if len({hub_license(value) or value for value in values}) > 1:
        return words("License, where the sources differ: ", *(_comma(values)), ".")
    return words("License ", *(_comma(values)), ".")


def _comma(values: list[str]) -> Iterator[str | Span]:
    for i, value in enumerate(values):
        yield " / " if i else ""
        yield quote(value, 80)


def _node_refs(ex: Exhibits, repo: str) -> tuple[Ref, ...]:
    facts = [fact for fact in ex.facts_of.get(repo, ()) if fact.key == "license"]
    return ex.refs(facts) or (COVERAGE,)
