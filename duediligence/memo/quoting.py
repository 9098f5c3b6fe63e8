"""What a fact says, as the memo prints it: the words of others as a quotation, ours as our own."""

import json
import re

from duediligence.facts.fact import QUOTED_SOURCES, Fact
from duediligence.memo.statement import QUOTE_LIMIT, Span, quote, words
from duediligence.memo.words import plain

_YES_NO = {"true": "yes", "false": "no"}
_ACCESS = {"true": "asked for", "false": "none asked for"}
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
_MARKS = re.compile(r"\*\*|__|`|^\s*#{1,6}\s+", re.M)


def theirs(fact: Fact, limit: int = QUOTE_LIMIT) -> tuple[Span, ...]:
    """The words of the source; what a program wrote or worked out, such as ``false``, in our words."""
    value = fact.value or ""
    if fact.source in QUOTED_SOURCES and fact.quote:
        return words(quote(_title(fact), limit))
    if value.lower() in _YES_NO:
        return words((_ACCESS if fact.key == "gated" else _YES_NO)[value.lower()])
    return words(plain(value) if fact.source == "computed" else quote(value, limit))


def read_plainly(fact: Fact, limit: int) -> tuple[Span, ...]:
    """The same for page 1 and the issues: without the signs a card is marked up with."""
    spans = theirs(fact, limit * 4)
    if fact.source == "prose" and fact.quote:
        return words(quote(unmarked(fact.quote), limit))
    return words(quote(spans[0].text, limit)) if spans and spans[0].kind == "quote" else spans


def unmarked(text: str, *, addresses: bool = False) -> str:
    """*text* of a card without the signs of Markdown; not a word less.

    With *addresses* a link keeps its target, in brackets behind its words.
    """
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1 (\2)" if addresses else r"\1", text)).split())


def _title(fact: Fact) -> str:
    """The quote; a title cut out of JSON stands there with the quotation marks of that notation."""
    text = fact.quote or ""
    if fact.source != "discussion" or not (text.startswith('"') and text.endswith('"')):
        return text
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text
