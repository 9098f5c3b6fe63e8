"""The paragraphs and sentences of a document at two moments: which went and which came."""

import re
from collections import Counter
from collections.abc import Sequence

from duediligence.errors import UnreadableError
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.card import split_card
from duediligence.facts.discussions import comments
from duediligence.facts.fact import collapse
from duediligence.facts.page import page_text
from duediligence.facts.sentences import sentences

_LONGEST = 600
_AROUND = 12
"""Words shown on each side of what differs, where a text is cut."""

# An empty line, or the end of a line before a heading, an item or a row.
_BLOCK = re.compile(r"\n[ \t]*(?=\n)|\n(?=[ \t]*(?:#{1,6}[ \t]|[-*+\u2022][ \t]|\d{1,3}[.)][ \t]|[|>]|```))")


def paragraphs(entry: Entry, body: bytes) -> list[str]:
    """Comments of a thread, paragraphs of a card's prose, of a page, of a text; none if unreadable."""
    try:
        if entry.resource.startswith("discussions/"):
            return [collapse(one) for one in comments(body)]
        text = _words(entry, body).replace("\r\n", "\n")
    except UnreadableError:
        return []
    return [collapse(one) for one in text.split("\n\n") if one.strip()]


def _words(entry: Entry, body: bytes) -> str:
    if entry.resource == "README.md":
        card = split_card(body)
        return card.text[card.prose_start :]
    return page_text(body) if entry.resource.startswith(PAGES) else body.decode("utf-8", "replace")


def each_sentence(entry: Entry, body: bytes) -> list[str]:
    """Sentences, items, headings and rows of a card's prose, of a page, of a text; none if unreadable.

    How the lines are wrapped makes no difference.
    """
    try:
        text = _words(entry, body).replace("\r\n", "\n")
    except UnreadableError:
        return []
    blocks = [block for block in _BLOCK.split(text) if block.strip()]
    return [collapse(block[first:last]) for block in blocks for first, last, _ in sentences(block)]


def differing(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """What only *before* has of paragraphs or sentences, and what only *after* has, … between them.

    One that stands elsewhere now is in neither. Where both are long they are cut to where they differ.
    """
    went, came = (list(one) for one in only_in_one(before, after))
    return _cut(*(" … ".join(one) for one in (went, came)))


def only_in_one(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those *before* has more often than *after*, and the other way round, each in its order."""
    return _more_of(before, after), _more_of(after, before)


def _more_of(these: Sequence[str], those: Sequence[str]) -> list[str]:
    left = Counter(these) - Counter(those)
    out = []
    for one in these:
        if left[one]:
            left[one] -= 1
            out.append(one)
    return out


def apart(old: str, new: str, around: int) -> tuple[str, str]:
    """Both texts from the first word that differs to the last, with *around* words on each side."""
    before, after = old.split(), new.split()
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head)
    return _window(before, head, tail, around), _window(after, head, tail, around)


def _window(words: list[str], head: int, tail: int, around: int) -> str:
    first, last = max(head - around, 0), len(words) - max(tail - around, 0)
    parts = ["…"] * (first > 0) + words[first:last] + ["…"] * (last < len(words))
    return " ".join(parts)


def _cut(old: str, new: str) -> tuple[str, str]:
    if old and new and max(len(old), len(new)) > _LONGEST:
        old, new = apart(old, new, _AROUND)
    old, new = (text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for text in (old, new))
    return old, new
