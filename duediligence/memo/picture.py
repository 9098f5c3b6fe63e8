"""The lineage as a picture: an SVG of boxes and lines; Graphviz places them, and every text stays text.

It reads in black and white: what a repository is shows in its corners, what is wrong with it in its border
and in words, how a relation is known in its line and in words. The nested list beside it says the same.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from duediligence.facts.lineage import Edge, Lineage, Node
from duediligence.memo.words import RELATIONS, STATES, plain
from duediligence.repo import kind_of, shown
from duediligence.visible import visible_line

MOST = 150
"""Boxes a picture holds; the list beside it holds them all."""

_WIDE = 26
"""Letters in a line of a box."""

_EDGE = 4.0
"""White around the picture; the viewBox says the same."""

_LETTER, _SMALL, _LINE, _PAD = 6.6, 6.2, 15.0, 9.0
_INCH = 72.0
_ALIKE = 3
"""How many ends of one kind stand in one box."""

_LOST = ("not_found", "gated", "disabled", "unreachable", "unreadable")


@dataclass(frozen=True, kw_only=True)
class _Box:
    ids: tuple[str, ...]
    lines: tuple[str, ...]
    bold: int
    """How many of the lines are its name."""

    kind: str | None
    lost: bool
    root: bool

    @property
    def width(self) -> float:
        return round(max(len(line) for line in self.lines) * _LETTER + 2 * _PAD, 1)

    @property
    def height(self) -> float:
        return round(len(self.lines) * _LINE + 2 * _PAD - 4, 1)


@dataclass(frozen=True, kw_only=True)
class DrawnBox:
    """A box where it stands: sizes in pixels."""

    x: float
    y: float
    width: float
    height: float
    corner: int
    strong: bool
    """Whether it is the repo itself."""

    dashed: bool
    """Whether it is not there, cannot be read, or is a name alone."""

    lines: tuple[str, ...]
    bold: int
    ids: tuple[str, ...] = ()
    """Typed ids of the repositories, or names, it stands for."""


@dataclass(frozen=True, kw_only=True)
class DrawnLine:
    """A line in two pieces, its words between them."""

    before: str
    behind: str
    dash: str
    x: float
    y: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The picture as values; `to_svg` writes it."""

    title: str
    width: float
    height: float
    boxes: tuple[DrawnBox, ...]
    lines: tuple[DrawnLine, ...]
    left_out: int
    """Boxes there was no room for."""


@lru_cache(maxsize=1)
def picture(lineage: Lineage) -> Picture | None:
    """The picture of *lineage*; ``None`` when there is nothing upstream.

    The same lineage gives the same text; that of the last one is kept, for it is drawn at every look.
    """
    near = _nearest(lineage)
    kept = near[:MOST]
    edges = [edge for edge in lineage.edges if edge.downstream in kept and edge.upstream in kept]
    if not edges:
        return None
    nodes = {node.id: node for node in lineage.repos}
    boxes = [
        _box(same, nodes.get(same[0]), lineage.repo in same)
        for same in _alike(kept, edges, nodes, lineage.repo)
    ]
    return _draw(boxes, edges, visible_line(shown(lineage.repo)), len(near) - len(kept))


def _alike(
    ids: Sequence[str], edges: Sequence[Edge], nodes: Mapping[str, Node], repo: str
) -> list[tuple[str, ...]]:
    """*ids* one by one, and together those that end the chain in the very same way."""
    ways: dict[str, set[tuple[str, str]]] = {}
    for edge in edges:
        ways.setdefault(edge.upstream, set()).add((edge.downstream, _label(edge)))
    leads_on = {edge.downstream for edge in edges} | {repo}
    groups: dict[object, list[str]] = {}
    for one in ids:
        alike = one not in leads_on and len(ways.get(one, ())) == 1
        key = (*ways[one], kind_of(one), _notes(one, nodes.get(one))) if alike else one
        groups.setdefault(key, []).append(one)
    return [
        same
        for listed in groups.values()
        for same in ([tuple(listed)] if len(listed) >= _ALIKE else [(one,) for one in listed])
    ]


