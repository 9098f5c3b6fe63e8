"""Kinds of headings and labels, all looked for once in each of them, whoever asks."""

import re
from functools import lru_cache

from duediligence.facts.cues import Beginnings, Cues

Kinds = int
"""A set of kinds of titles, as a number with a bit for each: `|` puts two together."""

# Filled when the readers are imported, and never by what is read.
_STEMS = Beginnings()
_BY_STEM: dict[Cues, list[tuple[Kinds, re.Pattern[str]]]] = {}
_DECLARED: list[str] = []


def titles(expression: str, stems: str) -> Kinds:
    """One kind of title, by an *expression* in lower case.

    *stems* are beginnings of words with spaces between them: it promises that one of them stands in every
    title the expression finds.
    """
    kind, pattern = 1 << len(_DECLARED), re.compile(expression)
    _DECLARED.append(expression)
    for stem in stems.split():
        _BY_STEM.setdefault(_STEMS.declare(stem), []).append((kind, pattern))
    return kind


# A number or a picture in front of a title, and a picture behind it.
_BARE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?[^\w(\[\"'`#]*|[^\w)\]\"'`.!?%]+$")


def bare(title: str) -> str:
    """*title* in lower case, without its number and the pictures around it: ``data`` for *3. Data 📊*."""
    lower = title.lower()
    return lower if lower[:1].isalpha() and lower[-1:].isalnum() else _BARE.sub("", lower)


@lru_cache(maxsize=4096)
def kinds_of(title: str) -> Kinds:
    """Every declared kind that *title* is of."""
    lower = bare(title)
    given, kinds = _STEMS.standing_in(lower), 0
    while given:
        for kind, pattern in _BY_STEM[given & -given]:
            if not kinds & kind and pattern.search(lower):
                kinds |= kind
        given &= given - 1
    return kinds


HOW_TO = titles(
    r"\bhow to\b|\busage\b|\bexamples?\b|\bquick\s?start|\bget(?:ting)? started\b|\binference\b|\bglossary\b"
    r"|\binstall|\bprompt|\btroubleshooting\b|\bcitation|\bbibtex\b",
    "how usage example quick get inference glossary install prompt troubleshooting citation bibtex",
)
"""Under them stands how a work is run or cited, not what it is."""
