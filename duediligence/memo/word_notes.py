"""Footnotes of the Word memo: what a reference in the body leads to, told in full where it is first cited."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from duediligence.memo.blocks import Paragraph, Run
from duediligence.memo.word_xml import element, hyperlink, text_run
from duediligence.memo.words import cut, sentence

if TYPE_CHECKING:
    from docx.document import Document

_CITED = frozenset({"exhibit", "given", "source"})
"""Entries of the annexes that the body cites: evidence, answers, legal sources."""

_LONG = 480
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Notes:
    """The footnotes in their order, one for each thing that is cited; gives each citation its mark."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self._entries = _entries(paragraphs)
        self._numbers: dict[str, int] = {}
        self.made: list[list[Any]] = []
        """For each footnote, what stands in it."""

    def cites(self, run: Run) -> bool:
        """Whether *run* leads to an entry of an annex that can be cited."""
        return run.link.removeprefix("#") in self._entries

    def is_new(self, run: Run) -> bool:
        """Whether no footnote has told yet what *run* leads to."""
        return run.link.removeprefix("#") not in self._numbers

    def marks(self, runs: Iterable[Run]) -> Iterator[Any]:
        """The marks for everything *runs* lead to: a footnote at first, from then on a reference to it."""
        for i, run in enumerate(runs):
            if i:
                yield text_run(", ", _style())
            anchor = run.link.removeprefix("#")
            if anchor in self._numbers:
                yield _again(self._numbers[anchor])
            else:
                self._numbers[anchor] = len(self.made) + 1
                self.made.append(self._told(anchor, run.text))
                yield from _mark(len(self.made))

    def _told(self, anchor: str, label: str) -> list[Any]:
        """The entry as it stands in its annex, its name a link to it."""
        head, *rest = self._entries[anchor]
        name = label if head.startswith(label) else head
        told = " ".join(sentence(one) for one in (head.removeprefix(name), *rest) if one)
        return [hyperlink(text_run(name), anchor), text_run(f" {cut(told, _LONG)}")]


def _entries(paragraphs: Iterable[Paragraph]) -> dict[str, list[str]]:
    """Anchor to the words of an entry: its heading, then each line of it."""
    entries: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for one in paragraphs:
        if not one.look & _CITED:
            lines = None
            continue
        if one.level:
            lines = []
            entries |= dict.fromkeys(one.anchors, lines)
        if lines is not None:
            term = "".join(run.text for run in one.term)
            lines.append(f"{term} {one.text}" if term else one.text)
    return entries


def _mark(number: int) -> list[Any]:
    """The mark in the text, with a bookmark that later references lead to."""
    name, id = f"note{number}", str(100_000 + number)
    return [
        element("w:bookmarkStart", {"w:id": id, "w:name": name}),
        element(
            "w:r", {}, element("w:rPr", {}, _style()), element("w:footnoteReference", {"w:id": str(number)})
        ),
        element("w:bookmarkEnd", {"w:id": id}),
    ]


def _style() -> Any:
    return element("w:rStyle", {"w:val": "footnotereference"})


def _again(number: int) -> Any:
    field = {"w:instr": f" NOTEREF note{number} \\f \\h "}
    return element("w:fldSimple", field, text_run(str(number), _style()))


def notes_part(document: "Document", notes: Notes) -> None:
    """Give *document* its footnotes."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    root = element("w:footnotes", {})
    for id, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = element("w:p", {}, element("w:r", {}, element(f"w:{kind}", {})))
        root.append(element("w:footnote", {"w:type": kind, "w:id": str(id)}, line))
    for number, parts in enumerate(notes.made, 1):
        style = element("w:pPr", {}, element("w:pStyle", {"w:val": "footnotetext"}))
        mark = element("w:r", {}, element("w:rPr", {}, _style()), element("w:footnoteRef", {}))
        line = element("w:p", {}, style, mark, text_run(" "), *parts)
        root.append(element("w:footnote", {"w:id": str(number)}, line))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, serialize_part_xml(root), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


__all__ = ["Notes", "notes_part"]