def _nearest(lineage: Lineage) -> list[str]:
    """Everything in the graph, what is nearest to the repo first."""
    below: dict[str, list[str]] = {}
    for edge in lineage.edges:
        below.setdefault(edge.downstream, []).append(edge.upstream)
    found = {lineage.repo: None}
    todo = [lineage.repo]
    while todo:
        ahead = [up for one in todo for up in below.get(one, ()) if up not in found]
        todo = list(dict.fromkeys(ahead))
        found.update(dict.fromkeys(todo))
    rest = (end for edge in lineage.edges for end in (edge.downstream, edge.upstream))
    return list(found | dict.fromkeys(rest))


def _box(ids: tuple[str, ...], node: Node | None, root: bool) -> _Box:
    names = [line for id in ids for line in _named(visible_line(shown(id), 90))]
    said = [note.replace("a name,", "names,") if len(ids) > 1 else note for note in _notes(ids[0], node)]
    notes = [line for note in said for line in _wrapped(note)]
    state = node.state if node else None
    return _Box(
        ids=ids,
        lines=(*names, *notes),
        bold=len(names),
        kind=kind_of(ids[0]),
        lost=state in _LOST,
        root=root,
    )


def _notes(id: str, node: Node | None) -> tuple[str, ...]:
    """What stands below a name: where it is today, its state where it is not there, its license."""
    state = node.state if node else None
    notes = []
    if node and node.now:
        notes.append(f"today {visible_line(shown(node.now), 60)}")
    elif kind_of(id) is None:
        notes.append("a name, not on the Hub")
    elif state not in ("present", "empty"):
        notes.append(STATES.get(state or "", "not asked for"))
    if node and state in ("present", "empty", "gated", "renamed"):
        values = list(dict.fromkeys(value for value, _, _ in node.license if value))
        notes.append(f"license {visible_line(' / '.join(values), 60)}" if values else "no license stated")
    return tuple(notes)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDE, break_on_hyphens=True) or [""]


_BREAK = re.compile(r"(?<=[/_\-. ])")


def _named(text: str) -> list[str]:
    """A name in lines: the owner by itself where both do not fit, and never a break within a word."""
    if len(text) <= _WIDE:
        return [text]
    owner, slash, rest = text.partition("/")
    lines = [owner + slash, ""] if slash else [""]
    for part in _BREAK.split(rest if slash else text):
        if lines[-1] and len(lines[-1] + part) > _WIDE:
            lines.append("")
        lines[-1] += part
    return [piece for line in lines for piece in _wrapped(line.strip())]


def _label(edge: Edge) -> str:
    relation = RELATIONS.get(edge.relation, plain(edge.relation))
    if edge.stated_in == "declared" and edge.accepted is None:
        return relation
    decided = {True: "accepted", False: "rejected", None: "only in the text"}[edge.accepted]
    return f"{relation}, {'added by a person' if edge.stated_in == 'person' else decided}"


def _draw(boxes: Sequence[_Box], edges: Sequence[Edge], repo: str, left_out: int) -> Picture:
    # Only the memo and the workbook pay for it.
    import pygraphviz

    graph = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", nodesep="0.22", ranksep="0.2")
    names = {id: f"n{i}" for i, box in enumerate(boxes) for id in box.ids}
    # Graphviz sees sizes alone: no text of others reaches its own markup.
    for i, box in enumerate(boxes):
        graph.add_node(
            f"n{i}",
            label="",
            shape="box",
            fixedsize="true",
            width=_inches(box.width),
            height=_inches(box.height),
        )
    lines = {(names[edge.downstream], names[edge.upstream], _label(edge)): edge for edge in edges}
    # A label is a place of its own on the line; Graphviz then needs no fonts, which differ everywhere.
    for i, (down, up, label) in enumerate(lines):
        graph.add_node(
            f"l{i}", label="", shape="box", fixedsize="true", width=_inches(len(label) * _SMALL), height="0.2"
        )
        graph.add_edge(down, f"l{i}", key="to", arrowhead="none")
        graph.add_edge(f"l{i}", up, key="on")
    graph.layout("dot")
    width, height = (float(one) for one in graph.graph_attr["bb"].split(",")[2:])
    return Picture(
        title=f"What {repo} is made from; the list below says the same.",
        width=round(width, 1),
        height=round(height, 1),
        boxes=tuple(
            _placed(box, *_point(graph.get_node(f"n{i}").attr["pos"], height)) for i, box in enumerate(boxes)
        ),
        lines=tuple(
            _line(
                edge,
                graph.get_edge(down, f"l{i}", "to").attr["pos"],
                graph.get_edge(f"l{i}", up, "on").attr["pos"],
                _point(graph.get_node(f"l{i}").attr["pos"], height),
                height,
            )
            for i, ((down, up, _), edge) in enumerate(lines.items())
        ),
        left_out=left_out,
    )


