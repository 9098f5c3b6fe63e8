"""Words without which a reader finds nothing in a passage, all looked for in one pass over it."""

import re
from collections.abc import Iterable
from functools import lru_cache

Cues = int
"""A set of beginnings of words, as a number with a bit for each: `|` puts two together."""

# Filled when the readers are imported, and never by what is read.
_BITS: dict[str, int] = {}


def cues(*beginnings: str) -> Cues:
    """The cues that are these *beginnings* of words, in lower case: ``train`` stands in *training*.

    A reader that declares them promises to find nothing in a passage without any of them.
    """
    bits = 0
    for beginning in beginnings:
        bits |= _BITS.setdefault(beginning, 1 << len(_BITS))
    return bits


def cues_in(lower: str) -> Cues:
    """Every declared cue that stands in the words *lower*, which are in lower case."""
    expression, meaning = _table(len(_BITS))
    bits = 0
    # Every word stands behind something that is no letter, which is found faster than a place without one.
    for longest in expression.findall(" " + lower):
        bits |= meaning[longest]
    return bits


@lru_cache(maxsize=1)
def _table(_count: int) -> tuple[re.Pattern[str], dict[str, int]]:
    """An expression for the longest cue at every beginning of a word, and the cues each of them holds."""
    meaning = {
        longest: sum(bit for cue, bit in _BITS.items() if longest.startswith(cue)) for longest in _BITS
    }
    # Looking ahead leaves what begins inside a cue to be found as well: "tun" in "fine-tun".
    return re.compile(rf"[^a-z](?=({_alternatives(_BITS)}))"), meaning


def _alternatives(words: Iterable[str]) -> str:
    """An expression for the longest of *words*: those with the same beginning share it, which is fast."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words):
        by_first.setdefault(word[:1], []).append(word[1:])
    ends = by_first.pop("", None) is not None
    branches = [re.escape(first) + _alternatives(rest) for first, rest in by_first.items()]
    if not branches:
        return ""
    return rf"(?:{'|'.join(branches)}){'?' if ends else ''}"
