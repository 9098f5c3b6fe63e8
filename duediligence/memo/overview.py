"""The law files as one page to read and mark up: every entry in words, each source with who cites it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from duediligence.knowledge import vocabulary as codes
from duediligence.knowledge.clauses import Clause, clause
from duediligence.knowledge.entries import Entries, Entry
from duediligence.knowledge.vocabulary import CONFIRMED
from duediligence.memo.environment import web_address
from duediligence.memo.words import KINDS, REGIMES, TYPES, day, place, plain

_TEMPLATES = Path(__file__).parent / "templates" / "law_overview"

_TITLES = {
    "authorities": "Legal sources",
    "rules": "Rules",
    "questions": "Questions",
    "periods": "Periods",
    "matrix": "Legal-basis matrix",
    "disputes": "Disputed questions",
    "letters": "Letters",
    "licenses": "Licenses",
}
_HEADINGS = {
    "authorities": "title",
    "rules": "proposition",
    "questions": "text",
    "periods": "title",
    "matrix": "act",
    "disputes": "title",
    "letters": "title",
    "licenses": "title",
}
_CONDITIONS = ("when", "applies", "met")
_LABELS = {
    "text": "asked",
    "provider_text": "worded for the provider",
    "matters": "why it matters",
    "who": "who can know",
    "when": "when",
    "applies": "looked at when",
    "each": "once for each",
    "shows": "shown beside it",
    "instead_of": "stands instead of",
    "next_step": "next step",
    "when_false": "else",
    "as_of": "looked at",
    "review_by": "to be looked at again by",
    "from": "counts from",
    "until": "counts until",
    "confirmed": "how it is known",
    "bound_by": "turns on acceptance, asked by",
    "could": "could apply",
    "burden": "who must prove",
    "evidence": "evidence needed",
    "watch": "days to watch",
    "withheld": "not offered when",
    "authorities": "rests on",
    "law": "the law is",
}
_ORDER = (
    *("text", "provider_text", "effect", "applies", "when", "status", "when_false", "against", "burden"),
    *("matters", "choices"),
)
_LATE = ("authorities", "notes", "from", "until", "as_of", "review_by")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another entry, or to the web where it is an address."""

    text: str
    to: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One field of an entry in words."""

    label: str
    texts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True)
class Card:
    """One entry."""

    anchor: str
    id: str
    heading: str
    under: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of the law."""

    path: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One kind of entries."""

    title: str
    anchor: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        return sum(len(part.cards) for part in self.parts)


def overview(entries: Entries, problems: Sequence[str], digest: str, as_of: date) -> str:
    """The page as HTML, self-contained and without script; also for law files that are not in order.

    Args:
        entries: what the files hold.
        problems: what is wrong with them, one sentence each.
        digest: of the edition.
        as_of: the day to tell overdue sources by.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made = _Overview(entries)
    page = environment.get_template("overview.html.j2").render(
        chapters=made.chapters(),
        terms=made.terms(),
        groups=[(name, ", ".join(map(str, codes))) for name, codes in entries.groups.items() if codes],
        overdue=list(made.overdue(as_of)),
        problems=problems,
        digest=digest,
        as_of=day(as_of.isoformat()),
    )
    return page + "\n"


