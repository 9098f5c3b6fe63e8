"""A drawn picture of the page as an Enhanced Metafile: what Word and LibreOffice show and print sharply.

Format: Microsoft's MS-EMF, records as named there. One unit is a hundredth of a millimetre. Only what our own
pictures are made of is read: paths of lines, curves and half circles, boxes, and texts.
"""

import re
import struct
from collections.abc import Iterable, Iterator

from duediligence.memo.elements import Element

UNIT = 2540 / 96
"""Units in a pixel."""

_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *[556] * 10),
    *(278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556),
    *(556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556),
    *(500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""Widths of the letters from space to tilde in Helvetica, in thousandths of the size."""

_WIDER = 1.07
"""How much wider a bold letter is."""

_FOREIGN = 1000, 556
"""Widths of letters of wide scripts and of all others outside ASCII."""

_DOT = 2
"""Pixels of a dash that is drawn as a dot."""

_ROUND = 0.5523
"""Where the handles of a curve stand that goes round a quarter of a circle."""

_PART = re.compile(r"[MmLlHhVvCcAaZz]|-?\d*\.?\d+")
_Point = tuple[float, float]


def to_emf(drawn: Element) -> bytes:
    """The metafile of *drawn*, an SVG element; equal pictures give equal bytes."""
    x, y, width, height = (float(one) for one in drawn.attributes["viewbox"].split())
    records = list(_records(drawn, x, y))
    header = _header(width * UNIT, height * UNIT, records)
    return b"".join([header, *records])


def _header(width: float, height: float, records: list[bytes]) -> bytes:
    box = struct.pack("<4i", 0, 0, round(width), round(height))
    size = 88 + sum(map(len, records))
    # A device of 320 by 320 millimetres with a dot every hundredth of one: units are dots.
    rest = struct.pack(
        "<4sIIIHHIIIiiii", b" EMF", 0x10000, size, len(records) + 1, 3, 0, 0, 0, 0, 32000, 32000, 320, 320
    )
    return struct.pack("<II", 1, 88) + box + box + rest


def _record(kind: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def _ints(*values: float) -> bytes:
    return struct.pack(f"<{len(values)}i", *(round(one) for one in values))


def _records(drawn: Element, left: float, top: float) -> Iterator[bytes]:
    yield _record(18, _ints(1))  # the ground behind letters stays as it is
    for one in drawn.elements():
        # What stands in the definitions (the head of an arrow) is drawn where it is used.
        if one.tag == "path" and one.attributes.get("d") and "stroke" in one.attributes:
            yield from _path(one, left, top)
        elif one.tag == "rect":
            yield from _box(one, left, top)
        elif one.tag == "text":
            yield from _text(one, drawn, left, top)
    yield _record(14, _ints(0, 16, 20))


def _box(one: Element, left: float, top: float) -> Iterator[bytes]:
    x, y, width, height = (float(one.attributes[key]) for key in ("x", "y", "width", "height"))
    corner = float(one.attributes.get("rx", "0"))
    ends = [(x - left), (y - top), (x + width - left), (y + height - top)]
    shape = _record(44, _ints(*(end * UNIT for end in ends), 2 * corner * UNIT, 2 * corner * UNIT))
    yield from _with_tools(one, [shape])


def _path(one: Element, left: float, top: float) -> Iterator[bytes]:
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", one.attributes.get("transform", ""))
    dx, dy = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
    steps = list(_steps(one.attributes["d"]))
    at = [[((x + dx - left) * UNIT, (y + dy - top) * UNIT) for x, y in points] for _, points in steps]
    kinds = {"M": 27, "L": 54, "C": 5, "Z": 61}
    outline = [_record(59)]
    for (kind, _), points in zip(steps, at, strict=True):
        flat = [value for point in points for value in point]
        if kind == "C":
            outline.append(_record(5, _ints(0, 0, 0, 0, len(points)), _ints(*flat)))
        else:
            outline.append(_record(kinds[kind], _ints(*flat)))
    filled = one.attributes.get("fill", "") not in ("none", "")
    outline += [_record(60), _record(63 if filled else 64, _ints(0, 0, 0, 0))]
    yield from _with_tools(one, outline)
    if "marker-end" in one.attributes:
        yield from _arrow(at, one.attributes.get("stroke", ""))


def _arrow(at: list[list[_Point]], color: str) -> Iterator[bytes]:
    """The head at the end of a line, in the direction in which it arrives."""
    points = [point for step in at for point in step]
    (x, y), before = points[-1], next(p for p in reversed(points) if p != points[-1])
    length = ((x - before[0]) ** 2 + (y - before[1]) ** 2) ** 0.5
    ux, uy = (x - before[0]) / length, (y - before[1]) / length
    long, half = 6.5 * UNIT, 3.3 * UNIT
    back = x - ux * long, y - uy * long
    corners = [(x, y), (back[0] - uy * half, back[1] + ux * half), (back[0] + uy * half, back[1] - ux * half)]
    flat = [value for corner in corners for value in corner]
    head = _record(3, _ints(0, 0, 0, 0, 3, *flat))
    yield from _with_tools(Element("path", {"fill": color, "stroke": color, "stroke-width": "0.1"}), [head])


def _with_tools(one: Element, shapes: Iterable[bytes]) -> Iterator[bytes]:
    """*shapes* drawn with the pen and the brush that the attributes of *one* describe."""
    width = float(one.attributes.get("stroke-width", "1")) * UNIT
    dash = one.attributes.get("stroke-dasharray", "none")
    # Geometric, flat ends. Dashes of our own would be drawn through by LibreOffice; these two it knows.
    style = 0x00010000 | 0x200 | (0 if dash == "none" else 2 if float(dash.split()[0]) <= _DOT else 1)
    pen = _ints(1, 0, 0, 0, 0, style, width, 0, _color(one.attributes.get("stroke", "#000")), 0, 0)
    fill = one.attributes.get("fill", "none")
    brush = _ints(2, 1 if fill == "none" else 0, 0 if fill == "none" else _color(fill), 0)
    yield _record(95, pen)
    yield _record(39, brush)
    yield from (_record(37, _ints(1)), _record(37, _ints(2)))
    yield from shapes
    # The tools of every device are taken up again, so that ours can be put away.
    yield from (_record(37, struct.pack("<I", 0x80000007)), _record(37, struct.pack("<I", 0x80000005)))
    yield from (_record(40, _ints(1)), _record(40, _ints(2)))


def _color(text: str) -> int:
    digits = text.removeprefix("#")
    digits = "".join(2 * sign for sign in digits) if len(digits) == 3 else digits
    red, green, blue = bytes.fromhex(digits)
    return blue << 16 | green << 8 | red


def _text(one: Element, drawn: Element, left: float, top: float) -> Iterator[bytes]:
    size = float(one.attributes.get("font-size", drawn.attributes.get("font-size", "11.5"))) * UNIT
    bold = int(one.attributes.get("font-weight", "400")) >= 600
    slanted = one.attributes.get("font-style") == "italic"
    align = {"middle": 6, "end": 2}.get(one.attributes.get("text-anchor", "start"), 0) | 24  # on the line
    words = one.text
    steps = [round(_width(sign) * size / 1000 * (_WIDER if bold else 1)) for sign in words]
    # A letter outside the first plane is two units here: its width goes to the first.
    units = [step for sign, width in zip(words, steps, strict=True) for step in ([width, 0][: _units(sign)])]
    x, y = (float(one.attributes["x"]) - left) * UNIT, (float(one.attributes["y"]) - top) * UNIT
    yield _font(size, bold=bold, slanted=slanted)
    yield _record(37, _ints(1))
    yield _record(22, _ints(align))
    letters = words.encode("utf-16-le")
    letters += b"\0" * (-len(letters) % 4)
    place = _ints(x, y, len(units), 76, 0, 0, 0, 0, 0, 76 + len(letters))
    yield _record(84, _ints(0, 0, -1, -1, 1), struct.pack("<ff", 1, 1), place, letters, _ints(*units))
    yield _record(37, struct.pack("<I", 0x8000000D))
    yield _record(40, _ints(1))


def _font(size: float, *, bold: bool, slanted: bool) -> bytes:
    face = "Arial".encode("utf-16-le").ljust(64, b"\0")
    log = _ints(-size, 0, 0, 0, 700 if bold else 400) + bytes([slanted, 0, 0, 1, 0, 0, 0, 0]) + face
    return _record(82, _ints(1), log.ljust(320, b"\0"))


def _units(sign: str) -> int:
    return len(sign.encode("utf-16-le")) // 2


def _width(sign: str) -> int:
    if " " <= sign <= "~":
        return _WIDTHS[ord(sign) - 32]
    return _FOREIGN[0] if ord(sign) >= 0x1100 and sign not in "…–—“”‘’" else _FOREIGN[1]


def _steps(way: str) -> Iterator[tuple[str, list[_Point]]]:
    """The steps of a path in absolute points: ``M``, ``L``, ``C`` and ``Z``."""
    parts = _PART.findall(way)
    at: _Point = (0.0, 0.0)
    kind, i = "", 0
    while i < len(parts):
        if parts[i].isalpha():
            kind, i = parts[i], i + 1
            if kind in "Zz":
                yield "Z", []
                continue
        count = {"H": 1, "V": 1, "C": 6, "A": 7}.get(kind.upper(), 2)
        numbers = [float(one) for one in parts[i : i + count]]
        i += count
        base = at if kind.islower() else (0.0, 0.0)
        if kind in "Aa":
            end = base[0] + numbers[5], base[1] + numbers[6]
            yield "C", _half_circle(at, end)
        else:
            points = _points(kind, numbers, at, base)
            end = points[-1]
            yield {"C": "C", "M": "M"}.get(kind.upper(), "L"), points
        at = end
        kind = {"M": "L", "m": "l"}.get(kind, kind)


def _points(kind: str, numbers: list[float], at: _Point, base: _Point) -> list[_Point]:
    if kind in "Hh":
        return [(base[0] + numbers[0], at[1])]
    if kind in "Vv":
        return [(at[0], base[1] + numbers[0])]
    return [(base[0] + x, base[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def _half_circle(start: _Point, end: _Point) -> list[_Point]:
    """Two curves that lead round half a circle; our pictures hold no other arcs."""
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    rx, ry = start[0] - middle[0], start[1] - middle[1]
    top = middle[0] + ry, middle[1] - rx
    k = _ROUND
    return [
        (start[0] + k * ry, start[1] - k * rx),
        (top[0] + k * rx, top[1] + k * ry),
        top,
        (top[0] - k * rx, top[1] - k * ry),
        (end[0] + k * ry, end[1] - k * rx),
        end,
    ]


__all__ = ["to_emf"]
