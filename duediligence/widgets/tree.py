"""What the browser is asked to draw: elements as lists, every text as a text and never as markup."""

from collections.abc import Iterable
from typing import Any

from duediligence.visible import visible

Node = list[Any]
"""``[tag, {attribute: value}, child, …]``; a child is a text or a node."""

Child = Node | str | None

_LONG = 1200
"""Longer quotations are cut on screen; the memo and the evidence hold them whole."""


def el(tag: str, *children: Child, **attributes: Any) -> Node:
    """One element; children and attributes that are ``None`` or ``False`` are left out.

    Python's own words take a trailing underscore (``class_``), other underscores read as dashes.
    """
    kept = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value is not None and value is not False
    }
    return [tag, kept, *(child for child in children if child is not None)]


def box(*children: Child, class_: str | None = None, **attributes: Any) -> Node:
    """Parts below one another."""
    return el("div", *children, class_=class_, **attributes)


def small(*children: Child) -> Node:
    """What may be skipped when reading."""
    return el("span", *children, class_="small")


def bullets(items: Iterable[Child], class_: str | None = None) -> Node | None:
    """A list; nothing at all when there are no items."""
    rows = [el("li", item) for item in items if item is not None]
    return el("ul", *rows, class_=class_) if rows else None


def folded(
    summary: Child,
    *children: Child,
    open_: bool = False,
    class_: str | None = None,
    label: str | None = None,
    **more: Any,
) -> Node:
    """Parts that open with a click or the Enter key; *label* tells equal summaries apart for the ear."""
    heard = el("summary", summary, aria_label=label)
    return el("details", heard, *children, open=open_, class_=class_, **more)


def button(
    words: str,
    action: str,
    *,
    main: bool = False,
    label: str | None = None,
    title: str | None = None,
    id: str | None = None,
    **given: Any,
) -> Node:
    """A button that sends *action* with what is *given*; *label* tells equal buttons apart for the ear."""
    return el(
        "button",
        words,
        type="button",
        class_="main" if main else None,
        action={"action": action, **given},
        aria_label=label,
        title=title,
        id=id,
    )


def to_screen(words: str, name: str) -> Node:
    """A button that leads to the screen called *name*, further down in the notebook."""
    return el("button", words, type="button", class_="link", visits=name)


def copy_button(words: str, text: str, label: str | None = None) -> Node:
    """A button that copies *text*; nothing is sent anywhere."""
    return el("button", words, type="button", copy=text, aria_label=label)


def theirs(text: str, limit: int = _LONG) -> Node:
    """Words of other people, set apart: hidden signs are named, direction is their own, length is bounded."""
    whole = visible(text)
    if len(whole) <= limit:
        return el("q", whole, class_="theirs", dir="auto")
    return el(
        "span",
        el("q", whole[:limit], class_="theirs", dir="auto"),
        small(f" … ({len(whole) - limit:,} more characters; whole in the evidence)".replace(",", " ")),
    )


def name_of(text: str, limit: int = 120) -> Node:
    """A name or a value from outside, as code."""
    whole = " ".join(visible(text).split())
    return el("code", whole if len(whole) <= limit else whole[:limit] + " …", dir="auto")


def texts(node: Child) -> str:
    """All texts of a node, one space between them: what a reader, or a test, reads."""
    if node is None or isinstance(node, str):
        return node or ""
    return " ".join(part for part in (texts(child) for child in node[2:]) if part)


def limited(rows: list[Node], limit: int, where: str) -> list[Node]:
    """The first *limit* rows, and one that says how many more there are and where."""
    if len(rows) <= limit:
        return rows
    return [*rows[:limit], el("p", f"{len(rows) - limit} more: {where}", class_="small")]
