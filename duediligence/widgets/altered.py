"""Old and new side by side: what went is struck, what came is underlined, the words between stay plain."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.visible import visible
from duediligence.widgets.quotes import fact_line, place_of, said
from duediligence.widgets.tree import Child, Node, box, el

_ALIKE = 0.35
"""Texts with fewer words in common are told as one replaced by another."""

_LONGEST = 4000
"""Characters of a text that are compared word by word."""


def side_by_side(
    before: Fact | None, after: Fact | None, *, then: str = "Then", now: str = "Now", repo: str | None = None
) -> Node:
    """A fact as it was and as it is, each with its place; *repo* is the one a reader knows to be meant."""
    old, new = _quote(before), _quote(after)
    marked = words(old, new) if old and new else (None, None)
    left = _side("del", before, marked[0], repo) or "not there"
    return two(left, _side("ins", after, marked[1], repo) or "no longer there", then=then, now=now)


def two(left: Child, right: Child, *, then: str = "Then", now: str = "Now") -> Node:
    """Two things beside each other, each under its heading."""
    return box(
        box(el("p", then, class_="label"), left), box(el("p", now, class_="label"), right), class_="pair"
    )


def words(old: str, new: str) -> tuple[Node, Node]:
    """Two texts as quotations: only the words that differ are struck in one and underlined in the other."""
    before, after = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    if matcher.ratio() < _ALIKE or max(len(old), len(new)) > _LONGEST:
        return _marked("del", [(True, old)]), _marked("ins", [(True, new)])
    runs = matcher.get_opcodes()
    return (
        _marked("del", [(tag != "equal", "".join(before[i:j])) for tag, i, j, _, _ in runs]),
        _marked("ins", [(tag != "equal", "".join(after[i:j])) for tag, _, _, i, j in runs]),
    )


def _pieces(text: str) -> list[str]:
    return re.findall(r"\S+\s*", visible(collapse(text)))


def _marked(tag: str, runs: list[tuple[bool, str]]) -> Node:
    return el("q", *_parts(tag, runs), class_="theirs", dir="auto")


def _parts(tag: str, runs: list[tuple[bool, str]]) -> Iterator[Child]:
    for differs, text in runs:
        if text:
            yield el(tag, text) if differs else text


def _quote(fact: Fact | None) -> str:
    if fact is None or fact.state != "stated" or fact.source not in QUOTED_SOURCES:
        return ""
    return fact.quote or ""


def _side(tag: str, fact: Fact | None, marked: Node | None, repo: str | None) -> Child:
    """A fact with its place; silence is neither struck nor underlined."""
    if fact is None or fact.state != "stated":
        return None if fact is None else fact_line(fact, key=False, repo=repo)
    return el("span", marked or el(tag, said(fact)), " ", place_of(fact))
