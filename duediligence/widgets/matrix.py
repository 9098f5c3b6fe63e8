"""The legal-basis matrix on screen: a table a place, folded where nothing in the record lies."""

from collections.abc import Iterator, Sequence

from duediligence.analysis.matrix import NOT_READ, Cell, Line, Matrix, Place, quotation
from duediligence.knowledge.vocabulary import ACTOR_WORDS, MATRIX_REGIMES
from duediligence.memo.words import REGIMES, day, joined, place
from duediligence.visible import visible_line
from duediligence.widgets.tree import Child, Node, box, el, folded, small


def page(made: Matrix) -> Node:
    """The sentence above, then each place; the first one open."""
    return box(
        el("p", el("strong", made.sentence), small(f" Law as of {day(made.as_of)}.")),
        el("ul", *(el("li", visible_line(quotation(one), 400)) for one in made.quoted))
        if made.quoted
        else None,
        *(_place(one) for one in made.places),
    )


def _place(one: Place) -> Node:
    """A table; a regime nobody asked about is named below it."""
    name = "European Union and Germany" if one.place == "eu" else place(one.place)
    title = name if one.in_play else f"{name} (no place in the answers lies there)"
    asked = [regime for regime in MATRIX_REGIMES if any(_is_asked(line, regime) for line in one.lines)]
    silent = [regime for regime in MATRIX_REGIMES if regime not in asked]
    heads = ["Who does what", *(REGIMES[regime] for regime in asked), "Who must prove"]
    table = el(
        "table",
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *_rows(one.lines, asked)),
        class_="matrix",
    )
    return folded(
        title,
        box(table, class_="wide", tabindex="0", role="region", aria_label=title),
        _not_asked(one, silent) if silent else None,
        open_=one.in_play,
    )


def _is_asked(line: Line, regime: str) -> bool:
    return any(cell.regime == regime and cell.state != "not_asked" for cell in line.cells)


def _rows(lines: Sequence[Line], asked: Sequence[str]) -> Iterator[Node]:
    """A row each; what was not read stands once for whoever acts, and not in every cell."""
    before: list[str] = []
    for line in lines:
        words = (one for cell in line.cells for one in cell.words if one.startswith(NOT_READ))
        unread = list(dict.fromkeys(words))
        said = [_cell(cell, _who(line)) for cell in line.cells if cell.regime in asked]
        if said and unread != before:
            said[0] += [el("p", small(visible_line(one, 400))) for one in unread]
        before = unread
        yield el(
            "tr", el("th", _who(line), scope="row"), *(el("td", *one) for one in said), el("td", line.burden)
        )


def _not_asked(one: Place, regimes: Sequence[str]) -> Node:
    """The regimes no question was asked about, with what could apply under them, act by act."""
    names = joined([REGIMES[regime] for regime in regimes])
    rows = [
        el("li", f"{_who(line)}, {REGIMES[cell.regime]}: ", cell.could_apply)
        for line in one.lines
        for cell in line.cells
        if cell.regime in regimes and cell.could_apply
    ]
    menu = folded("What could apply", el("ul", *rows), label=f"What could apply: {names}") if rows else None
    return box(el("p", small(f"Not asked: {names}.")), menu)


def _who(line: Line) -> str:
    return f"{ACTOR_WORDS[line.actor].capitalize()}: {line.title}"


def _cell(cell: Cell, who: str) -> list[Child]:
    said: list[Child] = [
        el("p", visible_line(one, 400)) for one in cell.words if not one.startswith(NOT_READ)
    ]
    said += [el("p", small(cell.standing))] if cell.standing else []
    label = f"What could apply: {who}, {REGIMES[cell.regime]}"
    menu = folded("What could apply", el("p", cell.could_apply), label=label) if cell.could_apply else None
    return [*said, menu] if menu else said
