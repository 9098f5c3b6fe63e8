"""The prose of a card as passages: sentences, list items and table rows, each under its headings."""

import itertools
import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from duediligence.facts.cues import cues_in
from duediligence.facts.markup import Visible, visible
from duediligence.facts.not_prose import Skip, begins_skip, opening_length
from duediligence.facts.passage import Passage
from duediligence.facts.sentences import LONGEST, sentences
from duediligence.facts.titles import Kinds, kinds_of, titles

MOST = 10_000
"""Passages of a card that are read; the longest real ones have half of that."""

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\s#\w]|[A-Z*\[])|$)")
# "T5-base fine-tuned on SQuAD": a heading that is a statement.
_STATES = re.compile(
    r"\b(?:(?:fine-?|pre-?)?(?:tuned|trained)|distilled|quanti[sz]ed)\s+(?:[\w-]+\s+){0,2}?(?:on|from|with)\s",
    re.I,
)
_TAGS = re.compile(r"#\w+(?:\s+#\w+)*\s*$")
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^<>]{0,300}>(.*?)</h\1>\s*$", re.I)
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1:?")
_BREAK = r"(?:  |\\|<br ?/?>)\r?\n"
_HARD_BREAK = re.compile(_BREAK)
_NEXT_LABEL = re.compile(
    r"(?<=\s)(?=(?:(?P<mark>\*\*|__)[A-Z][^*_:\n]{1,60}(?::\s*(?P=mark)|(?P=mark)\s?:)\s))"
    rf"|{_BREAK}\s*(?=[A-Z][\w ()/-]{{1,40}}:\s)"
)
_BOLD_STOP = re.compile(r"(\*\*|__)([^*_.:!?\s]{2,20}(?: [^*_.:!?\s]{1,20}){0,3})\.\1(?=\s+\S)")
_ANNOUNCES = re.compile(r"\b(?:following|as follows|below)\b")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)([^*\n]{1,100}?)(:?)\1(:?)[ \t\\]*(?:<br ?/?>)?\s*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+\u2022\u2013]|\d{1,3}[.)])[ \t]+(?=\S)")
_BULLETS = "-*+\u2022\u2013"
_QUOTED = re.compile(r"(?:[ \t]*>[ \t]?)+")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_OF_TWO = re.compile(r"\|?[ \t]*(?P<label>[^|]{1,80}?)[ \t]*\|[ \t]*(?P<said>[^|]*[^|\s])[ \t]*\|?$")
# What stands under it is no property but one of many: *Dataset*, *Task*.
_LISTS = re.compile(
    r"\b(?:data ?sets?|corpus|corpora|sources?|subsets?|tasks?|benchmarks?|languages?|splits?)\b", re.I
)
# A label may be broken over lines like any words: how a card is wrapped says nothing.
_LABEL = re.compile(
    r"[ \t]*(?:(?:\*\*|__)(?P<bold>[^*_:]{2,60}?)\s*:?\s*(?:\*\*|__)\s*:?\s*"
    r"|(?P<plain>[A-Za-z][A-Za-z()/&'\s-]{1,40}?)\s*:\s+)(?=\S)"
)


@dataclass(slots=True)
class _Reading:
    """What is known while going down the lines."""

    found: list[Passage] = field(default_factory=list)
    headings: list[tuple[int, str, Kinds]] = field(default_factory=list)
    """Level, words, and what it is."""

    sections: tuple[str, ...] = ()
    """Their words."""

    heading: Kinds = 0
    """What the innermost is."""

    under: Kinds = 0
    """What the two innermost are."""

    citation: bool = False
    """Whether one of them opens a list of works cited."""

    leads: list[tuple[int, str]] = field(default_factory=list)
    columns: tuple[str, ...] | None = None
    start: int = 0
    end: int = 0
    """Range of the words of the open paragraph or item."""

    lines: int = 0
    """How many lines it has so far; none is open without any."""

    item: int | None = None
    """Indent of the open list item."""

    previous: tuple[int, int] | None = None
    """The line before, when it may be the header of a table."""


