"""The legal-basis matrix on screen: a table a place, folded where nothing in the record lies."""

from duediligence.analysis.matrix import Cell, Line, Matrix, Place, quotation
from duediligence.knowledge.vocabulary import ACTOR_WORDS, MATRIX_REGIMES
from duediligence.memo.words import REGIMES, day, place
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
    name = "European Union and Germany" if one.place == "eu" else place(one.place)
    title = name if one.in_play else f"{name} (no place in the answers lies there)"
    heads = ["Who does what", *(REGIMES[regime] for regime in MATRIX_REGIMES), "Who must prove"]
    table = el(
        "table",
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *(_row(line) for line in one.lines)),
        class_="matrix",
    )
    return folded(
        title, box(table, class_="wide", tabindex="0", role="region", aria_label=title), open_=one.in_play
    )


def _row(line: Line) -> Node:
    who = f"{ACTOR_WORDS[line.actor].capitalize()}: {line.title}"
    cells = [el("td", *_cell(cell, who)) for cell in line.cells]
    return el("tr", el("th", who, scope="row"), *cells, el("td", line.burden))


def _cell(cell: Cell, who: str) -> list[Child]:
    said: list[Child] = [el("p", visible_line(one, 400)) for one in cell.words]
    said += [el("p", small(cell.standing))] if cell.standing else []
    label = f"What could apply: {who}, {REGIMES[cell.regime]}"
    menu = folded("What could apply", el("p", cell.could_apply), label=label) if cell.could_apply else None
    return [*said, menu] if menu else said
