"""Words without which a reader finds nothing in a passage, all looked for in one pass over it."""

import re
from collections.abc import Iterable

Cues = int
"""A set of beginnings of words, as a number with a bit for each: `|` puts two together."""


class Beginnings:
    """Beginnings of words, put together by those who look for them and found in one pass."""

    def __init__(self) -> None:
        self.bits: dict[str, Cues] = {}
        """Each of them, in lower case, with its bit."""

        self._expression: re.Pattern[str] | None = None
        self._meaning: dict[str, Cues] = {}

    def declare(self, *beginnings: str) -> Cues:
        """The set of these *beginnings*, in lower case."""
        found = 0
        for beginning in beginnings:
            found |= self.bits.setdefault(beginning, 1 << len(self.bits))
        self._expression = None
        return found

    def standing_in(self, lower: str) -> Cues:
        """Every one of them that stands in the words *lower*, which are in lower case."""
        expression, meaning = self._expression or self._look(), self._meaning
        found = 0
        # Every word stands behind something that is no letter, found faster than a place without one.
        for longest in expression.findall(" " + lower):
            found |= meaning[longest]
        return found

    def _look(self) -> re.Pattern[str]:
        """An expression for the longest at every beginning of a word, with what each of them holds."""
        self._meaning = {
            longest: sum(bit for one, bit in self.bits.items() if longest.startswith(one))
            for longest in self.bits
        }
        # Looking ahead leaves what begins inside one to be found as well: "tun" in "fine-tun".
        self._expression = re.compile(rf"[^a-z](?=({_alternatives(self.bits) or '(?!)'}))")
        return self._expression


# Filled when the readers are imported, and never by what is read.
_CUES = Beginnings()


def cues(*beginnings: str) -> Cues:
    """The cues that are these *beginnings* of words, in lower case: ``train`` stands in *training*.

    A reader that declares them promises to find nothing in a passage without any of them.
    """
    return _CUES.declare(*beginnings)


cues_in = _CUES.standing_in
"""Every declared cue that stands in words in lower case."""


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