def passages(text: str, start: int) -> tuple[Passage, ...]:
    """Everything the prose of a card says from *start* of its *text*, in order.

    Code, comments and bibliographies are left out.

    Tables give a passage a row, without the header; lists a passage a sentence. At most `MOST` of them
    are read. Linear in its length.
    """
    state = _Reading()
    skip: Skip | None = None
    blank = True
    for line, at in _lines(text, start):
        if skip is not None:
            if skip.sign in line and skip.end.search(line):
                skip = None
            continue
        if line[:1].isalpha() and "|" not in line:
            # Most lines: words of a paragraph or item, without any mark that could begin something.
            if blank:
                state.item = None
            if not state.lines:
                state.start = at
            state.end = at + len(line.rstrip())
            state.lines += 1
            state.columns = state.previous = None
            blank = False
            continue
        if not line or not line.strip(" \t>"):
            if state.lines:
                _flush(text, state)
            state.columns, state.previous, blank = None, None, True
            continue
        begins = begins_skip(line, own_paragraph=blank and state.item is None)
        if begins is not None:
            _flush(text, state)
            state.columns = None
            skip = begins if not begins.end.search(line, opening_length(line)) else None
            blank = True
        else:
            _take(text, line, at, state, blank)
            blank = False
        if len(state.found) >= MOST:
            break
    _flush(text, state)
    return tuple(state.found[:MOST])


def _lines(text: str, first: int) -> Iterable[tuple[str, int]]:
    """Every line of *text* from *first* on, and where it begins."""
    text = text[first:]
    if "\r" not in text:
        lines = text.split("\n")
        # All before it, and an end for each.
        starts = map(operator.add, itertools.accumulate(map(len, lines), initial=first), itertools.count())
        return zip(lines, starts, strict=False)
    parts = _LINE_END.split(text)
    return zip(
        parts[::2],
        itertools.islice(itertools.accumulate(map(len, parts), initial=first), 0, None, 2),
        strict=False,
    )


def _take(text: str, line: str, at: int, state: _Reading, blank: bool) -> None:
    # Which marks a line can hold, its first character tells.
    sign = line.lstrip()[:1]
    heading = _heading(line, sign, state)
    if heading is not None:
        level, title = heading
        if level == 0:
            # The paragraph above turns out to be a heading: it is underlined.
            level, title = (1 if "=" in line else 2), _read_words(text[state.start : state.end])
            state.lines = 0
        _flush(text, state)
        while state.headings and state.headings[-1][0] >= level:
            state.headings.pop()
        # The title of a card says what the card is about, not what its sections are.
        nested = len(state.headings) > 1 or (state.headings and state.headings[0][0] > 1)
        above = state.headings[-1][2] if nested else 0
        state.heading = kinds_of(title)
        state.under = state.heading | above
        state.headings.append((level, title, state.heading))
        state.sections = tuple([title for _, title, _ in state.headings])
        state.citation = any([kinds & _CITATION for _, _, kinds in state.headings])
        state.leads, state.columns, state.item, state.previous = [], None, None, None
        if sign == "#" and "ed " in title and _STATES.search(title):
            _state(line, at, state)
        return
    if "|" in line:
        if _DELIMITER.match(line) and state.previous and "-" in line:
            state.columns = tuple(_read_words(text[a:b]) for a, b in _cells(text, *state.previous))
            state.lines, state.previous = 0, None
            return
        if state.columns is not None:
            _row(text, line, at, state)
            return
    state.columns = None
    if sign in "-*_" and line.rstrip()[-1:] == sign and _RULE.match(line):
        _flush(text, state)
        return
    quoted = _QUOTED.match(line) if sign == ">" else None
    begun = quoted.end() if quoted else 0
    item = _ITEM.match(line, begun) if quoted or sign in _BULLETS or sign.isdigit() else None
    if item:
        _flush(text, state)
        state.item = len(item[1].expandtabs(4))
        while state.leads and state.leads[-1][0] >= max(state.item, 0):
            state.leads.pop()
        begun = item.end()
    _take_words(line, begun, at, state, begins=blank and not item)
    if "|" in line and state.lines == 1:
        state.previous = (state.start, state.end)


