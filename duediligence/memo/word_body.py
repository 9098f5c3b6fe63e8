"""The body of the Word memo: each block of the page as Word's own paragraph, list, table or picture."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from duediligence.memo.blocks import Block, Paragraph, Picture, Run, Table
from duediligence.memo.environment import web_address
from duediligence.memo.word_lists import new_list
from duediligence.memo.word_notes import Notes
from duediligence.memo.word_picture import picture_element
from duediligence.memo.word_styles import CELL, CODE, SMALL, SOFT, STATUS, TERM
from duediligence.memo.word_table import table_element
from duediligence.memo.word_xml import bookmark, element, hyperlink, text_run

if TYPE_CHECKING:
    from docx.document import Document

_WITHOUT_NOTES = frozenset({"annex", "header", "nav", "page-one"})
"""Page 1 keeps to one sheet, and the annexes are what notes are about: there a reference is a link alone."""

_BOLD = frozenset({"strong", "b", "kind", "standing"})
_SOFT = frozenset({"refs", "ids", "note", "to", "below", "mark", "where", "who", "no", "since"})
_SLANTED = frozenset({"em", "i", "since", "is-not"})
_AS_WRITTEN = frozenset({"q", "name", "code"})
"""Words of others: no spelling is checked in them."""

_SMALL = frozenset({"below", "ids", "identity", "nav", "footer", "figcaption"})
_TERM = 24
"""Letters of what is described that stand beside its description."""


class Body:
    """Writes blocks at the end of a document."""

    def __init__(self, document: "Document", notes: Notes) -> None:
        self._document, self._notes = document, notes
        self._body = document.element.body
        self._bookmarks = self._pictures = 0
        self._lists: list[int] = []
        self._styles = {one.name: one.style_id for one in document.styles}
        self._before = frozenset[str]()
        """The look of the paragraph before."""

    def write(self, blocks: Iterable[Block]) -> None:
        """Write *blocks* in their order, in front of the settings of the section."""
        for block in blocks:
            for made in self._made(block):
                self._body.insert_element_before(made, "w:sectPr")

    def _made(self, block: Block) -> Iterator[Any]:
        if isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Picture):
            yield self._picture(block)
        else:
            yield self._paragraph(block)

    # Paragraphs.

    def _paragraph(self, one: Paragraph, style: str | None = None) -> Any:
        properties = element("w:pPr", {}, element("w:pStyle", {"w:val": self._styles[style or _style(one)]}))
        self._shape(one, properties, in_cell=style is not None)
        made = element("w:p", {}, properties, self._marks(one.anchors))
        if one.described:
            made.extend(self._term(one))
        made.extend(self._runs(one.runs, one))
        return made

    def _term(self, one: Paragraph) -> Iterator[Any]:
        """What is described, on a line of its own where it is long, and the way to its description."""
        yield from self._runs(one.term, one)
        long = sum(len(run.text) for run in one.term) > _TERM
        yield element("w:r", {}, element("w:br" if long else "w:tab", {}))

    def _shape(self, one: Paragraph, properties: Any, *, in_cell: bool) -> None:
        """What the place of a paragraph adds to its style; in the order Word wants."""
        if one.look & {"standing", "figure"}:
            properties.append(element("w:keepNext", {}))
        if not in_cell:
            if "page-one" in self._before - one.look or "annex" in one.look - self._before:
                properties.append(element("w:pageBreakBefore", {}))
            self._before = one.look
        if one.marker in ("bullet", "number", "letter"):
            number = self._number(one)
            level = element("w:ilvl", {"w:val": str(min(one.depth, 9) - 1)})
            properties.append(element("w:numPr", {}, level, element("w:numId", {"w:val": str(number)})))
        issue = "issue" in one.look and not in_cell
        if issue or one.look & {"sample", "problem", "another-look"}:
            sides = ("left",) if issue else ("top", "left", "bottom", "right")
            rule = {"w:val": "single", "w:sz": "12" if issue else "4", "w:space": "6", "w:color": "B9B9C0"}
            properties.append(element("w:pBdr", {}, *(element(f"w:{side}", rule) for side in sides)))
        if "page-one" in one.look and not in_cell:
            before, after = ("120", "30") if one.level else ("0", "30")
            properties.append(element("w:spacing", {"w:before": before, "w:after": after}))
        properties.extend(_indented(one, 227 * issue))

    def _number(self, one: Paragraph) -> int:
        """The list a paragraph stands in: a new one where it is the first of its list."""
        if one.place == 1 or len(self._lists) < one.depth:
            del self._lists[one.depth - 1 :]
            self._lists += [0] * (one.depth - 1 - len(self._lists))
            self._lists.append(new_list(self._document, one.marker))
        return self._lists[one.depth - 1]

    def _marks(self, anchors: Iterable[str]) -> list[Any]:
        out = []
        for anchor in anchors:
            self._bookmarks += 1
            id = str(self._bookmarks)
            out.append(element("w:bookmarkStart", {"w:id": id, "w:name": bookmark(anchor)}))
            out.append(element("w:bookmarkEnd", {"w:id": id}))
        return out

    # Runs.

    def _runs(self, runs: Iterable[Run], of: Paragraph) -> Iterator[Any]:
        noted = not of.look & _WITHOUT_NOTES and not of.level
        groups = [list(group) for _, group in groupby(runs, key=lambda run: "refs" in run.look)]
        marked = [noted and "refs" in one[0].look and any(map(self._notes.cites, one)) for one in groups]
        for i, listed in enumerate(groups):
            is_refs = "refs" in listed[0].look
            if marked[i]:
                yield from self._notes.marks([run for run in listed if self._notes.cites(run)])
                continue
            for run in _closed(listed) if any(marked[i + 1 : i + 2]) else listed:
                yield self._run(run, of)
                if noted and not is_refs and self._notes.cites(run) and self._notes.is_new(run):
                    yield from self._notes.marks([run])

    def _run(self, run: Run, of: Paragraph) -> Any:
        made = text_run(run.text, *_looks(run, of))
        if run.link.startswith("#"):
            return hyperlink(made, run.link[1:])
        address = web_address(run.link)
        if not address:
            return made
        from docx.opc.constants import RELATIONSHIP_TYPE

        id = self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return element("w:hyperlink", {"r:id": id, "w:history": "1"}, made)

    def _table(self, table: Table) -> Iterator[Any]:
        if table.caption:
            yield self._paragraph(Paragraph(runs=table.caption, look=table.look), "Caption")
        yield table_element(table, lambda one: self._paragraph(one, CELL))
        yield element(
            "w:p", {}, element("w:pPr", {}, element("w:spacing", {"w:after": "0", "w:line": "120"}))
        )

    def _picture(self, one: Picture) -> Any:
        self._pictures += 1
        drawing = picture_element(self._document, one, self._pictures)
        return element("w:p", {}, self._marks(one.anchors), element("w:r", {}, drawing))


def _closed(runs: Sequence[Run]) -> list[Run]:
    """*runs* without the space that would stand between the last word and the number of its note."""
    last = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return [*runs[:-1], last] if last.text else list(runs[:-1])


def _indented(one: Paragraph, left: int) -> Iterator[Any]:
    """How far a paragraph stands in, in twentieths of a point; Word's own lists stand in by themselves."""
    if one.depth and one.marker in ("", "none"):
        left += 340 * one.depth
    if one.described:
        left += 1701
        yield element("w:tabs", {}, element("w:tab", {"w:val": "left", "w:pos": str(left)}))
        yield element("w:ind", {"w:left": str(left), "w:hanging": "1701"})
    elif left:
        yield element("w:ind", {"w:left": str(left)})


