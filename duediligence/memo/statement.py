"""A sentence of the memo: our words, the words of others set apart, and what the sentence rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any

from duediligence.memo.words import cut

QUOTE_LIMIT = 600
"""Characters of a quote the memo prints; the whole stands in the evidence."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A piece of a sentence, in our words or in somebody else's."""

    text: str
    kind: str
    """``ours``, ``quote`` (words of a source or a person) or ``name`` (a repository, a file, a person)."""


@dataclass(frozen=True, kw_only=True)
class Ref:
    """Something a sentence rests on, and the place of the memo that describes it."""

    kind: str
    """``evidence``, ``answer``, ``source`` (legal), ``event`` or ``searched``."""

    label: str
    """As printed: ``E2``, ``A4``, the title of a legal source; empty when nothing is printed."""

    anchor: str
    """Id of its row in the annexes; empty when it has none."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence that states a fact, with its support."""

    spans: tuple[Span, ...]
    support: tuple[Ref, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text, quotes in quotation marks."""
        return "".join(f"“{span.text}”" if span.kind == "quote" else span.text for span in self.spans)


def quote(text: str, limit: int = QUOTE_LIMIT) -> Span:
    """The words of a source or of a person, cut after *limit* characters."""
    return Span(text=cut(text, limit), kind="quote")


def name(text: str, limit: int = 120) -> Span:
    """The name of a repository, a file or a person."""
    return Span(text=text if len(text) <= limit else text[:limit] + " …", kind="name")


def say(*parts: "str | Span | tuple[Span, ...]", support: "tuple[Ref, ...]" = ()) -> Statement:
    """A sentence from our words (texts) and those of others (spans); *support* keeps each place once."""
    return Statement(spans=words(*parts), support=tuple(dict.fromkeys(support)))


def words(*parts: "str | Span | tuple[Span, ...]") -> tuple[Span, ...]:
    """Texts and spans as one run of spans."""
    out: list[Span] = []
    for part in parts:
        if isinstance(part, tuple):
            out.extend(part)
        elif isinstance(part, Span):
            out.append(part)
        elif part:
            out.append(Span(text=_after(out, part), kind="ours"))
    return tuple(span for span in out if span.text)


def _after(before: list[Span], text: str) -> str:
    # A quote that ends its own sentence ends ours as well.
    ended = bool(before) and before[-1].kind == "quote" and before[-1].text.endswith((".", "?", "!", "…"))
    return text[1:] if ended and text.startswith(".") else text


def listed(parts: "list[Span]", last: str = " and ") -> tuple[Span, ...]:
    """Spans with commas between them, and *last* before the last one."""
    out: list[Span] = []
    for i, part in enumerate(parts):
        if i:
            out.append(Span(text=last if i == len(parts) - 1 else ", ", kind="ours"))
        out.append(part)
    return tuple(out)


def statements(value: Any) -> Iterator[Statement]:
    """Every statement inside *value*, a view or a part of one, in order."""
    if isinstance(value, Statement):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from statements(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from statements(getattr(value, field.name))


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """*value*, a view or a part of one, with *change* made to every text in it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        made = [each_text(item, change) for item in value]
        return value if all(map(is_, made, value)) else tuple(made)
    # Most of a memo stays as it is, and is not made anew.
    other = {}
    for name in _names(value.__class__):
        old = getattr(value, name)
        new = change(old) if old.__class__ is str else each_text(old, change)
        if new is not old:
            other[name] = new
    return replace(value, **other) if other else value


_WITHOUT_WORDS = (bool, int, tuple[Ref, ...])


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a part of a view that may hold words of others: none of a number, nor of a reference."""
    if kind is Ref or not is_dataclass(kind):
        return ()
    if kind is Span:
        return ("text",)
    return tuple(field.name for field in fields(kind) if field.type not in _WITHOUT_WORDS)
