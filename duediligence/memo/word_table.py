"""A table of the page as one of Word: heads stand on every page, no row breaks, columns as text needs."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from duediligence.memo.blocks import Cell, Paragraph, Run, Table
from duediligence.memo.word_xml import WIDE, element

Written = Callable[[Paragraph], Any]
"""Writes a paragraph of a cell."""


def table_element(table: Table, written: Written) -> Any:
    """*table*, its paragraphs *written* by whoever keeps the footnotes and bookmarks."""
    widths = _widths(table)
    made = element(
        "w:tbl",
        {},
        _properties(),
        element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in widths)),
    )
    anchors = [table.anchors, *(() for _ in table.head[1:])]
    for row, marks in zip(table.head, anchors, strict=False):
        made.append(_row(row, widths, marks, written, head=True))
    for row, anchor in zip(table.rows, table.row_anchors, strict=True):
        made.append(_row(row, widths, (anchor,) if anchor else (), written, head=False))
    return made


def _properties() -> Any:
    rules = (("top", "single", "6"), ("bottom", "single", "6"), ("insideH", "single", "4"))
    borders = (element(f"w:{s}", {"w:val": v, "w:sz": z, "w:color": "B9B9C0"}) for s, v, z in rules)
    room = (("top", "40"), ("left", "0"), ("bottom", "20"), ("right", "110"))
    return element(
        "w:tblPr",
        {},
        element("w:tblW", {"w:w": "5000", "w:type": "pct"}),
        element("w:tblBorders", {}, *borders),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", {}, *(element(f"w:{s}", {"w:w": w, "w:type": "dxa"}) for s, w in room)),
        element("w:tblLook", {"w:val": "0620", "w:firstRow": "1", "w:noVBand": "1"}),
    )


def _row(
    row: tuple[Cell, ...], widths: list[int], anchors: Iterable[str], written: Written, *, head: bool
) -> Any:
    properties = element("w:trPr", {}, element("w:cantSplit", {}))
    if head:
        properties.append(element("w:tblHeader", {}))
    made, column = element("w:tr", {}, properties), 0
    for number, cell in enumerate(row):
        width = sum(widths[column : column + cell.span])
        column += cell.span
        made.append(_cell(cell, width, tuple(anchors) if number == 0 else (), written, head=head))
    return made


def _cell(cell: Cell, width: int, anchors: tuple[str, ...], written: Written, *, head: bool) -> Any:
    size = element("w:tcPr", {}, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if cell.span > 1:
        size.append(element("w:gridSpan", {"w:val": str(cell.span)}))
    made = element("w:tc", {}, size)
    mark = frozenset({"to"}) if head else frozenset({"strong"}) if cell.header else frozenset()
    for one in cell.blocks or (Paragraph(runs=()),):
        runs = tuple(Run(text=run.text, look=run.look | mark, link=run.link) for run in one.runs)
        made.append(written(replace(one, runs=runs, look=one.look, anchors=(*anchors, *one.anchors))))
        anchors = ()
    return made


def _widths(table: Table) -> list[int]:
    """Twentieths of a point for each column: wide ones for much text, none too narrow for a word."""
    rows = [row for row in (*table.head, *table.rows) if all(cell.span == 1 for cell in row)]
    columns = list(zip(*rows, strict=True)) if rows else []
    weights = []
    for cells in columns:
        lengths = [sum(len(one.text) for one in cell.blocks) for cell in cells]
        weights.append(max(sum(lengths) / len(lengths), 12.0) ** 0.6)
    whole = WIDE * 1440 / 25.4
    shares = [max(weight / sum(weights), 0.1) for weight in weights]
    return [round(whole * share / sum(shares)) for share in shares]


__all__ = ["table_element"]
