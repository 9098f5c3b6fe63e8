"""Parts of a card that are no prose: code, comments, tables in HTML, bibliographies; and where they end."""

import re
from functools import lru_cache
from typing import NamedTuple

_FENCE = re.compile(r" {0,3}(?:>[ \t]*)*(`{3,}|~{3,})[ \t]*([\w+-]*)")
_BIBTEX = re.compile(r"[ \t>*-]*@[A-Za-z]{3,20}[ \t]*[{(]")


class Skip(NamedTuple):
    """What ends a part that is no prose."""

    sign: str
    """Stands in the line that ends it: the quick look."""

    end: re.Pattern[str]


_COMMENT = Skip("-->", re.compile(r"-->"))
_SCRIPT = Skip("</", re.compile(r"</(?:pre|style|script)>", re.I))
_TABLE = Skip("</", re.compile(r"</table>", re.I))
_UNMARKED = Skip("", re.compile(r"^\s*$|^\s*#{1,6} |^[ \t]*\}[ \t]*$"))
"""Code or a bibliography, which an empty line or a heading ends."""

_CODE = re.compile(r"[{}=;<>\\$]|\w\(|^(?:import|from|def|class|pip|git|python3?|cd|curl|wget|#|>>>|@)\b")


def begins_skip(line: str, *, own_paragraph: bool) -> Skip | None:
    """What ends the part that begins here and is no prose; ``None`` when prose goes on."""
    fence = _FENCE.match(line) if "```" in line or "~~~" in line else None
    if fence and len(fence[1]) < 100:
        return _fenced(fence[1])
    bare = line.lstrip()
    if bare.startswith("<"):
        if bare.startswith("<!--"):
            return _COMMENT
        if bare[:6].lower() == "<table":
            return _TABLE
        if bare[:4].lower() in ("<pre", "<sty", "<scr"):
            return _SCRIPT
    if "@" in line and _BIBTEX.match(line):
        return _UNMARKED
    if own_paragraph and line.startswith(("    ", "\t")) and _CODE.search(bare):
        return _UNMARKED
    return None


@lru_cache(maxsize=64)
def _fenced(fence: str) -> Skip:
    """Code behind a *fence*: one of the same signs, at least as long, ends it."""
    return Skip(fence, re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$"))


def opening_length(line: str) -> int:
    """Characters of *line* in which the end of what it opens is not looked for: all of a fence."""
    fence = _FENCE.match(line)
    return len(line) if fence else 0
