"""The case over time as an SVG: read in black and white, nothing loaded, every text a text.

What a mark is shows in its row and in its shape; what is yet to come is hollow and stands
right of the line of today.
"""

from collections.abc import Iterator
from itertools import pairwise

from markupsafe import Markup

from duediligence.memo.moments import LANES
from duediligence.memo.timeline import Mark, Timeline

WIDTH = 660
"""Pixels: the width of the text on a sheet of A4."""

_LEFT, _RIGHT = 88, 20
"""Room for the names of the rows, and for a number beside the last mark."""

_TOP, _ROW, _LINE = 28, 34, 14
_WIDEST = 130
"""A column is no wider: a few of them stand together at the left."""

_SHORT = 14
"""Letters of a name that stand in one line."""

_ONE_LINE = 88
"""Columns this wide have room for ``10 months later``."""

_LARGEST = 9999
_MOST_LETTERS = 3
"""Signs of the letters of dates that have room beside a mark: ``a–c``."""

_INK, _HAIR = "#16161a", "#cdcdd3"
_SHAPES = (
    ("M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z", ""),
    ("M0 -6.2L6.4 5.2H-6.4z", ""),
    ("M-5 -5H5V5H-5z", ""),
    ("M-7 -5H7V5H-7z", "M-6.2 -4L0 1.2L6.2 -4"),
    ("M-4.5 -6.5H1L4.5 -3V6.5H-4.5z", "M-2 -1.5H2M-2 1H2M-2 3.5H2"),
    ("M0 -7L7 0L0 7L-7 0z", ""),
)
"""A circle, a triangle, a square, an envelope, a page and a diamond, each around its middle; lines inside."""


_LANE = {lane.name: i for i, lane in enumerate(LANES)}


def timeline_svg(drawn: Timeline) -> Markup:
    """*drawn* as an SVG without script or anything loaded; every text in it is escaped."""
    bottom = _TOP + _ROW * len(drawn.rows)
    wide = min(_WIDEST, (WIDTH - _LEFT - _RIGHT) / len(drawn.steps))
    middles = [round(_LEFT + wide * (i + 0.5), 1) for i in range(len(drawn.steps))]
    axis = bottom + _gap_height(drawn, wide)
    height = axis + 12 + _LINE * max(len(step.words) for step in drawn.steps)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {} {}" width="{}" height="{}" '
        'font-family="Helvetica, Arial, Liberation Sans, sans-serif" font-size="11.5" fill="{}">'
        "<title>{}</title>"
    ).format(WIDTH, height, WIDTH, height, _INK, drawn.title)
    parts = [
        *_rows(drawn),
        *_now(drawn, middles[drawn.now], axis),
        *_axis(drawn, middles, axis),
        *_gaps(drawn, middles, bottom, axis, wide),
        *(part for mark in drawn.marks for part in _mark(mark, drawn.rows[mark.row], middles[mark.step])),
    ]
    return Markup("").join([head, *parts, Markup("</svg>")])


def _gap_height(drawn: Timeline, wide: float) -> int:
    if not any(step.gap for step in drawn.steps):
        return 6
    return 6 + _LINE * (1 if wide >= _ONE_LINE else 2)


def _text(x: float, y: float, words: str, anchor: str = "middle", more: str = "") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}"{}>{}</text>').format(
        x, y, anchor, Markup(more), words
    )


def _path(d: str, stroke: str, width: float, dash: str = "none") -> Markup:
    return Markup('<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>').format(
        d, stroke, width, dash
    )


def _rows(drawn: Timeline) -> Iterator[Markup]:
    for i, name in enumerate(drawn.rows):
        middle = _TOP + _ROW * i + _ROW / 2
        yield _path(f"M0 {_TOP + _ROW * i}H{WIDTH}", _HAIR, 0.8)
        lines = _halves(name)
        for j, line in enumerate(lines):
            yield _text(3, middle + 4 - 6.5 * (len(lines) - 1) + 13 * j, line, "start")


def _halves(name: str) -> list[str]:
    """A long name in two lines of about the same length."""
    words = name.split()
    if len(name) <= _SHORT:
        return [name]
    ways = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return list(min(ways, key=lambda way: max(map(len, way)), default=(name,)))


def _now(drawn: Timeline, x: float, axis: float) -> Iterator[Markup]:
    yield _path(f"M{x} {_TOP - 8}V{axis}", _INK, 1.6)
    anchor = "start" if x < _LEFT + 60 else "end" if x > WIDTH - 60 else "middle"
    at = {"start": max(0, x - 30), "end": min(WIDTH, x + 30)}.get(anchor, x)
    yield _text(at, _TOP - 14, drawn.as_of, anchor, ' font-weight="700"')


def _axis(drawn: Timeline, middles: list[float], axis: float) -> Iterator[Markup]:
    yield _path(f"M0 {axis}H{WIDTH}", _INK, 1.2)
    for i, (step, x) in enumerate(zip(drawn.steps, middles, strict=True)):
        if i != drawn.now:
            yield _path(f"M{x} {_TOP}V{axis}", _HAIR, 0.8, "1 4")
        yield _path(f"M{x} {axis}v5", _INK, 1.2)
        for j, line in enumerate(step.words):
            yield _text(x, axis + 17 + _LINE * j, line, more=' font-weight="700"' if i == drawn.now else "")


def _gaps(drawn: Timeline, middles: list[float], bottom: float, axis: float, wide: float) -> Iterator[Markup]:
    for step, (before, behind) in zip(drawn.steps[1:], pairwise(middles), strict=True):
        if not step.gap:
            continue
        x = round((before + behind) / 2, 1)
        lines = [f"{step.gap} later"] if wide >= _ONE_LINE else [step.gap, "later"]
        for i, line in enumerate(lines):
            yield _text(x, bottom + 13 + _LINE * i, line, more=' font-size="11" font-style="italic"')
        # The axis is broken where time is left out.
        yield Markup('<path d="M{} {}h6" stroke="#fff" stroke-width="4"/>').format(x - 3, axis)
        yield _path(f"M{x - 5} {axis + 4}l4 -8M{x + 1} {axis + 4}l4 -8", _INK, 1.2)


def _mark(mark: Mark, lane: str, x: float) -> Iterator[Markup]:
    y = _TOP + _ROW * mark.row + _ROW / 2
    outline, inside = _SHAPES[_LANE[lane]]
    yield Markup(
        '<path d="{}" transform="translate({} {})" fill="{}" stroke="{}" stroke-width="1.5" '
        'stroke-linejoin="round"/>'
    ).format(outline, x, y, "#fff" if mark.ahead else _INK, _INK)
    if inside:
        yield Markup('<path d="{}" transform="translate({} {})" fill="none" stroke="{}"/>').format(
            inside, x, y, _INK if mark.ahead else "#fff"
        )
    if mark.letters and len(mark.letters) <= _MOST_LETTERS:
        yield _text(x + 11, y + 4, mark.letters, "start")
    elif mark.number > 1:
        yield _text(x + 11, y + 4, _number(mark.number), "start")


def _number(number: int) -> str:
    """A number with room in its column; the text of the picture has the sums whole."""
    shown = f"{min(number, _LARGEST):,}".replace(",", " ")
    return f"{shown}+" if number > _LARGEST else shown
