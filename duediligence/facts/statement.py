"""One passage that states something, and the passages that only hold a place."""

import re
from dataclasses import dataclass

from duediligence.facts.prose import Passage

PLACEHOLDER = re.compile(
    r"\b(?:more|needs?) (?:more )?information(?: is)?\b(?: needed)?\W*$|\bmore information needed\b"
    r"|^\W*(?:n/?a|tbd|todo|coming soon|none|unknown|-+)\W*$"
    r"|\bcoming soon\b|^\W*\[?(?:optional)\]?\W*$|are described below\.?$|\binformation to be added\b",
    re.I,
)
"""*More Information Needed* and its like, which state nothing."""


@dataclass(frozen=True)
class Statement:
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
