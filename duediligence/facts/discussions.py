"""Discussions of a repo about law: their titles, and a legal basis that the provider claims in one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact, digest_of_words
from duediligence.facts.json_text import JsonString, places, read_json, strings
from duediligence.facts.legal_basis import claims_basis
from duediligence.facts.origin import from_json_body
from duediligence.facts.sentences import sentences
from duediligence.repo import shown

_TITLE = re.compile(
    r"licen[cs]|copyright|copyleft|\blegal|lawful|\blaws?\b|lawsuit|gdpr|dsgvo|ccpa|privacy|personal "
    r"(?:data|info)|\bpii\b"
    r"|consent|take[- ]?down|dmca|infring|fair use|opt[- ]?out|terms of|permission|commercial|attribution"
    r"|trademark"
    r"|\brights?\b|\bai act\b|stolen|pirat|csam|lizenz|urheber|datenschutz",
    re.I,
)
_TEXT = re.compile(
    r"\blicen[cs](?:e|es|ed|ing)\b|copyright|legal basis|\bgdpr\b|dsgvo|personal data|take[- ]?down"
    r"|\bdmca\b|infring\w+"
    r"|fair use|opt[- ]?out|data subject|text[- ]and[- ]data[- ]mining|legitimate interest|\b(?:60d|44b)\b",
    re.I,
)
_RAW = re.compile(r"/events/\d+/data/latest/raw$")
_WE = re.compile(r"\b(?:we|our|us)\b", re.I)


def discussion_facts(entry: Entry, body: bytes) -> Iterator[Fact]:
    """The title of a thread about license, copyright, privacy or takedown, and what its provider claims.

    The title stands for the thread: its fact knows the words of every comment, so that a reply is seen.

    A legal basis counts when a sentence says *we*, or names the provider, and asks nothing.

    Raises:
        UnreadableError: the body is no JSON.
    """
    text, value = read_json(body)
    found = _said(text)
    titles = [one for one in found if one.pointer == "/title"]
    if not isinstance(value, dict) or not titles or not _about_law(titles[0].value, found):
        return
    shift = len(body) - len(text.encode("utf-8"))
    named = _fact(
        entry, text, shift, "discussion", titles[0].value, titles[0], titles[0].start, titles[0].end
    )
    yield replace(named, words=digest_of_words(_tidy(one.value) for one in found))
    owner = shown(entry.repo).partition("/")[0]
    for one in found:
        if one is not titles[0]:
            yield from _bases(entry, text, shift, one, owner)


def comments(body: bytes) -> list[str]:
    """The title of a thread and every comment in it, as they were written.

    Raises:
        UnreadableError: the body is no JSON.
    """
    return [_tidy(one.value) for one in _said(read_json(body)[0])]


def _said(text: str) -> list[JsonString]:
    return [one for one in strings(text) if one.pointer == "/title" or _RAW.search(one.pointer)]


def _about_law(title: str, found: list[JsonString]) -> bool:
    return bool(_TITLE.search(title)) or any(_TEXT.search(one.value) for one in found)


def _bases(entry: Entry, text: str, shift: int, one: JsonString, owner: str) -> Iterator[Fact]:
    raw = text[one.start + 1 : one.end - 1]
    at: list[int] | None = None
    for start, end in _sentences(one.value):
        words = " ".join(one.value[start:end].split())
        ours = _WE.search(words) or (len(owner) > 2 and owner.lower() in words.lower())
        if not ours or words.startswith(">") or not claims_basis(words):
            continue
        at = at or places(raw)
        place = one.start + 1 + at[start], one.start + 1 + at[end]
        yield _fact(entry, text, shift, "legal_basis", words, one, *place)


def _sentences(comment: str) -> Iterator[tuple[int, int]]:
    """Ranges of the sentences of a comment; a line never goes on in the next one's."""
    for line in re.finditer(r"[^\r\n]+", comment):
        for first, last, _ in sentences(line.group()):
            words = line.group()[first:last]
            start = line.start() + first + len(words) - len(words.lstrip())
            yield start, line.start() + first + len(words.rstrip())


def _fact(
    entry: Entry, text: str, shift: int, key: str, value: str, one: JsonString, start: int, end: int
) -> Fact:
    # A byte order mark, which the text no longer has, still counts in the bytes.
    first = shift + len(text[:start].encode("utf-8"))
    span = (first, first + len(text[start:end].encode("utf-8")))
    return from_json_body(entry, key, _tidy(value), "discussion", one.pointer, (span, text[start:end]))


def _tidy(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode("utf-8")