def _state(line: str, at: int, state: _Reading) -> None:
    """The passage of a heading that says by itself what was made from what."""
    raw = line.strip(" \t#")
    state.found.append(_whole(state, at + line.index(raw), raw, "heading"))


def _whole(state: _Reading, start: int, raw: str, kind: str) -> Passage:
    """The passage of a line that is one by itself: a heading or a row."""
    seen = visible(raw)
    words = " ".join(seen.words.split())
    lower = words.lower()
    return Passage(
        start=start,
        end=start + len(raw),
        kind=kind,
        raw=raw,
        seen=seen,
        words=words,
        lower=lower,
        cues=0 if kind == "row" else cues_in(lower),
        sections=state.sections,
        heading=state.heading,
        under=state.under,
        citation=state.citation,
    )


def _take_words(line: str, begun: int, at: int, state: _Reading, *, begins: bool) -> None:
    """Put the words of *line* behind *begun* to the open paragraph or item; *begins*: it may open one."""
    if begins and not line.startswith((" ", "\t")):
        state.item = None
    if not state.lines:
        state.start = at + len(line) - len(line[begun:].lstrip())
    state.end = at + len(line.rstrip())
    state.lines += 1
    state.columns, state.previous = None, None


def _heading(line: str, sign: str, state: _Reading) -> tuple[int, str] | None:
    """Level and title, when the line is a heading; level 0 when it underlines the paragraph above."""
    if sign == "#":
        found = _HEADING.match(line)
        if found and not (len(found[1]) == 1 and _TAGS.match(line)):
            title = line[found.end() :].rstrip(" \t").rstrip("#").strip(" \t")
            return len(found[1]), _read_words(title)
    if sign == "<" and line.lstrip().startswith("<h"):
        found = _HTML_HEADING.match(line)
        if found:
            return int(found[1]), _read_words(found[2])
    alone = state.lines == 1 and state.item is None and state.columns is None
    short = alone and state.end - state.start <= 120 and state.previous is None
    if short and sign in "=-" and _UNDERLINE.match(line):
        return 0, ""
    bold = _BOLD_LINE.match(line) if ("**" in line or "__" in line) else None
    if bold and not bold[2].rstrip().endswith((".", "!", "?")) and len(bold[2].split()) <= 9:
        return 7, _read_words(bold[2]).rstrip(":")
    return None


def _flush(text: str, state: _Reading) -> None:
    """The passages of the open paragraph or item, which ends here."""
    if not state.lines:
        return
    state.lines = 0
    start = state.start
    opening = text[start : state.end]
    inside = state.item is not None
    if not inside and not opening.startswith(("[", '"', "`")):
        state.leads = []
    lead = state.leads[-1][1] if state.leads else ""
    subject = ""
    kind = "item" if inside else "sentence"
    found = _apart(opening, sentences(_with_label(opening)))
    words, behind = "", 0
    for index, (first, last, listed) in enumerate(found):
        raw = opening[first:last]
        may_label = (index == 0 or not inside) and (":" in raw or raw.startswith(("**", "__")))
        label = _LABEL.match(raw) if may_label else None
        seen = visible(raw)
        if inside and index == 0:
            subject = _subject(seen, label)
        words, lower = seen.words, seen.lower
        if "  " in words or words[:1] == " " or words[-1:] == " ":
            words = " ".join(words.split())
            lower = words.lower()
        named = _label(label) if label else ""
        kinds = kinds_of(named) if named else 0
        if label:
            behind = kinds if label["bold"] else 0
        state.found.append(
            # In the order of its fields: naming them takes half as long again.
            Passage(
                start + first,
                start + last,
                "item" if listed else kind,
                raw,
                seen,
                words,
                lower,
                cues_in(lower),
                state.sections,
                state.heading,
                state.under,
                lead,
                named,
                kinds,
                behind if not label else 0,
                label.end() if label else 0,
                index == 0 or listed,
                (),
                subject,
                state.citation,
            )
        )
        if index + 1 < len(found) and raw.rstrip("*_ ").endswith(":"):
            lead = words
    announces = inside and len(found) == 1 and _BOLD.fullmatch(opening.strip())
    if words.endswith(":") or announces or (not inside and _announces(words)):
        state.leads.append((state.item if state.item is not None and inside else -1, words))


