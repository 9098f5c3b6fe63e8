"""License files: which well-known text one holds, told by its own words and never by its name."""

import re
from dataclasses import dataclass

from duediligence.facts.license_names import hub_license


@dataclass(frozen=True)
class LicenseText:
    """What a license file is."""

    value: str
    """Hub id of the text, or its first line when it is none this program knows."""

    start: int
    """Range of characters of the line that says so."""

    end: int


# Hub id, the line that names it, phrases of its text, and how many words it has at most: a text with
# additions is another license. 0: long texts, whose appendices differ.
_TEXTS: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("apache-2.0", r"apache license", ("version 2.0, january 2004", "grant of copyright license"), 2100),
    ("agpl-3.0", r"gnu affero general public license", ("version 3, 19 november 2007",), 0),
    (
        "lgpl-3.0",
        r"gnu lesser general public license",
        ("version 3, 29 june 2007", "additional permissions"),
        0,
    ),
    ("lgpl-2.1", r"gnu lesser general public license", ("version 2.1, february 1999",), 0),
    ("gpl-3.0", r"gnu general public license", ("version 3, 29 june 2007", "terms and conditions"), 0),
    ("gpl-2.0", r"gnu general public license", ("version 2, june 1991",), 0),
    ("gfdl", r"gnu free documentation license", ("invariant sections", "applicability and definitions"), 0),
    ("mpl-2.0", r"mozilla public license,? version 2\.0", ("covered software",), 0),
    ("epl-2.0", r"eclipse public license - v 2\.0", ("contributor",), 0),
    ("eupl-1.2", r"european union public licence v\. ?1\.2", ("the work",), 0),
    ("cc0-1.0", r"cc0 1\.0 universal", ("affirmer",), 1600),
    (
        "cc-by-nc-sa-4.0",
        r"attribution-noncommercial-sharealike 4\.0 international",
        ("licensed material",),
        0,
    ),
    (
        "cc-by-nc-nd-4.0",
        r"attribution-noncommercial-noderivatives 4\.0 international",
        ("licensed material",),
        0,
    ),
    ("cc-by-nc-4.0", r"attribution-noncommercial 4\.0 international", ("licensed material",), 0),
    ("cc-by-sa-4.0", r"attribution-sharealike 4\.0 international", ("licensed material",), 0),
    ("cc-by-nd-4.0", r"attribution-noderivatives 4\.0 international", ("licensed material",), 0),
    ("cc-by-4.0", r"(?:creative commons )?attribution 4\.0 international", ("licensed material",), 0),
    ("cc-by-sa-3.0", r"attribution-sharealike 3\.0", ("collective work|collection", "licensor"), 0),
    ("cc-by-3.0", r"attribution 3\.0", ("collective work|collection", "licensor"), 0),
    ("openrail++", r"creativeml open rail\+\+-m", ("use-based restrictions", "complementary material"), 0),
    (
        "creativeml-openrail-m",
        r"creativeml open rail-m",
        ("use-based restrictions", "complementary material"),
        0,
    ),
    ("bigscience-openrail-m", r"bigscience open(?: |-)?rail-m", ("use-based restrictions",), 0),
    (
        "bigscience-bloom-rail-1.0",
        r"bigscience (?:bloom )?rail license v1\.0",
        ("use-based restrictions|use restrictions",),
        0,
    ),
    ("bigcode-openrail-m", r"bigcode open(?: |-)?rail-m", ("use restrictions|use-based restrictions",), 0),
    ("llama2", r"llama 2 community license agreement", ("llama materials", "700 million"), 0),
    ("llama3.3", r"llama 3\.3 community license agreement", ("llama materials", "700 million"), 0),
    ("llama3.2", r"llama 3\.2 community license agreement", ("llama materials", "700 million"), 0),
    ("llama3.1", r"llama 3\.1 community license agreement", ("llama materials", "700 million"), 0),
    ("llama4", r"llama 4 community license agreement", ("llama materials", "700 million"), 0),
    ("llama3", r"(?:meta )?llama 3 community license agreement", ("llama materials", "700 million"), 0),
    ("gemma", r"gemma terms of use", ("model derivatives", "prohibited use"), 0),
    ("odbl", r"open database license", ("derivative database", "produced work"), 0),
    ("odc-by", r"open data commons attribution license", ("derivative database",), 0),
    ("pddl", r"public domain dedication", ("the work", "rights holder"), 2200),
    (
        "cdla-permissive-2.0",
        r"community data license agreement\W{0,4}permissive\W{0,4}version 2\.0",
        ("data recipient",),
        0,
    ),
    (
        "cdla-permissive-1.0",
        r"community data license agreement\W{0,4}permissive\W{0,4}version 1\.0",
        ("data recipient|enhanced data",),
        0,
    ),
    (
        "cdla-sharing-1.0",
        r"community data license agreement\W{0,4}sharing\W{0,4}version 1\.0",
        ("enhanced data",),
        0,
    ),
    (
        "bsd-3-clause",
        r"redistribution and use in source and binary forms",
        ("neither the name", "as is"),
        330,
    ),
    (
        "bsd-2-clause",
        r"redistribution and use in source and binary forms",
        ("must retain the above", "as is"),
        290,
    ),
    (
        "isc",
        r"permission to use, copy, modify, and(?:/or)? distribute this software for any purpose",
        ("as is",),
        200,
    ),
    ("unlicense", r"this is free and unencumbered software released into the public domain", (), 320),
    ("wtfpl", r"do what the fuck you want to public license", (), 160),
    (
        "mit",
        r"permission is hereby granted, free of charge, to any person obtaining a copy",
        ("as is", "substantial portions"),
        260,
    ),
)
_COMPILED = tuple((name, re.compile(line), phrases, most) for name, line, phrases, most in _TEXTS)
_HEAD = 6000
CHANGED = " (changed text)"
"""How the value of a file ends that holds a known text with something added."""

