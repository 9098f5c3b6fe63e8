"""Where a fact was read: the entry it comes from, put on every fact the same way."""

from duediligence.evidence.manifest import Entry
from duediligence.facts.card import Card
from duediligence.facts.fact import Fact


def from_card(
    entry: Entry,
    card: Card,
    key: str,
    value: str,
    source: str,
    start: int,
    end: int,
    *,
    upstream: str | None = None,
    relation: str | None = None,
    by_list: bool = False,
) -> Fact:
    """A fact stated in the characters *start* to *end* of a card."""
    first, last = card.span(start, end)
    return Fact(
        repo=entry.repo,
        key=key,
        value=value,
        state="stated",
        source=source,
        file=entry.resource,
        revision=entry.revision,
        bytes=(first, last),
        quote=card.body[first:last].decode("utf-8", "replace"),
        sha256=entry.sha256,
        evidence=entry.evidence,
        upstream=upstream,
        relation=relation,
        by_list=by_list,
    )


def from_json_body(
    entry: Entry,
    key: str,
    value: str,
    source: str,
    pointer: str,
    quoted: tuple[tuple[int, int], str] | None = None,
) -> Fact:
    """A fact at *pointer* of a JSON body; *quoted* are the bytes and words of what it quotes."""
    return Fact(
        repo=entry.repo,
        key=key,
        value=value,
        state="stated",
        source=source,
        file=entry.resource,
        revision=entry.revision,
        bytes=quoted[0] if quoted else None,
        pointer=pointer,
        quote=quoted[1] if quoted else None,
        sha256=entry.sha256,
        evidence=entry.evidence,
    )