def _style(one: Paragraph) -> str:
    if one.level:
        return "Title" if one.level == 1 else f"Heading {one.level - 1}"
    if one.described:
        return TERM
    if one.marker in ("bullet",):
        return "List Bullet"
    if one.marker in ("number", "letter"):
        return "List Number"
    if "status" in one.look:
        return STATUS
    return SMALL if one.look & _SMALL else "Normal"


def _looks(run: Run, of: Paragraph) -> Iterator[Any]:
    """The look of a run, in the order Word wants."""
    if "code" in run.look:
        yield element("w:rFonts", {f"w:{key}": CODE for key in ("ascii", "hAnsi", "cs")})
    if run.look & _BOLD:
        yield element("w:b", {})
    if run.look & _SLANTED:
        yield element("w:i", {})
    if run.look & _AS_WRITTEN:
        yield element("w:noProof", {})
    if run.look & _SOFT:
        yield element("w:color", {"w:val": SOFT})
    size = _size(run, of)
    if size:
        yield element("w:sz", {"w:val": str(size)})


def _size(run: Run, of: Paragraph) -> int:
    """Half points where a run does not have the size of its paragraph; page 1 keeps to one sheet."""
    if "code" in run.look:
        return 16
    if run.look & (_SOFT - {"no"}):
        return 17
    if "page-one" not in of.look or "td" in of.look or "th" in of.look:
        return 0
    return 22 if of.level else 19


__all__ = ["Body"]
