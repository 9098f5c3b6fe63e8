"""The memo as headings, paragraphs, tables and pictures: what the page says, without how it is drawn."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from duediligence.memo.elements import Element

_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    }
)
_UNSEEN = frozenset({"head", "script", "style", "title", "template"})
_CONTENT = re.compile(r'\.([\w-]+)::(before|after)\s*{[^}]*?content:\s*"((?:\\[0-9A-Fa-f]+ ?|[^"\\])*)"')
"""Words a style sheet sets before or behind a class, such as the colon behind who says something."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
# What the formats behind cannot hold is named, as hidden signs are in the view.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A piece of a paragraph in one look."""

    text: str
    look: frozenset[str] = frozenset()
    """Names and classes of the elements around it: ``q`` for a quote, ``strong``, ``code`` …"""

    link: str = ""
    """Where it leads: ``#`` and an anchor, or an address of the web."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph, also of a list or of a cell."""

    runs: tuple[Run, ...]
    look: frozenset[str] = frozenset()
    """Its own classes and those around it."""

    anchors: tuple[str, ...] = ()
    level: int = 0
    """Of a heading: 1 to 6; 0 for any other paragraph."""

    depth: int = 0
    """How many lists it stands in."""

    marker: str = ""
    """``bullet``, ``none``, or ``number`` or ``letter`` of the list it begins an item of; else empty."""

    place: int = 0
    """Its number in such a list."""

    term: tuple[Run, ...] = ()
    """What is described, where it is the first paragraph of a description."""

    described: bool = False
    """Whether it is part of a description."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Paragraph, ...]
    header: bool
    span: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; every row has as many columns, counting spans."""

    caption: tuple[Run, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchors: tuple[str, ...]
    row_anchors: tuple[str, ...] = ()
    look: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture: drawn (an SVG element), or an image as its address with the data in it."""

    drawn: Element | None
    image: str
    title: str
    look: frozenset[str] = frozenset()
    anchors: tuple[str, ...] = ()


Block = Paragraph | Table | Picture


def blocks(page: Element) -> tuple[Block, ...]:
    """Everything a reader of *page* sees, in order; nothing is left out but links that jump over it."""
    sheets = "".join(one.text for one in page.elements() if one.tag == "style")
    writer = _Writer(generated=_generated(sheets))
    body = page.first("body")
    writer.inside(body or page, _Place())
    return tuple(writer.made)


def _generated(sheets: str) -> dict[tuple[str, str], str]:
    return {
        (name, where): re.sub(r"\\([0-9A-Fa-f]+) ?", lambda sign: chr(int(sign[1], 16)), words)
        for name, where, words in _CONTENT.findall(sheets)
    }


@dataclass(frozen=True, kw_only=True)
class _Place:
    """What is around the element being read."""

    look: frozenset[str] = frozenset()
    depth: int = 0
    described: bool = False


@dataclass
class _Writer:
    generated: Mapping[tuple[str, str], str]
    made: list[Block] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _next: dict[str, object] = field(default_factory=dict)
    """What the next paragraph begins: an item of a list, or a description."""

    def inside(self, element: Element, place: _Place) -> None:
        """Read what *element* holds: text and inline elements between others are a paragraph."""
        loose: list[Element | str] = []
        for child in element.children:
            if isinstance(child, str) or child.tag in _INLINE:
                loose.append(child)
            else:
                self._paragraph(loose, place)
                loose = []
                self._element(child, place)
        self._paragraph(loose, place)

    def _element(self, element: Element, place: _Place) -> None:
        if element.tag in _UNSEEN or "skip" in element.classes:
            return
        if element.anchor:
            self._anchors.append(element.anchor)
        inner = replace(place, look=place.look | element.classes | {element.tag})
        if re.fullmatch("h[1-6]", element.tag):
            self._paragraph(element.children, inner, level=int(element.tag[1]))
        elif element.tag == "p" or element.tag == "pre":
            self._paragraph(element.children, inner)
        elif element.tag in ("ul", "ol"):
            self._list(element, replace(inner, depth=place.depth + 1))
        elif element.tag == "dt":
            self._next["term"] = self._runs(element.children, inner.look)
        elif element.tag == "dd":
            self.inside(element, replace(inner, described=True))
            self._end_term(inner)
        elif element.tag == "table":
            self._table(element, inner)
        elif element.tag in ("svg", "img"):
            self._picture(element, inner)
        else:
            self.inside(element, inner)

    def _list(self, element: Element, place: _Place) -> None:
        kind = "letter" if "annexes" in element.classes else "number" if element.tag == "ol" else "bullet"
        kind = "none" if {"said", "chain"} & element.classes else kind
        items = [one for one in element.children if isinstance(one, Element)]
        for number, item in enumerate(items, 1):
            self._next |= {"marker": kind, "place": number}
            self._element(item, place)
            self._next.pop("marker", None)

    def _end_term(self, place: _Place) -> None:
        # A description without words still shows what it would describe.
        if "term" in self._next:
            self._add(Paragraph(runs=(), look=place.look, depth=place.depth, described=True))

    def _paragraph(self, children: "list[Element | str]", place: _Place, level: int = 0) -> None:
        runs = self._runs(children, frozenset())
        if runs:
            self._add(
                Paragraph(
                    runs=runs, look=place.look, level=level, depth=place.depth, described=place.described
                )
            )

    def _add(self, one: Paragraph) -> None:
        more: dict[str, object] = {"anchors": tuple(self._anchors), **self._next}
        self.made.append(replace(one, **more))  # type: ignore[arg-type]
        self._anchors.clear()
        self._next.clear()

    def _runs(self, children: "list[Element | str]", look: frozenset[str]) -> tuple[Run, ...]:
        return _trimmed(list(self._inline(children, look, "")))

    def _inline(self, children: "list[Element | str]", look: frozenset[str], link: str) -> Iterator[Run]:
        for child in children:
            if isinstance(child, str):
                yield Run(text=_clean(child), look=look, link=link)
            elif child.tag == "br":
                yield Run(text="\n", look=look)
            elif child.tag not in _UNSEEN and "skip" not in child.classes:
                if child.anchor:
                    self._anchors.append(child.anchor)
                yield from self._marked(child, look, link)

    def _marked(self, element: Element, look: frozenset[str], link: str) -> Iterator[Run]:
        look = look | element.classes | {element.tag}
        before, after = ("“", "”") if element.tag == "q" else ("", "")
        for name in sorted(element.classes):
            before += self.generated.get((name, "before"), "")
            after += self.generated.get((name, "after"), "")
        inner = element.attributes.get("href", link)
        yield Run(text=before, look=look, link=inner)
        yield from self._inline(element.children, look, inner)
        yield Run(text=after, look=look, link=inner)

    def _table(self, element: Element, place: _Place) -> None:
        caption = element.first("caption")
        rows = [one for one in element.elements() if one.tag == "tr"]
        head = element.first("thead")
        heads = {id(one) for one in head.elements()} if head else set()
        anchors, self._anchors = tuple(self._anchors), []
        inner = replace(place, depth=0, described=False)
        self.made.append(
            Table(
                caption=self._runs(caption.children, frozenset()) if caption else (),
                head=tuple(self._row(one, inner) for one in rows if id(one) in heads),
                rows=tuple(self._row(one, inner) for one in rows if id(one) not in heads),
                anchors=anchors,
                row_anchors=tuple(one.anchor for one in rows if id(one) not in heads),
                look=place.look,
            )
        )

    def _row(self, row: Element, place: _Place) -> tuple[Cell, ...]:
        return tuple(
            self._cell(one, place)
            for one in row.children
            if isinstance(one, Element) and one.tag in ("td", "th")
        )

    def _cell(self, cell: Element, place: _Place) -> Cell:
        writer = _Writer(generated=self.generated)
        writer.inside(cell, replace(place, look=place.look | cell.classes | {cell.tag}))
        return Cell(
            blocks=tuple(one for one in writer.made if isinstance(one, Paragraph)),
            header=cell.tag == "th",
            span=int(cell.attributes.get("colspan", "1")),
        )

    def _picture(self, element: Element, place: _Place) -> None:
        title = element.first("title")
        words = title.text if title else element.attributes.get("alt", "")
        anchors, self._anchors = tuple(self._anchors), []
        self.made.append(
            Picture(
                drawn=element if element.tag == "svg" else None,
                image=element.attributes.get("src", ""),
                title=_clean(words).strip(),
                look=place.look,
                anchors=anchors,
            )
        )


def _clean(text: str) -> str:
    return _NO_XML.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", _SPACE.sub(" ", text))


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """*runs* without space at the ends, without double space, and without empty ones."""
    out: list[Run] = []
    open_ = True
    for run in runs:
        text = run.text.lstrip(" ") if open_ else run.text
        if text:
            out.append(replace(run, text=text))
            open_ = text.endswith((" ", "\n"))
    while out and not out[-1].text.rstrip(" \n"):
        out.pop()
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip(" \n"))
    return tuple(out)


__all__ = ["Block", "Cell", "Paragraph", "Picture", "Run", "Table", "blocks"]
