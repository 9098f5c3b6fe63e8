"""Licenses by name: which one a sentence states, and which Hub id a name as people write it stands for."""

import re
from collections.abc import Iterator
from functools import lru_cache

from duediligence.facts.common_words import words_of
from duediligence.facts.cues import cues
from duediligence.facts.found import few
from duediligence.facts.passage import Passage
from duediligence.facts.titles import titles

_V = r"[\s,-]*(?:version|ver\.?|v)?[\s.-]*"
_LIC = r"(?:[\s-]+licen[sc]e)?"

# Hub id, words of which one stands in every way to write it, and how people write it. The first that matches
# wins: the special ones stand before the general.
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("creativeml-openrail-m", "rail", r"creativeml[\s-]*open[\s-]?rail[\s-]*-?m\b"),
    ("openrail++", "rail", r"(?:creativeml[\s-]*)?open[\s-]?rail\s?\+\+(?:[\s-]*m\b)?"),
    ("bigscience-openrail-m", "rail", r"bigscience[\s-]*open[\s-]?rail[\s-]*m\b"),
    (
        "bigcode-openrail-m",
        "rail",
        r"bigcode[\s-]*(?:model[\s-]*)?open[\s-]?rail[\s-]*m?\b(?:[\s-]*v?1(?:\.0)?)?",
    ),
    (
        "bigscience-bloom-rail-1.0",
        "rail",
        rf"(?:bigscience|bloom)[\s-]*(?:bloom[\s-]*)?rail{_LIC}(?:[\s-]*(?:license[\s-]*)?v?1\.0)?",
    ),
    ("openrail", "rail", r"open[\s-]?rail(?:[\s-]*m)?\b"),
    (
        "llama3.1",
        "llama",
        rf"(?:meta[\s-]*)?llama[\s-]*3\.1(?=\b[\s\w]{{0,12}}licen[sc]e|$)(?:[\s-]*community)?{_LIC}",
    ),
    (
        "llama3.2",
        "llama",
        rf"(?:meta[\s-]*)?llama[\s-]*3\.2(?=\b[\s\w]{{0,12}}licen[sc]e|$)(?:[\s-]*community)?{_LIC}",
    ),
    (
        "llama3.3",
        "llama",
        rf"(?:meta[\s-]*)?llama[\s-]*3\.3(?=\b[\s\w]{{0,12}}licen[sc]e|$)(?:[\s-]*community)?{_LIC}",
    ),
    (
        "llama4",
        "llama",
        rf"(?:meta[\s-]*)?llama[\s-]*4(?=\b[\s\w]{{0,12}}licen[sc]e|$)(?:[\s-]*community)?{_LIC}",
    ),
    (
        "llama3",
        "llama",
        rf"(?:meta[\s-]*)?llama[\s-]*3(?![.\d])(?=\b[\s\w]{{0,12}}licen[sc]e|$)(?:[\s-]*community)?{_LIC}",
    ),
    (
        "llama2",
        "llama",
        rf"(?:meta[\s-]*)?llama[\s-]*2(?![.\d])(?=\b[\s\w]{{0,12}}licen[sc]e|$)(?:[\s-]*community)?{_LIC}",
    ),
    ("gemma", "gemma", r"gemma(?:[\s-]+(?:terms of use|licen[sc]e)|$)"),
    ("apache-2.0", "apache", rf"apache(?:[\s-]*(?:software[\s-]*)?licen[sc]e)?{_V}2(?:\.0)?{_LIC}"),
    ("bsd-3-clause-clear", "bsd", rf"bsd[\s-]*3[\s-]*clause[\s-]*clear{_LIC}"),
    (
        "bsd-3-clause",
        "bsd",
        rf"(?:bsd[\s-]*3(?:[\s-]*clause)?|(?:new|modified|3-clause|three-clause)[\s-]+bsd){_LIC}",
    ),
    (
        "bsd-2-clause",
        "bsd",
        rf"(?:bsd[\s-]*2(?:[\s-]*clause)?|(?:simplified|2-clause|two-clause)[\s-]+bsd){_LIC}",
    ),
    (
        "agpl-3.0",
        "agpl|affero",
        rf"(?:gnu[\s-]*)?(?:agpl|affero general public licen[sc]e){_V}3(?:\.0)?(?:-only|-or-later)?",
    ),
    (
        "lgpl-2.1",
        "lgpl|general public",
        rf"(?:gnu[\s-]*)?(?:lgpl|(?:lesser|library) general public licen[sc]e){_V}2\.1(?:-only|-or-later)?",
    ),
    (
        "lgpl-3.0",
        "lgpl|general public",
        rf"(?:gnu[\s-]*)?(?:lgpl|(?:lesser|library) general public licen[sc]e){_V}3(?:\.0)?(?:-only"
        rf"|-or-later)?",
    ),
    (
        "gpl-3.0",
        "gpl|general public",
        rf"(?:gnu[\s-]*)?(?:\bgpl|general public licen[sc]e){_V}3(?:\.0)?(?:-only|-or-later)?",
    ),
    (
        "gpl-2.0",
        "gpl|general public",
        rf"(?:gnu[\s-]*)?(?:\bgpl|general public licen[sc]e){_V}2(?:\.0)?(?:-only|-or-later)?",
    ),
    ("gfdl", "gfdl|free documentation", r"gnu free documentation licen[sc]e|\bgfdl\b"),
    (
        "cc0-1.0",
        "cc|commons",
        r"\bcc[\s-]?0(?:[\s-]*1\.0)?\b(?:[\s-]*universal)?|creative[\s-]?commons[\s-]+(?:zero|cc0)",
    ),
    (
        "odc-by",
        "odc|data commons",
        r"\bodc[\s-]*by\b(?:[\s-]*v?1\.0)?|open data commons attribution(?: licen[sc]e)?",
    ),
    ("odbl", "odbl|database", r"\bodbl\b(?:[\s-]*v?1\.0)?|open (?:data commons open )?database licen[sc]e"),
    ("pddl", "pddl|public domain", r"\bpddl\b|public domain dedication and licen[sc]e"),
    ("cdla-permissive-2.0", "cdla", rf"cdla[\s-]*permissive{_V}2(?:\.0)?"),
    ("cdla-permissive-1.0", "cdla", rf"cdla[\s-]*permissive{_V}1(?:\.0)?"),
    ("cdla-sharing-1.0", "cdla", rf"cdla[\s-]*sharing(?:{_V}1(?:\.0)?)?"),
    ("c-uda", "c-uda|computational", r"\bc-uda\b|computational use of data agreement"),
    ("mpl-2.0", "mpl|mozilla", rf"(?:\bmpl|mozilla public licen[sc]e){_V}2(?:\.0)?"),
    ("epl-2.0", "epl|eclipse", rf"(?:\bepl|eclipse public licen[sc]e){_V}2(?:\.0)?"),
    ("eupl-1.2", "eupl|european", rf"(?:\beupl|european union public licen[sc]e){_V}1\.2"),
    ("unlicense", "unlicen", r"\bthe unlicen[sc]e\b|^unlicen[sc]e$"),
    ("wtfpl", "wtfpl", r"\bwtfpl\b"),
    ("isc", "isc", r"\bisc licen[sc]e\b|^isc$"),
    ("bsl-1.0", "boost", r"boost software licen[sc]e"),
    ("afl-3.0", "academic", rf"academic free licen[sc]e{_V}3"),
    ("artistic-2.0", "artistic", rf"artistic licen[sc]e{_V}2"),
    ("etalab-2.0", "etalab", r"etalab[\s-]*2(?:\.0)?"),
    ("mit", "mit", r"(?:\bthe )?\bmit(?:[\s-]+licen[sc]e\b)|^mit$|\bmit(?=[,.;)]|$)"),
)
_KNOWN = tuple((name, tuple(words.split("|")), re.compile(pattern)) for name, words, pattern in _NAMES)
_COMMONS = re.compile(
    r"(?:\bcc\b|\bcreative[\s-]?commons\b)[\s,:-]*(?:licen[sc]e[\s,:-]*)?(?P<terms>(?:(?:by|attribution|nc"
    r"|non[\s-]?commercial|sa"
    r"|share[\s-]?alike|nd|no[\s-]?deriv(?:ative)?s?)\b[\s,-]*){1,6})(?:licen[sc]e[\s,]*)?(?P<version>v?\d\.\d)?"
    r"(?:\s*(?:international|unported|generic))?(?:\s+(?:public\s+)?licen[sc]e)?",
)
_NONE = re.compile(
    r"\bno (?:specific |explicit |known )?licen[sc]e\b|\bwithout (?:a |any )?licen[sc]e|\bunlicensed\b"
    r"|\bnot (?:yet )?licensed|\bnot covered by\b"
    r"|\blicen[sc]e\s*:?\s*(?:is )?(?:to follow|to be|tbd|unknown|not |n/?a\b|none\b|missing|needed)"
    r"|more information needed|licen[sc]e to follow",
    re.I,
)
_OTHER_WORK = re.compile(
    r"\b(?:source )?code(?:base| repository)?\b[^.;]{0,40}\b(?:is|are|was)\b[^.;]{0,20}\b(?:licensed"
    r"|released|available|under)"
    r"|\bthis (?:code |software )?(?:repository|repo)\b[^.;]{0,20}\bis licensed|\blicense of (?:the "
    r")?(?:code|original)"
    r"|\b(?:library|toolkit|framework|script)s? (?:is|are) (?:[\w.+-]+[ -]){0,3}(?:licensed|released)",
    re.I,
)
_OWN_WORK = re.compile(
    r"\b(?:weights|models?|checkpoints?|data ?sets?|data)\s+(?:themselves\s+)?(?:is|are|was|were)\s"
    r"[^.;,]{0,60}?\b(?:licensed|released|available|distributed|published|covered)\b[^.;,]{0,40}?\b(?:under|by)\s"
    r"[^;,]{2,120}",
    re.I,
)
# "The weights under X, the code under Y": Y is not theirs.
_THE_CODE = re.compile(
    r"[,;]?\s(?:and\s|while\s|whereas\s|but\s)?(?:the|our|its)\s(?:\w+\s)?(?:code|software|library|scripts)\b",
    re.I,
)
# A sentence that speaks of the work without naming it.
_OPENS = re.compile(r"(?:it|they) (?:is|are) |(?:released|available|distributed|published) under ", re.I)
# "The same license as that of another" names none.
_POINTS = words_of(
    "same following above below respective original corresponding own different separate its their"
)
_STATES = re.compile(
    r"\b(?:licensed|co-licensed|released|releasing|distributed|available|published|shared|(?:is|are) "
    r"provided|open-?sourced|governed"
    r"|covered|subject)\b[^.;]{0,80}?\b(?:under|by|with"
    r"|to)\s+(?:the\s+terms\s+of\s+)?(?=(?P<rest>[^;]{2,200}))",
    re.I,
)
# "The weights are Apache-2.0 licensed."
_LICENSED = re.compile(
    r"\b(?:is|are|was|were)\s+(?!not\b|never\b)(?P<rest>[^.;,]{2,20}(?:\.\d)?)[- ]licensed\b"
    r"(?!\s+(?:under|by|for|to|code|software))",
    re.I,
)
_LABEL = titles(
    r"^(?:model |data ?set |weights? )?licen[sc](?:e|ing)(?:s|\(s\))?(?: information| terms| type)?$", "licen"
)
_OF_WORK = titles(r"^(?:model )?(?:weights|checkpoints?)$|^model$", "weights checkpoint model")
_LICENSE = re.compile(r"\blicen[sc](?:e|es|ing)\b", re.I)
_TITLE = titles(_LICENSE.pattern, "licen")
_CUES = cues(
    "licen", "released under", "distributed under", "published under", "available under", "shared under"
)
_ANY_NAME = re.compile(
    r"(?:the |an? )?((?:[\w.+&'-]+\s){0,6}?licen[sc]e(?:\s+agreement)?(?:\s+v?\d[\d.]*)?)\b", re.I
)
_POINTER = re.compile(r"^\W*(?:see|please|refer|check|find|read|https?:|here\b)", re.I)


