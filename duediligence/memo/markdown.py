"""The memo as Markdown: complete, and with nothing of other people's texts at work as markup."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from duediligence.memo.blocks import Block, Cell, Paragraph, Picture, Run, Table
from duediligence.memo.environment import web_address

_ALWAYS = re.compile(r"[\\`*_\[\]<>~|@#{}$^]|&(?=[#\w])|!(?=\[)|:(?=\S)|(?<=[Ww]{3})\.")
"""What begins markup anywhere in a line, a link that is made of bare words among it."""

_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
"""What makes a list or a heading of a line that begins with it."""

_STRONG = frozenset({"strong", "b", "kind", "standing"})


def to_markdown(blocks: Iterable[Block]) -> str:
    """The text; equal blocks give equal text."""
    lines: list[str] = []
    was_item = False
    for block in blocks:
        item = isinstance(block, Paragraph) and bool(block.marker or block.term)
        if lines and not (item and was_item):
            lines.append("")
        was_item = item
        lines += _written(block)
    return "\n".join(lines) + "\n"


def _written(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Picture):
        if block.title:
            yield f"*Picture: {escaped(block.title)}*"
    else:
        yield _paragraph(block)


def _paragraph(one: Paragraph) -> str:
    text = _runs(one.runs)
    if one.level:
        return f"{'#' * one.level} {text}"
    indent = "   " * max(0, one.depth - 1)
    if one.described:
        # A description is an item of its own, and its further paragraphs stand below it.
        return f"{indent}- **{_plain(one.term)}:** {text}" if one.term else f"{indent}  {text}"
    if not one.marker:
        return f"{indent}{'   ' if one.depth else ''}{text}"
    sign = {"number": f"{one.place}.", "letter": f"- {chr(64 + one.place)}."}.get(one.marker, "-")
    return f"{indent}{sign} {text}"


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield from (f"**{_plain(table.caption)}**", "")
    head = table.head or table.rows[:1]
    for number, row in enumerate((*head, *table.rows)):
        cells = [words for cell in row for words in (_cell(cell), *[""] * (cell.span - 1))]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{' --- |' * len(cells)}"


def _cell(cell: Cell) -> str:
    return " / ".join(_runs(one.runs) for one in cell.blocks)


def _runs(runs: Iterable[Run]) -> str:
    out, begins = "", True
    for (strong, link), group in groupby(runs, key=lambda run: (bool(run.look & _STRONG), run.link)):
        raw = "".join(run.text for run in group).replace("\n", " ")
        words = escaped(raw, begins=begins)
        address = web_address(link)
        if address and not re.search(r"[<>\\\s]", address):
            words = f"[{words}](<{address}>)"
        if strong and words.strip():
            inside = words.strip()
            words = words.replace(inside, f"**{inside}**")
        out += words
        begins = begins and not raw.strip()
    return out


def _plain(runs: Iterable[Run]) -> str:
    return escaped("".join(run.text for run in runs))


def escaped(text: str, *, begins: bool = True) -> str:
    """*text* so that a reader of Markdown shows it as it is; *begins* says that a line may begin with it."""
    text = _ALWAYS.sub(lambda sign: f"\\{sign[0]}", text)
    if begins:
        # Behind a number it is the dot or bracket that would make a list of it.
        text = _AT_START.sub(
            lambda sign: f"{sign[1]}{sign[2]}\\" if sign[2].isdigit() else f"{sign[1]}\\{sign[2]}", text
        )
    return text


__all__ = ["escaped", "to_markdown"]