def _inches(size: float) -> str:
    return f"{size / _INCH:.4f}"


def _point(text: str, height: float) -> tuple[float, float]:
    x, y = (float(one) for one in text.split(","))
    return round(x, 1), round(height - y, 1)


def _line(edge: Edge, before: str, behind: str, at: tuple[float, float], height: float) -> DrawnLine:
    return DrawnLine(
        before=_path(before, height),
        behind=_path(behind, height),
        dash="none" if edge.stated_in == "declared" else "2 4" if edge.accepted is False else "6 3",
        x=at[0],
        y=round(at[1] + 3.4, 1),
        label=_label(edge),
    )


def _placed(box: _Box, x: float, y: float) -> DrawnBox:
    return DrawnBox(
        x=round(x - box.width / 2, 1),
        y=round(y - box.height / 2, 1),
        width=box.width,
        height=box.height,
        corner={"datasets": 12, "models": 2}.get(box.kind or "", 0),
        strong=box.root,
        dashed=box.lost or not box.kind,
        lines=box.lines,
        bold=box.bold,
        ids=box.ids,
    )


def _path(way: str, height: float) -> str:
    """A spline of Graphviz, ``e,x,y`` its end, as the path of an SVG."""
    end, points = "", []
    for word in way.split():
        if word.startswith("e,"):
            end = word[2:]
        elif not word.startswith("s,"):
            points.append(_point(word, height))
    (x, y), *curve = points
    path = f"M{x} {y}C{' '.join(f'{cx} {cy}' for cx, cy in curve)}"
    if end:
        x, y = _point(end, height)
        path += f"L{x} {y}"
    return path


def place_of(box: DrawnBox, picture: Picture) -> tuple[float, float, float, float]:
    """Left, top, width and height of *box* in the SVG, in hundredths of its size."""
    wide, high = picture.width + 2 * _EDGE, picture.height + 2 * _EDGE
    return (
        round(100 * (box.x + _EDGE) / wide, 2),
        round(100 * (box.y + _EDGE) / high, 2),
        round(100 * box.width / wide, 2),
        round(100 * box.height / high, 2),
    )


def to_svg(picture: Picture) -> Markup:
    """*picture* as an SVG without script or anything loaded; every text in it is escaped."""
    size = round(float(picture.width) + 8, 1), round(float(picture.height) + 8, 1)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="-4 -4 {} {}" width="{}" height="{}" '
        'font-family="Helvetica, Arial, Liberation Sans, sans-serif" font-size="11.5"><title>{}</title>'
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0L8 4L0 8z" fill="#16161a"/></marker></defs>'
    ).format(*size, *size, picture.title)
    lines = (part for line in picture.lines for part in _line_parts(line))
    boxes = (part for box in picture.boxes for part in _box_parts(box))
    return Markup("").join([head, *lines, *boxes, Markup("</svg>")])


def _line_parts(line: DrawnLine) -> Iterator[Markup]:
    path = Markup('<path d="{}" fill="none" stroke="#16161a" stroke-width="1.1" stroke-dasharray="{}"{}/>')
    yield path.format(line.before, line.dash, "")
    yield path.format(line.behind, line.dash, Markup(' marker-end="url(#arrow)"'))
    words = Markup('<text x="{}" y="{}" text-anchor="middle" font-size="11">{}</text>')
    yield words.format(line.x, line.y, line.label)


def _box_parts(box: DrawnBox) -> Iterator[Markup]:
    yield Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="#fff" stroke="#16161a" stroke-width="{}" '
        'stroke-dasharray="{}"/>'
    ).format(
        box.x,
        box.y,
        box.width,
        box.height,
        box.corner,
        2.4 if box.strong else 1.1,
        "5 3" if box.dashed else "none",
    )
    for i, text in enumerate(box.lines):
        bold = Markup(' font-weight="600"') if i < box.bold else ""
        x, y = round(box.x + _PAD, 1), round(box.y + _PAD + 7 + i * _LINE, 1)
        yield Markup('<text x="{}" y="{}"{}>{}</text>').format(x, y, bold, text)
