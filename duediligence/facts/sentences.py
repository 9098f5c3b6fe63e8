"""Where sentences end: full stops that links, code, addresses and abbreviations do not hide."""

import re

LONGEST = 1500
"""Characters of a passage: what goes on longer without a full stop is read in pieces."""

_HIDDEN = re.compile(
    r"\[[^\[\]\n]{0,300}\]\([^()\s]{0,500}+(?:\([^()\s]{0,100}\)[^()\s]{0,500}+){0,30}\)|`[^`\n]{1,200}`"
    r"|https?://[^\s<>()\[\]\"'`|]{0,500}[^\s<>()\[\]\"'`|.,;:!?*_]|\([^()]{0,300}\)"
)
# Each opens with the characters a stop begins with, since a search for those alone is fast.
_STOP = re.compile(
    r"[.!?:;\u3002\uff01\uff1f](?:(?:(?<=[.!?])(?<![.!?].)(?P<more>[.!?]*)|(?<=[\u3002\uff01\uff1f]))"
    r"[\"'\u201d\u2019)\]*_`]*(?P<space>\s+)(?=[^\s\w]|[A-Z0-9X]|[^\x00-\x7f])"
    r"|(?<=:)(?P<colon>[ \t]*\n\s*)(?=\S)|(?<=;)(?P<semicolon>[ \t]*\n\s*)(?=[\[*`\"\w]))"
)
_MAY_STOP = re.compile(r"[.!?:;\u3002\uff01\uff1f][\"'\u201d\u2019)\]*_`]*\s")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'])(?:e\.g|i\.e|et al|etc|vs|cf|resp|approx|Fig|Eq|Sec|Art|No|Nr|Dr|Mr|Ms|Prof|St|Ltd"
    r"|[A-Z])$"
)


def sentences(block: str) -> list[tuple[int, int, bool]]:
    """Ranges of the sentences of a paragraph, and whether each is a line of a list without marks."""
    if len(block) <= LONGEST and not _MAY_STOP.search(block):
        return [(0, len(block), False)] if block else []
    out: list[tuple[int, int, bool]] = []
    start, listed = 0, False
    for stop in _STOP.finditer(_without_hidden_dots(block)):
        at = stop.start()
        if stop["semicolon"] and not listed:
            continue
        if stop["more"] == "" and block[at] == "." and _ABBREVIATION.search(block, max(0, at - 12), at):
            continue
        end = stop.start("space") if stop["space"] else at + 1
        if start < end <= start + LONGEST:
            out.append((start, end, listed))
        else:
            _take(out, block, start, end, listed)
        start = stop.end()
        listed = bool(stop["colon"]) or (listed and block[start : start + 1] in ("[", "`", "*", '"'))
    _take(out, block, start, len(block), listed)
    return out


def _without_hidden_dots(block: str) -> str:
    """Links, code and brackets hide their dots behind X, which can begin a sentence too."""
    if "(" in block or "`" in block or "://" in block:
        return _HIDDEN.sub(lambda found: "X" * len(found.group()), block)
    return block


def _take(out: list[tuple[int, int, bool]], block: str, start: int, end: int, listed: bool) -> None:
    """Put the range to *out*, cut at white space when it is too long to be a sentence."""
    while end - start > LONGEST:
        cut = max(block.rfind(" ", start, start + LONGEST), block.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        out.append((start, cut, listed))
        start = cut
        while start < end and block[start].isspace():
            start += 1
    if end > start:
        out.append((start, end, listed))