def _apart(opening: str, found: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The same ranges, cut before every label in bold type and every labelled line behind a hard break."""
    if ":" not in opening or not ("**" in opening or "__" in opening or _HARD_BREAK.search(opening)):
        return found
    out: list[tuple[int, int, bool]] = []
    for first, last, listed in found:
        for cut in _NEXT_LABEL.finditer(opening, first + 1, last):
            end = first + len(opening[first : cut.start()].rstrip(" \t\r\n\\"))
            if end > first:
                out.append((first, end, listed))
            first = cut.end()
        out.append((first, last, listed))
    return out


def _with_label(opening: str) -> str:
    """The same, every character in its place, with a colon behind bold words that a full stop sets apart."""
    bold = _BOLD_STOP.match(opening)
    return f"{opening[: bold.end(2)]}:{opening[bold.end(2) + 1 :]}" if bold else opening


def _row(text: str, line: str, at: int, state: _Reading) -> None:
    _flush(text, state)
    start = at + len(line) - len(line.lstrip())
    raw = line.strip()[: 2 * LONGEST]
    columns = state.columns or ()
    of_two = None if columns and _LISTS.search(columns[0]) else _OF_TWO.match(raw)
    label = _read_words(of_two["label"]).rstrip(" :") if of_two else ""
    kinds = kinds_of(label) if label else 0
    body = 0
    if of_two and kinds:
        # A property of the work: its label, and what stands behind it.
        start += of_two.start("label")
        body = of_two.start("said") - of_two.start("label")
        raw = raw[of_two.start("label") : of_two.end("said")]
    lead = state.leads[-1][1] if state.leads else ""
    row = _whole(state, start, raw, "item" if kinds else "row")
    state.found.append(
        row._replace(lead=lead, label=label if kinds else "", labelled=kinds, body=body, columns=columns)
    )


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges between the bars of a table's line."""
    bars = [start - 1] if text[start] != "|" else []
    bars += [start + found.start() for found in re.finditer(r"(?<!\\)\|", text[start:end])]
    if not bars or bars[-1] != end - 1:
        bars.append(end)
    return [(left + 1, right) for left, right in itertools.pairwise(bars)]


def cells(row: Passage) -> list[str]:
    """The cells of a row, as written."""
    return [row.raw[first:last].strip() for first, last in _cells(row.raw, 0, len(row.raw))]


def _subject(seen: Visible, label: re.Match[str] | None) -> str:
    """The name a list item opens with, when it is a link, code or bold."""
    if seen.marks and not seen.words[: seen.marks[0].start].strip():
        return seen.words[seen.marks[0].start : seen.marks[0].end].strip()
    return (label["bold"] or "").strip() if label else ""


def _announces(words: str) -> bool:
    return ("follow" in words or "below" in words) and _ANNOUNCES.search(words) is not None


def _label(label: re.Match[str]) -> str:
    # Without bold type it is of letters, in which there are no marks.
    return _read_words(label["bold"]).rstrip(".") if label["bold"] else " ".join(label["plain"].split())


_CITATION = titles(
    r"\bcit(?:e|ing|ations?)\b|\bbib\s?tex\b|\breferences?\b|\bbibliograph|^apa\b",
    "cit bib reference apa",
)


def _read_words(raw: str) -> str:
    return " ".join(visible(raw[:LONGEST]).words.split())[:300]
