"""Where sentences end: full stops that links, code, addresses and abbreviations do not hide."""

import re

LONGEST = 1500
"""Characters of a passage: what goes on longer without a full stop is read in pieces."""

_HIDDEN = re.compile(
    r"\[[^\[\]\n]{0,300}\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,500}\)|`[^`\n]{1,200}`"
    r"|https?://[^\s<>()\[\]\"'`|]{0,500}[^\s<>()\[\]\"'`|.,;:!?*_]|\([^()]{0,300}\)"
)
_STOP = re.compile(
    # The first characters of all that follows: most places are left after this look.
    r"(?=[.!?:;\u3002\uff01\uff1f])(?:(?P<stop>(?<![.!?])[.!?]+|\u3002|\uff01|\uff1f)[\"'\u201d\u2019)\]*_`]*(?P<space>\s+)(?=[^\s\w]|[A-Z0-9X]"
    r"|[^\x00-\x7f])"
    r"|:(?P<colon>[ \t]*\n\s*)(?=\S)|;(?P<semicolon>[ \t]*\n\s*)(?=[\[*`\"\w]))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'])(?:e\.g|i\.e|et al|etc|vs|cf|resp|approx|Fig|Eq|Sec|Art|No|Nr|Dr|Mr|Ms|Prof|St|Ltd"
    r"|[A-Z])$"
)


def sentences(block: str) -> list[tuple[int, int, bool]]:
    """Ranges of the sentences of a paragraph, and whether each is a line of a list without marks."""
    # Links, code and brackets hide their dots; an X keeps what follows a full stop looking like a beginning.
    hides = "(" in block or "`" in block or "://" in block
    hidden = _HIDDEN.sub(lambda found: "X" * len(found.group()), block) if hides else block
    out: list[tuple[int, int, bool]] = []
    start, listed = 0, False
    for stop in _STOP.finditer(hidden):
        if stop["stop"] == "." and _ABBREVIATION.search(hidden, max(0, stop.start() - 12), stop.start()):
            continue
        if stop["semicolon"] and not listed:
            continue
        end = stop.start("space") if stop["space"] else stop.start() + 1
        out += [(first, last, listed) for first, last in _pieces(block, start, end)]
        start = stop.end()
        listed = bool(stop["colon"]) or (listed and block[start : start + 1] in ("[", "`", "*", '"'))
    out += [(first, last, listed) for first, last in _pieces(block, start, len(block))]
    return out


def _pieces(block: str, start: int, end: int) -> list[tuple[int, int]]:
    """The range whole, or cut at white space when it is too long to be a sentence."""
    out: list[tuple[int, int]] = []
    while end - start > LONGEST:
        cut = max(block.rfind(" ", start, start + LONGEST), block.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        out.append((start, cut))
        start = cut
        while start < end and block[start].isspace():
            start += 1
    if end > start:
        out.append((start, end))
    return out