@lru_cache(maxsize=4096)
def hub_license(name: str) -> str | None:
    """The Hub id that *name* stands for: ``apache-2.0`` for *Apache License, Version 2.0*; else ``None``.

    A name without the version its id needs stands for none.
    """
    found = next(_found(" ".join(name.split())), None)
    return found[1] if found else None


def named_license(passage: Passage) -> tuple[str, ...]:
    """The licenses that *passage* states for the model or data set itself, as written there.

    What is said of code, of another work or of a missing license states none.
    """
    words = passage.words
    if passage.labelled & _OF_WORK and not passage.heading & _TITLE:
        # "Weights: Apache 2.0"
        alone = passage.told.removesuffix(".")
        return tuple(written for written, _ in _found(alone) if written == alone)
    if not (passage.cues & _CUES or passage.heading & _TITLE):
        return ()
    told = _LICENSE.search(words) or passage.heading & _TITLE or passage.labelled & _LABEL
    licensed = _LICENSED.search(words)
    if not (told or licensed or _OWN_WORK.search(words) or _OPENS.match(words)):
        return ()
    if _NONE.search(words):
        return ()
    if _OTHER_WORK.search(words):
        own = _OWN_WORK.search(words)
        if own is None:
            return ()
        words, licensed = own.group(), None
    if passage.labelled & (_LABEL | _OF_WORK):
        return _labelled(passage.told)
    stated: list[str] = []
    for states in few(_STATES.finditer(words)):
        rest = _THE_CODE.split(states["rest"])[0]
        names = list(_each_once(rest))
        other = _ANY_NAME.match(rest)
        if (
            told
            and not names
            and other
            and len(other[1].split()) > 1
            and other[1].split()[0].lower() not in _POINTS
        ):
            names = [other[1]]
        stated += [name for name in names if name not in stated]
    if licensed:
        stated += [name for name in _each_once(licensed["rest"]) if name not in stated]
    if not stated and passage.heading & _TITLE and passage.first and not passage.label:
        head = " ".join(words.split()[:14])
        stated = list(_each_once(head))
    return tuple(stated)