class _Overview:
    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._anchors: dict[int, str] = {}
        self._first: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for kind, listed in entries.kinds.items():
            for entry in listed:
                anchor = _free(f"{kind}-{_slug(entry.id or str(entry.place))}", taken)
                self._anchors[id(entry)] = anchor
                self._first.setdefault((kind, entry.id), anchor)
        self._cited_by = _citations(entries)

    def chapters(self) -> list[Chapter]:
        chapters = []
        for kind in _TITLES:
            files: dict[str, list[Card]] = {}
            for entry in self._entries.kinds[kind]:
                files.setdefault(entry.path, []).append(self._card(kind, entry))
            parts = tuple(Part(path=path, cards=tuple(cards)) for path, cards in files.items())
            chapters.append(Chapter(title=_TITLES[kind], anchor=kind, parts=parts))
        return chapters

    def terms(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Name, sentence and values of each license term."""
        return [
            (name, str(term.get("text", "")), [(str(k), str(v)) for k, v in term.get("values", {}).items()])
            for name, term in self._entries.terms.items()
            if isinstance(term, dict) and isinstance(term.get("values", {}), dict)
        ]

    def overdue(self, as_of: date) -> Iterator[Link]:
        for entry in self._entries.usable("authorities"):
            due = entry.content.get("review_by")
            if isinstance(due, str) and due < as_of.isoformat():
                yield self._link("authorities", entry.id, f"since {day(due)}")

    def _card(self, kind: str, entry: Entry) -> Card:
        content = entry.content if isinstance(entry.content, dict) else {"text": entry.content}
        heading = _HEADINGS[kind]
        said = content.get(heading, entry.id)
        title = codes.ACT_WORDS.get(str(said), str(said)) if kind == "matrix" else str(said)
        done = {"id", heading}
        under = _under(kind, content, done)
        rows = tuple(self._rows(kind, entry.id, content, done))
        return Card(anchor=self._anchors[id(entry)], id=entry.id, heading=title, under=under, rows=rows)

    def _rows(self, kind: str, id: str, content: Mapping[str, Any], done: set[str]) -> Iterator[Row]:
        fields = [name for name in content if name not in done]
        rank = {name: i for i, name in enumerate(_ORDER)} | {name: 100 + i for i, name in enumerate(_LATE)}
        for name in sorted(fields, key=lambda name: rank.get(name, 50)):
            yield self._row(kind, name, content[name])
        if kind == "authorities":
            cited = tuple(self._link(*at) for at in self._cited_by[id])
            yield Row(label="cited by", links=cited) if cited else Row(label="cited by", texts=("nothing",))

    def _row(self, kind: str, name: str, value: Any) -> Row:
        label = _LABELS.get(name, plain(name))
        if name in _CONDITIONS and isinstance(value, dict):
            return Row(label=label, clause=clause(value, self._entries))
        if name == "authorities" and isinstance(value, list):
            return Row(label=label, links=tuple(self._citation(one) for one in value))
        if name in ("instead_of", "rules", "after") or (name == "letter" and isinstance(value, str)):
            where = {"letter": "letters", "after": "periods"}.get(name, "rules")
            listed = value if isinstance(value, list) else [value]
            return Row(label=label, links=tuple(self._link(where, str(one)) for one in listed))
        if name in ("bound_by", "starts", "extended_by", "extended_told", "working_days_of"):
            return Row(label=label, links=(self._link("questions", str(value)),))
        if name == "address" and web_address(value):
            return Row(label=label, links=(Link(text=str(value), to=str(value)),))
        if name == "withheld" and isinstance(value, list):
            return Row(label=label, clause=_withheld(value, self._entries))
        return Row(label=label, texts=tuple(_texts(name, value)))

    def _citation(self, one: Any) -> Link:
        if isinstance(one, dict):
            note = f"for a point nobody disputes: {one.get('uncontested', '')}"
            return self._link("authorities", str(one.get("id")), note)
        return self._link("authorities", str(one))

    def _link(self, kind: str, id: str, note: str = "") -> Link:
        anchor = self._first.get((kind, id), "")
        return Link(text=id, to=f"#{anchor}" if anchor else "", note=note)


def _citations(entries: Entries) -> dict[str, list[tuple[str, str]]]:
    cited: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind in _TITLES:
        for entry in entries.usable(kind):
            listed = entry.content.get("authorities", [])
            for one in listed if isinstance(listed, list) else []:
                source = one.get("id") if isinstance(one, dict) else one
                if (kind, entry.id) not in cited[str(source)]:
                    cited[str(source)].append((kind, entry.id))
    return cited


def _under(kind: str, content: Mapping[str, Any], done: set[str]) -> str:
    """The line under the heading: what kind of thing it is, in words."""
    worded: dict[str, Callable[[str], str]] = {
        "polarity": lambda value: KINDS.get(value, value),
        "regime": lambda value: REGIMES.get(value, value),
        "jurisdiction": lambda value: place(value.upper()),
        "place": lambda value: place(value),
        "type": lambda value: TYPES.get(value, plain(value)),
        "actor": lambda value: codes.ACTOR_WORDS.get(value, value),
        "act": lambda value: codes.ACT_WORDS.get(value, value),
        "topic": plain,
        "family": plain,
        "date": str,
    }
    said = []
    for name, word in worded.items():
        if name in content and name not in done and isinstance(content[name], str):
            said.append(word(content[name]))
            done.add(name)
    return " · ".join(said)


def _texts(name: str, value: Any) -> Iterator[str]:
    if name == "confirmed":
        yield f"{CONFIRMED.get(str(value), value)} ({value})"
    elif name == "when_false" and isinstance(value, dict):
        yield f"{value.get('status')}: {value.get('proposition')}"
    elif name == "watch" and isinstance(value, list):
        for one in value:
            yield f"{day(str(one.get('date')))}: {one.get('event')}" if isinstance(one, dict) else str(one)
    elif isinstance(value, dict):
        for key, said in value.items():
            yield f"{key}: {', '.join(_texts('', said))}"
    elif isinstance(value, list):
        for one in value:
            yield from _texts("", one)
    elif name in codes.MATRIX_REGIMES:
        yield str(value)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        yield day(str(value))
    else:
        yield str(value)


def _withheld(listed: Sequence[Any], entries: Entries) -> Clause:
    parts = []
    for one in listed:
        if isinstance(one, dict):
            instead = f" Instead: {one['instead']}." if one.get("instead") else ""
            parts.append(
                Clause(text=f"{one.get('because', '')}{instead}", below=(clause(one.get("when"), entries),))
            )
    return Clause(text="the first that holds", below=tuple(parts))


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "entry"


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name
