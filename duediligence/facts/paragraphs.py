"""The paragraphs of a document at two moments: which went and which came."""

from collections.abc import Sequence

from duediligence.errors import UnreadableError
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.card import split_card
from duediligence.facts.discussions import comments
from duediligence.facts.fact import collapse
from duediligence.facts.page import page_text

_LONGEST = 600


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


def differing(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """The paragraphs only *before* has, and those only *after* has, … between them; cut where long.

    One that stands elsewhere now is in neither.
    """
    old, new = set(before), set(after)
    went = [one for one in before if one not in new]
    came = [one for one in after if one not in old]
    return _cut(" … ".join(went)), _cut(" … ".join(came))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
