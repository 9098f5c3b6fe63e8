"""One passage that states something, and the passages that only hold a place."""

import re
from typing import NamedTuple

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage

_PLACEHOLDER = re.compile(
    r"\b(?:more|needs?) (?:more )?information(?: is)?\b(?: needed)?\W*$|\bmore information needed\b"
    r"|\bcoming soon\b|are described below\.?$|\binformation to be added\b",
)
_STEMS = ("information", "coming soon", "described below")
PLACEHOLDER_CUES = cues(*_STEMS, "n/a", "na", "tbd", "todo", "none", "unknown", "optional")
_NOTHING = re.compile(r"\W*(?:(?:n/?a|tbd|todo|coming soon|none|unknown|-+)\W*|\[?(?:optional)\]?\W*)$")


def is_placeholder(words: str) -> bool:
    """Whether they are *More Information Needed* or its like, which state nothing."""
    lower = words.lower()
    if _NOTHING.match(lower):
        return True
    return any(stem in lower for stem in _STEMS) and _PLACEHOLDER.search(lower) is not None


class Statement(NamedTuple):
    """One passage that states something under one key."""

    key: str
    value: str
    """What it names, or the passage with single spaces."""

    start: int
    """First character of the passage in the card's text."""

    end: int


def statement(key: str, passage: Passage, value: str | None = None) -> Statement:
    """What *passage* states under *key*: *value*, or all of it with single spaces."""
    return Statement(key, value or passage.words, passage.start, passage.end)
