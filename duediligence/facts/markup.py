"""What a reader of Markdown sees: the words without marks, and where links and quoted names stand in them."""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from duediligence.facts.common_words import words_of
from duediligence.repo import is_hub_name, typed

# Every repetition is bounded or excludes its own beginning, so that no text makes the search slow.
_IMAGE = r"!\[[^\[\]]{0,300}\]\([^()\n]{0,1000}\)"
_STRONG = re.compile(r"(?P<strong>\*{1,3}|~~|(?<![^\W_])_{1,3}(?=\S)|_{1,3}(?![^\W_]))")
_ADDRESS = re.compile(
    r"(?P<bare>(?:https?://|www\.|(?<![\w./@])(?:huggingface\.co|hf\.co)/)[^\s<>()\[\]\"'`|*]{1,1000})"
)
_MARKS = {
    "!": re.compile(rf"(?P<image>{_IMAGE})"),
    "[": re.compile(
        # What nothing may be given back of is read in one piece, not a character at a time.
        rf"\[(?P<label>[^\[\]]{{0,300}}+(?:(?:{_IMAGE}|\[[^\[\]]{{0,200}}\])[^\[\]]{{0,300}}+){{0,30}})\]"
        r"(?:\(\s*<?(?P<target>[^()\s<>]{0,1000}+(?:\([^()\s]{0,200}\)[^()\s<>]{0,1000}+){0,30})>?"
        r"(?:\s+[\"'][^\"'\n]{0,300}[\"'])?\s*\)"
        r"|\[[^\[\]]{0,200}\])"
    ),
    "<": re.compile(
        r"<a\s[^<>]{0,300}?href=[\"']?(?P<href>[^\"'\s<>]{1,1000})[\"']?[^<>]{0,300}>(?P<anchor>[^<>]{0,300})"
        r"|<(?P<auto>https?://[^<>\s]{1,1000})>"
        r"|<(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})>"
        r"|(?P<comment><!--(?:[^-<]|-(?!->)|<(?!!--)){0,2000}-->)"
        r"|(?P<tag></?[a-zA-Z][^<>]{0,500}>)"
    ),
    "`": re.compile(r"``?(?P<code>[^`\n]{1,200})``?"),
    "\\": re.compile(r"\\(?P<escaped>[\\`*_{}\[\]()#+.!|~&<>-])"),
    "&": re.compile(r"(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});)"),
    **dict.fromkeys("*_~", _STRONG),
    **dict.fromkeys("hw", _ADDRESS),
}
"""What a mark can be, by the character it opens with."""

# Where one of them can begin: searching for these characters is much faster than for the marks themselves,
# the more so when the expression opens with them.
_BEGINS = re.compile(r"[\[<*_`&\\~!]")
_BEGINS_OR_ADDRESS = re.compile(
    r"[\[<*_`&\\~!hw](?:(?<![!hw])|(?<=!)(?=\[)|(?<=h)(?=ttps?://|uggingface\.co/|f\.co/)|(?<=w)(?=ww\.))"
)
_SPACES = re.compile(r"\s")
_HUB = re.compile(r"(?:https?:/+)?(?:[\w.-]+/)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<path>[^?#]*)", re.I)
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)", re.I)
# First segments of the Hub's own pages, which are no accounts.
_PAGES = words_of(
    """
    blog docs papers spaces collections models datasets join settings organizations tasks learn chat api
    new posts tensorboard front exbert pricing terms-of-service privacy support login inference
    """
)


class Mark(NamedTuple):
    """A link, or a name set apart by code marks."""

    start: int
    end: int
    """Range in the visible words."""

    target: str | None
    """Address it leads to; ``None`` for code marks."""


class Visible:
    """The words of a passage as read, with the marks that stood in it."""

    __slots__ = ("lower", "marks", "words")

    def __init__(self, words: str, marks: tuple[Mark, ...]) -> None:
        self.words = words
        self.marks = marks
        lower = words.lower()
        # The one letter that is two in lower case.
        self.lower = lower if len(lower) == len(words) else words.replace("\u0130", "i").lower()
        """`words` in lower case, every character in its place."""


def visible(raw: str) -> Visible:
    """What a reader sees of *raw*; a bare address stays as words and is a link to itself."""
    addressed = ("/" in raw and ("://" in raw or ".co/" in raw)) or "www." in raw
    begins = _BEGINS_OR_ADDRESS if addressed else _BEGINS
    place = begins.search(raw)
    if place is None:
        return Visible(_even(raw), ())
    out: list[str] = []
    marks: list[Mark] = []
    length = 0
    last = 0
    while place is not None:
        first = place.start()
        match = _MARKS[raw[first]].match(raw, first)
        if match is None:
            place = begins.search(raw, first + 1)
            continue
        out.append(raw[last:first])
        length += first - last
        last = match.end()
        place = begins.search(raw, last)
        if match.lastgroup == "strong":
            continue
        shown, target, marked = _shown(match)
        if marked:
            marks.append(Mark(length, length + len(shown), target))
        out.append(shown)
        length += len(shown)
    out.append(raw[last:])
    # White space is made even without moving anything: each piece of it is one character already.
    return Visible(_even("".join(out)), tuple(marks))


def _even(words: str) -> str:
    # The only white space that is printable is the space itself.
    return words if words.isprintable() else _SPACES.sub(" ", words)


@lru_cache(maxsize=4096)
def hub_id(address: str) -> str | None:
    """Typed id of the repository an address leads to; ``None`` for any other page."""
    found = _HUB.match(address)
    if found is None:
        return None
    parts = [part for part in found["path"].split("/") if part]
    kind = "models"
    if parts[:1] == ["datasets"]:
        kind, parts = "datasets", parts[1:]
    if not parts or (kind == "models" and parts[0].lower() in _PAGES):
        return None
    views = {"tree", "blob", "resolve", "raw", "commit", "commits", "discussions", "viewer", "viewers"}
    # A page below a repository has a revision or number behind its kind: "raw" alone is a name.
    below = len(parts) > 2 and parts[1] in views and parts[2] not in views
    name = parts[0] if len(parts) == 1 or below else "/".join(parts[:2])
    name = name.rstrip(".,;:")
    return typed(kind, name) if is_hub_name(name) else None


def host_of(address: str) -> str | None:
    """Host of a web address, without ``www.``."""
    found = _HOST.match(address)
    return found[1].lower() if found else None


def _shown(match: re.Match[str]) -> tuple[str, str | None, bool]:
    """What is seen, where it leads, and whether it is set apart."""
    kind = match.lastgroup
    if kind in ("label", "target"):
        return visible(match["label"]).words.strip(), match["target"] or None, True
    if kind == "anchor":
        return match["anchor"].strip(), match["href"], True
    if kind == "auto":
        return match["auto"], match["auto"], True
    if kind == "mail":
        return match["mail"], f"mailto:{match['mail']}", True
    if kind == "bare":
        address = match["bare"]
        kept = address.rstrip(".,;:!?_")
        return address, kept, True
    if kind == "code":
        return match["code"].strip(), None, True
    if kind == "escaped":
        return match["escaped"], None, False
    if kind == "entity":
        return html.unescape(match["entity"]), None, False
    return " ", None, False
