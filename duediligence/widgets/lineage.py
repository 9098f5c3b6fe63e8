"""What the repo is made from, as a nested list, with a decision on what only the prose names."""

import base64
from collections.abc import Mapping
from typing import Any

from duediligence.case import Case
from duediligence.errors import DueDiligenceError
from duediligence.facts.lineage import RELATIONS as RELATION_ORDER
from duediligence.facts.lineage import Edge, Lineage
from duediligence.facts.lineage import Node as Repo
from duediligence.memo.picture import picture, place_of, to_svg
from duediligence.memo.words import RELATIONS, joined, taken_for
from duediligence.repo import shown
from duediligence.reports import STATE_WORDS, Tree
from duediligence.visible import visible_line
from duediligence.widgets.quotes import to_fact
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Child, Node, box, bullets, button, el, folded, small, theirs

Typed = Mapping[str, Mapping[str, Any]]
"""Drafts by their address."""

_DEEP = 12
_OPEN = 2
"""Levels that are open at first."""


class TreeView:
    """The lineage of a case."""

    name = "Model tree and training data"

    def __init__(self, tree: Tree) -> None:
        self.case: Case = tree.case
        self._tree: Lineage = tree

    def show(self) -> Reply:
        return Reply(page=self._page())

    def _page(self) -> Node:
        return page(self._tree, self.case.drafts())

    def follow(self) -> Reply:
        before, self._tree = self._tree, self.case.lineage()
        return Reply() if _drawn(self._tree) == _drawn(before) else self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        edge, values = str(given.get("edge")), given.get("values")
        reason = str((values or {}).get("reason") or "").strip() or None
        if action == "draft":
            return self._draft(edge, values or {})
        if action not in ("right", "not_right"):
            return Reply()
        decide = self.case.accept if action == "right" else self.case.reject
        effect = decide(edge, reason=reason)
        self.case.drop_draft(_draft_at(edge))
        self._tree = self.case.lineage()
        return Reply(page=self._page(), focus=_id(self._tree, edge), line=effect.text, changed=True)

    def _draft(self, edge: str, values: Mapping[str, Any]) -> Reply:
        try:
            self.case.keep_draft(_draft_at(edge), values)
        except DueDiligenceError as error:
            return Reply(draft="Draft NOT kept", problem=str(error))
        return Reply(draft="Draft kept", problem="")


def _draft_at(edge: str) -> str:
    return f"mention {edge}"


def _drawn(tree: Lineage) -> tuple[object, ...]:
    return tree.edges, tree.repos, tree.gone


def page(tree: Lineage, drafts: Typed | None = None) -> Node:
    """The repo, below it everything it is made from; a repo that was shown once is not opened again.

    *drafts* are the reasons somebody has begun to type.
    """
    typed = drafts or {}
    seen: set[str] = set()
    repos = {repo.id: repo for repo in tree.repos}
    open_ = sum(edge.undecided for edge in tree.edges)
    limits = bullets([visible_line(limit) for limit in tree.limits])
    return box(
        _picture(tree),
        el("p", f"{open_} named only in the text: tell whether that is right.") if open_ else None,
        el(
            "ul",
            el("li", _repo(tree.repo, repos), _below(tree.repo, tree, repos, seen, 0, typed)),
            class_="lineage",
        ),
        el("p", "This is not everything:" if not tree.complete else "Limits:", class_="label")
        if tree.limits
        else None,
        limits,
        _gone(tree),
    )


def _gone(tree: Lineage) -> Node | None:
    """What an earlier look found and the newest does not: named, and nothing to decide about."""
    if not tree.gone:
        return None
    rows = [
        f"{shown(edge.downstream)} {RELATIONS.get(edge.relation, edge.relation)} {shown(edge.upstream)}, "
        f"since {edge.gone_since}"
        for edge in tree.gone
    ]
    said = el("p", "Not found any more, and no longer counted:", class_="label")
    return box(said, bullets([visible_line(row, 300) for row in rows]))


def _picture(tree: Lineage) -> Node | None:
    """The picture as an image: it runs nothing, and the list below says the same."""
    drawn = picture(tree)
    if drawn is None:
        return None
    data = base64.b64encode(to_svg(drawn).encode()).decode()
    alt = f"What {visible_line(shown(tree.repo))} is made from; the list below says the same."
    image = el("img", drawing=data, alt=alt, class_="picture")
    listed = {id for edge in tree.edges for id in (edge.downstream, edge.upstream)} | {tree.repo}
    boxes = [_box(one.ids, place_of(one, drawn)) for one in drawn.boxes if set(one.ids) & listed]
    return folded("Picture", box(image, *boxes, class_="drawn"), open_=True)