def _each_once(text: str) -> tuple[str, ...]:
    """The licenses named in *text*, as written, each once however often it is named."""
    names: dict[str, str] = {}
    for written, name in _found(text):
        names.setdefault(name, re.sub(r"^the\s+", "", written, flags=re.I))
    return tuple(names.values())


def _labelled(value: str) -> tuple[str, ...]:
    # What follows "is a" describes the license named before it.
    names = _each_once(re.split(r"\sis an?\s", value)[0]) or _each_once(value)
    if names:
        return names
    if _POINTER.match(value) or not re.search(r"\w", value):
        return ()
    short = re.split(r"\s\(|\sis available|\s?https?:|\.\s|;\s", value)[0].strip(" .,:")
    return (short,) if short and len(short.split()) <= 12 else ()


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Each license named in *text*: as written, and its Hub id; in order, none inside another."""
    hits: list[tuple[int, int, str]] = []
    # Lower case in which every character keeps its place: only this letter would become two.
    lower = text.replace("\u0130", "i").lower()
    for commons in few(_COMMONS.finditer(lower)) if "cc" in lower or "commons" in lower else ():
        name = _commons_id(commons)
        if name:
            hits.append((commons.start(), commons.end(), name))
    for name, one_of, pattern in _KNOWN:
        for hit in few(pattern.finditer(lower)) if any(map(lower.__contains__, one_of)) else ():
            if not any(start < hit.end() and hit.start() < end for start, end, _ in hits):
                hits.append((hit.start(), hit.end(), name))
    for start, end, name in sorted(hits):
        yield text[start:end].strip(" ,-"), name


def _commons_id(found: re.Match[str]) -> str | None:
    terms = re.sub(r"[\s-]", "", found["terms"].lower())
    if not ("by" in terms or "attribution" in terms) or not found["version"]:
        return None
    parts = ["cc", "by"]
    for part, words in (
        ("nc", ("nc", "noncommercial")),
        ("nd", ("nd", "noderiv")),
        ("sa", ("sa", "sharealike")),
    ):
        if any(word in terms for word in words):
            parts.append(part)
    return "-".join([*parts, found["version"].lstrip("vV")])
