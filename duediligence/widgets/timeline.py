"""The case over time on screen: the picture, and below it the same as a dated list."""

import base64

from duediligence.analysis.keydate import KeyDate
from duediligence.memo.chronology import Happened
from duediligence.memo.statement import Span
from duediligence.memo.timeline_svg import timeline_svg
from duediligence.reports import Chronicle
from duediligence.visible import visible_line
from duediligence.widgets.tree import Child, Node, box, el, folded, name_of, small, theirs


def page(made: Chronicle) -> Node:
    """The picture, the dates to watch, and what happened, the newest last."""
    return box(
        _picture(made),
        el("h3", "Dates to watch") if made.dates else None,
        _table(("Day", "What"), [_date(one) for one in made.dates]) if made.dates else None,
        el("h3", "What happened"),
        _table(("When", "What", "Who"), [_row(row) for row in made.rows]),
    )


def _picture(made: Chronicle) -> Node | None:
    """The picture as an image: it runs nothing, and its text says how many of each there are."""
    if made.drawn is None:
        return None
    data = base64.b64encode(timeline_svg(made.drawn).encode()).decode()
    image = el("img", drawing=data, alt=made.drawn.title, class_="picture")
    return folded("Picture", image, el("p", small(made.drawn.note)), open_=True)


def _table(heads: tuple[str, ...], rows: list[Node]) -> Node:
    head = el("thead", el("tr", *(el("th", one, scope="col") for one in heads)))
    return el("table", head, el("tbody", *rows), class_="dated")


def _row(row: Happened) -> Node:
    said = (_span(span) for span in row.what.spans)
    return el("tr", el("th", row.when, scope="row"), el("td", *said), el("td", visible_line(row.who, 80)))


def _date(one: KeyDate) -> Node:
    passed = "; this date has passed; counsel" if one.state == "passed" else ""
    counted = small(f" {visible_line(one.counted, 300)}") if one.counted else None
    what = el("td", visible_line(f"{one.title}{passed}", 300), counted)
    return el("tr", el("th", one.on, scope="row"), what)


def _span(span: Span) -> Child:
    if span.kind == "quote":
        return theirs(span.text, 400)
    return name_of(span.text) if span.kind == "name" else span.text
