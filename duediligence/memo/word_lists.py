"""Lists of the Word memo: each is one of its own, counted from its first item."""

from typing import TYPE_CHECKING, Any

from duediligence.memo.word_xml import element

if TYPE_CHECKING:
    from docx.document import Document


def new_list(document: "Document", marker: str) -> int:
    """A list of its own, counted from 1; gives its number."""
    numbering = document.part.numbering_part.element
    kinds = {"bullet": "bullet", "number": "decimal", "letter": "upperLetter"}
    abstract = {"bullet": 900, "number": 901, "letter": 902}[marker]
    if not numbering.xpath(f'./w:abstractNum[@w:abstractNumId="{abstract}"]'):
        levels = [_level(depth, kinds[marker]) for depth in range(9)]
        made = element("w:abstractNum", {"w:abstractNumId": str(abstract)}, *levels)
        numbering.insert(0, made)
    number = len(numbering.xpath("./w:num")) + 1
    start = element("w:lvlOverride", {"w:ilvl": "0"}, element("w:startOverride", {"w:val": "1"}))
    kind = element("w:abstractNumId", {"w:val": str(abstract)})
    numbering.append(
        element("w:num", {"w:numId": str(number)}, kind, *([] if marker == "bullet" else [start]))
    )
    return number


def _level(depth: int, kind: str) -> Any:
    sign = "•" if kind == "bullet" else f"%{depth + 1}."
    left = 284 + 284 * depth
    return element(
        "w:lvl",
        {"w:ilvl": str(depth)},
        element("w:start", {"w:val": "1"}),
        element("w:numFmt", {"w:val": kind}),
        element("w:lvlText", {"w:val": sign}),
        element("w:lvlJc", {"w:val": "left"}),
        element("w:pPr", {}, element("w:ind", {"w:left": str(left), "w:hanging": "284"})),
    )


__all__ = ["new_list"]