_SHORT = ("mit", "isc", "bsd-2-clause", "bsd-3-clause", "unlicense")
# What none of the short texts says of the use itself; BSD's own "neither the name … may be used" does.
_LIMIT = re.compile(
    r"(?<!commercial or )non-?commercial|commercial (?:use|purposes?)|research (?:use|purposes?)|prohibited"
    r"|not permitted|unethical|military|weapons?|surveillance|artificial intelligence|machine learning"
    r"|train(?:ing)? (?:any |of )?models?"
    # Who gives all rights away takes none back; names in advertising are another matter.
    r"|\b(?:may|must|shall) not\b(?! be used (?:to endorse|in advertising))|\bdoes not (?:extend|apply)\b"
    r"|\bnot granted\b"
)
_CLAUSE = re.compile(
    r"commons clause|additional (?:license )?restrictions?:|the following additional condition"
)
_ORNAMENT = " \t#*=-_<>!"


def recognize(text: str) -> LicenseText | None:
    """What *text*, a license file, is; ``None`` when it is empty.

    A common license is told by its title line and the phrases of its own text. One with conditions of its
    own added is told as a changed text of it, which is another license. Anything else keeps its first line,
    and no license is guessed from it.
    """
    first = _first_line(text)
    if first is None:
        return None
    collapsed, places = _collapsed(text)
    words = len(collapsed.split())
    for name, line, phrases, most in _COMPILED:
        found = line.search(collapsed, 0, _HEAD)
        if found and all(re.search(phrase, collapsed) for phrase in phrases):
            start, end = _whole_line(text, places[found.start()])
            if (most and words > most) or _changed(name, collapsed):
                return LicenseText(f"{name}{CHANGED}", start, end)
            title = text[first[0] : first[1]]
            if hub_license(title) == name:
                start, end = first
            return LicenseText(name, start, end)
    return LicenseText(" ".join(text[first[0] : first[1]].split())[:200], *first)


def _changed(name: str, collapsed: str) -> bool:
    """Whether a condition stands in the text that the license does not have."""
    return bool(_CLAUSE.search(collapsed) or (name in _SHORT and _LIMIT.search(collapsed)))


def _collapsed(text: str) -> tuple[str, list[int]]:
    """The text in lower case with single spaces, and where each character of it stood."""
    out: list[str] = []
    places: list[int] = []
    for found in re.finditer(r"\S+", text):
        word = found.group().lower().replace("\u201c", '"').replace("\u201d", '"').replace("\u2019", "'")
        if len(word) != len(found.group()):
            # Lowering a few letters makes two of one; such a word is no word of a license.
            word = found.group()
        out.append(word)
        places.extend(range(found.start(), found.end()))
        places.append(found.end())
    return " ".join(out), places


def _first_line(text: str) -> tuple[int, int] | None:
    """The first line with a letter or digit in it, without ornament."""
    at = 0
    for line in text.splitlines(keepends=True):
        if any(char.isalnum() for char in line):
            bare = line.rstrip().rstrip(_ORNAMENT)
            start = at + len(bare) - len(bare.lstrip("\ufeff" + _ORNAMENT))
            return start, at + len(bare)
        at += len(line)
    return None


def _whole_line(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    end = min(ends, default=len(text))
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


KNOWN_TEXTS = frozenset(name for name, *_ in _TEXTS)
"""Hub ids whose text this module tells: a file that holds another text holds another license."""