def _box(ids: tuple[str, ...], place: tuple[float, float, float, float]) -> Node:
    """A box of the picture leads to its place in the list, where its evidence stands."""
    named = joined([visible_line(shown(id), 90) for id in ids])
    return el(
        "button",
        type="button",
        place=list(place),
        points=ids[0],
        aria_label=f"{named}: show in the list",
        title=named,
    )


def _below(
    repo: str, tree: Lineage, repos: Mapping[str, Repo], seen: set[str], depth: int, typed: Typed
) -> Node | None:
    if repo in seen or depth > _DEEP:
        return None
    seen.add(repo)
    edges = sorted(
        (edge for edge in tree.edges if edge.downstream == repo),
        key=lambda edge: RELATION_ORDER.index(edge.relation),
    )
    rows = [
        el("li", *_edge(edge, tree), _repo(edge.upstream, repos), _said(edge, typed),
           _below(edge.upstream, tree, repos, seen, depth + 1, typed) if edge.accepted is not False else None)
        for edge in edges
    ]  # fmt: skip
    if not rows:
        return None
    # The first level is what was asked; what lies above it opens with a click or the Enter key.
    listed = el("ul", *rows)
    return listed if depth == 0 else folded(f"{len(rows)} upstream", listed, open_=depth < _OPEN)


def _edge(edge: Edge, tree: Lineage) -> list[Child]:
    relation = RELATIONS.get(edge.relation, edge.relation)
    return [el("span", f"{relation} ", class_="relation", id=_id(tree, edge.id), tabindex="-1")]


def _repo(repo: str, repos: Mapping[str, Repo]) -> Node:
    known = repos.get(repo)
    parts = []
    if known and known.state and known.state not in ("present", "empty"):
        parts.append(STATE_WORDS.get(known.state, known.state))
    if known and known.now:
        parts.append(f"now {shown(known.now)}")
    licenses = sorted({visible_line(value, 60) for value, _, _ in known.license if value}) if known else []
    if licenses:
        parts.append(f"license {joined(licenses)}")
    elif known and known.state == "present":
        parts.append("no license stated")
    if repo.startswith("name:"):
        parts.append("only a name, nothing on the Hub")
    return el(
        "span",
        el("strong", visible_line(shown(repo))),
        small(f" · {' · '.join(parts)}") if parts else None,
        facts=[repo],
        tabindex="-1",
    )


def _said(edge: Edge, typed: Typed) -> Node | None:
    where = to_fact(edge.evidence, edge.fact) if edge.evidence and edge.fact else edge.evidence
    place: list[Child] = [" (", where, ")"] if where else []
    if edge.stated_in != "prose":
        words = {"declared": "declared", "person": "added by a person"}
        return box(small(words.get(edge.stated_in, edge.stated_in), *place))
    taken = small(f" {visible_line(taken_for(edge.upstream))}.") if edge.by_list else None
    place.append(f" · {edge.short}")
    said = el("p", "Named in the text: ", theirs(edge.quote or "", 400), small(*place), taken)
    if edge.accepted is not None:
        return box(
            said,
            el(
                "p",
                small(
                    "You said: right." if edge.accepted else "You said: not right. No finding rests on it."
                ),
            ),
        )
    return box(said, _decide(edge, str(typed.get(_draft_at(edge.id), {}).get("reason") or "")))


def _decide(edge: Edge, reason: str) -> Node:
    named = visible_line(shown(edge.upstream))
    return el(
        "form",
        button("Right", "right", edge=edge.id, label=f"Right: {named}"),
        button("Not right", "not_right", edge=edge.id, label=f"Not right: {named}"),
        el(
            "input",
            type="text",
            name="reason",
            value=reason or None,
            dir="auto",
            class_="name",
            aria_label=f"Why: {named} (optional)",
            placeholder="because … (optional)",
        ),
        el("span", role="status", class_="hint draft"),
        submits={"action": "none"},
        drafts={"action": "draft", "edge": edge.id},
        class_="row",
    )


def _id(tree: Lineage, edge: str) -> str:
    return f"edge-{[one.id for one in tree.edges].index(edge)}"
