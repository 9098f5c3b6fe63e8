"""What stands before and after a quotation in the file it is from."""

from collections.abc import Iterable

from duediligence.facts.fact import Fact, collapse
from duediligence.facts.sentences import sentences

SOURCES = ("prose", "license_file")
"""Where a range of bytes is a range of a text that people read."""

_WINDOW = 900
"""Bytes looked at on each side: enough for a sentence."""

_MOST = 300
"""Characters shown of it on each side."""


def around(body: bytes, fact: Fact) -> tuple[str, str]:
    """The sentence before the quotation of *fact* in *body*, and the one after it; empty without one."""
    if fact.bytes is None or fact.source not in SOURCES:
        return "", ""
    first, last = fact.bytes
    before = body[max(0, first - _WINDOW) : first].decode("utf-8", "ignore")
    after = body[last : last + _WINDOW].decode("utf-8", "ignore")
    return _last(_near(reversed(_lines(before)))), _first(_near(_lines(after)))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _near(lines: Iterable[str]) -> list[str]:
    """The lines of the paragraph or heading that comes first, in the order given."""
    out: list[str] = []
    for line in lines:
        # The card's metadata are no sentence, and what lies beyond them is another text.
        if line == "---" or (out and (not line or line.startswith("#"))):
            break
        out += [line] if line else []
        if line.startswith("#"):
            break
    return out


def _last(lines: list[str]) -> str:
    block = "\n".join(reversed(lines)).lstrip("# ")
    found = sentences(block)
    said = collapse(block[found[-1][0] : found[-1][1]]) if found else ""
    return said if len(said) <= _MOST else f"… {said[-_MOST:]}"


def _first(lines: list[str]) -> str:
    block = "\n".join(lines).lstrip("# ")
    found = sentences(block)
    said = collapse(block[found[0][0] : found[0][1]]) if found else ""
    return said if len(said) <= _MOST else f"{said[:_MOST]} …"
