"""What a page outside the Hub states, once a person added it: provider, contact, basis, personal data."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate

from duediligence.errors import UnreadableError
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact, collapse
from duediligence.facts.prose import passages
from duediligence.facts.statements import statements

KEYS = ("legal_basis", "personal_data", "provider", "contact")
"""What is read from a page. What a model is made from is not: a page speaks of many."""

_HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style|head|noscript|template|svg)\b.*?</\1\s*>|<[^<>]*>|&#?\w{1,31};", re.S | re.I
)
_BREAKS = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|section|article|dd|dt|blockquote)\b", re.I)
_HTML = re.compile(r"<(?:!doctype html|html|head|body|p|div)\b", re.I)


def page_facts(entry: Entry, body: bytes) -> list[Fact]:
    """The facts *body* states, HTML or plain text, each with its place in the bytes and its words.

    Raises:
        UnreadableError: it is no text.
    """
    raw, text, at = _seen(body)
    offsets = [0, *accumulate(len(sign.encode("utf-8", "surrogatepass")) for sign in raw)]
    return [
        Fact(
            repo=entry.repo,
            key=one.key,
            value=one.value,
            state="stated",
            source="page",
            file=entry.resource,
            bytes=(offsets[at[one.start]], offsets[at[one.end - 1] + 1]),
            quote=collapse(text[one.start : one.end]),
            sha256=entry.sha256,
            evidence=entry.evidence,
        )
        for one in statements(passages(text, 0), entry.repo)
        if one.key in KEYS
    ]


def page_text(body: bytes) -> str:
    """What a reader sees of a page, a blank line between its blocks.

    Raises:
        UnreadableError: it is no text.
    """
    return _seen(body)[1]


def _seen(body: bytes) -> tuple[str, str, Sequence[int]]:
    """The text of a page as received, what a reader sees of it, and where each sign of that stands."""
    if body.startswith(b"%PDF") or b"\0" in body[:4096]:
        raise UnreadableError("It is no text or HTML page; it is kept, and a person can quote it.")
    raw = body.decode("utf-8", "replace")
    text, at = _plain(raw) if _HTML.search(raw[:4096]) else (raw, range(len(raw) + 1))
    return raw, text, at


def _plain(raw: str) -> tuple[str, list[int]]:
    """What a reader sees of *raw*, and for each of its characters where it stands in *raw*."""
    out: list[str] = []
    at: list[int] = []
    for words, start in _pieces(raw):
        for i, sign in enumerate(words):
            # No line begins with white space: four of them would make it code.
            if sign.isspace() and (not out or out[-1] in "\n "):
                if sign == "\n" and out and out[-1] != "\n":
                    out[-1], at[-1] = "\n", start
                continue
            out.append("\n" if sign == "\n" else " " if sign.isspace() else sign)
            at.append(min(start + i, len(raw) - 1))
    doubled = "".join(out).replace("\n", "\n\n")
    places = [place for sign, place in zip(out, at, strict=True) for _ in range(2 if sign == "\n" else 1)]
    return doubled, [*places, len(raw)]


def _pieces(raw: str) -> Iterator[tuple[str, int]]:
    """Runs of what is seen, each with where it stands; a mark that ends a block is a line's end."""
    last = 0
    for mark in _HIDDEN.finditer(raw):
        # White space between marks of the page is none of its lines.
        yield raw[last : mark.start()].replace("\n", " ").replace("\r", " "), last
        if mark.group().startswith("&"):
            yield unescape(mark.group())[:1], mark.start()
        elif _BREAKS.match(mark.group()):
            yield "\n", mark.start()
        last = mark.end()
    yield raw[last:].replace("\n", " ").replace("\r", " "), last
