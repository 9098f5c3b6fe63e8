"""The lineage as a picture: everything in it, every text a text, nothing over something else."""

import itertools
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from test_cli import run

from duediligence.facts.lineage import Edge, Lineage, Node
from duediligence.memo.picture import MOST, Picture, picture, to_svg

REPO = "models/example/encoder"
_SVG = "{http://www.w3.org/2000/svg}"


def _edge(up, relation="trained_on", down=REPO, stated_in="declared", accepted=None):
    return Edge(
        downstream=down, upstream=up, relation=relation, stated_in=stated_in, fact=None, evidence=None,
        quote=None, accepted=accepted,
    )  # fmt: skip


def _node(id, state="present", license="mit", now=None):
    held = ((license, "front_matter", "f-1"),) if license else ()
    return Node(id=id, state=state, now=now, revision=None, license=held)


def _lineage(edges, nodes=()) -> Lineage:
    return Lineage(repo=REPO, repos=(_node(REPO), *nodes), edges=tuple(edges), complete=True, limits=())


def _drawn(edges, nodes=()) -> Picture:
    made = picture(_lineage(edges, nodes))
    assert made is not None
    return made


def _texts(made: Picture) -> list[str]:
    return [one.text or "" for one in ET.fromstring(to_svg(made)).iter(f"{_SVG}text")]


def _boxes(made: Picture) -> list[tuple[float, float, float, float]]:
    return [
        tuple(float(one.get(key)) for key in ("x", "y", "width", "height"))  # type: ignore[misc,arg-type]
        for one in ET.fromstring(to_svg(made)).iter(f"{_SVG}rect")
    ]


def test_it_says_what_each_box_is_and_how_each_line_is_known():
    """Name, license, state, relation and how it is known: in words, not in colors."""
    made = _drawn(
        [
            _edge("datasets/example/pictures"),
            _edge("models/example/base", "finetuned_from"),
            _edge("name:Old Photos", stated_in="prose"),
            _edge("models/example/gone", "derived_from", stated_in="prose", accepted=False),
        ],
        [
            _node("datasets/example/pictures", "gated", None),
            _node("models/example/base", license="apache-2.0"),
            _node("models/example/gone", "not_found", None),
        ],
    )
    said = " ".join(_texts(made))

    for words in (
        "example/encoder", "license mit", "example/pictures", "behind access terms", "license apache-2.0",
        "fine-tuned from", "trained on, only in the text", "a name, not on the Hub", "derived from, rejected",
        "not there, or private",
    ):  # fmt: skip
        assert words in said, words
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', to_svg(made))) <= {"none", "#fff", "#16161a"}


def test_a_text_of_others_stays_text():
    """Names from cards reach neither Graphviz's markup nor the page's."""
    hostile = [
        "name:<script>alert(1)</script>",
        r"name:\N\G<b>",
        "name:<<table></table>>",
        'name:" onload="x',
    ]
    made = _drawn([_edge(one, stated_in="prose") for one in hostile])

    assert "<script" not in to_svg(made) and "<b>" not in to_svg(made) and 'onload="x' not in to_svg(made)
    assert "<script>alert(1)</script>" in "".join(_texts(made))
    assert {one.tag for one in ET.fromstring(to_svg(made)).iter()} <= {
        f"{_SVG}{tag}" for tag in ("svg", "title", "defs", "marker", "path", "rect", "text")
    }


def test_the_same_lineage_gives_the_same_picture():
    """A memo made again has the same bytes."""
    edges = [_edge(f"datasets/example/d{i}", down=REPO if i < 4 else "models/example/b") for i in range(8)]
    edges.append(_edge("models/example/b", "finetuned_from"))

    assert to_svg(_drawn(edges)) == to_svg(_drawn(edges))


@pytest.mark.parametrize("many", [3, 60])
def test_boxes_stand_beside_each_other_and_inside_the_picture(many):
    """At three and at sixty names no box covers another, and every name is there once."""
    nodes = [_node(f"datasets/example/set-{i}", license=f"license-{i}") for i in range(many)]
    made = _drawn([_edge(node.id) for node in nodes], nodes)
    boxes = _boxes(made)
    _, _, width, height = map(float, ET.fromstring(to_svg(made)).get("viewBox", "").split())

    assert len(boxes) == many + 1
    for (x1, y1, w1, h1), (x2, y2, w2, h2) in itertools.combinations(boxes, 2):
        assert x1 + w1 <= x2 or x2 + w2 <= x1 or y1 + h1 <= y2 or y2 + h2 <= y1
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)
    assert sum("set-" in text for text in _texts(made)) == many


def test_ends_of_one_kind_share_a_box():
    """Twenty names of which nothing else is known are one list, not twenty lines."""
    made = _drawn([_edge(f"name:Collection {i}", stated_in="prose") for i in range(20)])

    assert len(_boxes(made)) == 2
    assert sum(text.startswith("Collection") for text in _texts(made)) == 20
    assert _texts(made).count("trained on, only in the text") == 1


def test_what_there_is_no_room_for_is_counted():
    """The picture ends at its limit, says so, and the nearest are in it."""
    nodes = [_node(f"models/example/m{i}", license=f"l{i}") for i in range(MOST + 10)]
    made = _drawn([_edge(node.id, "merged_from") for node in nodes], nodes)

    assert made.left_out == 11


def test_circles_and_self_merges_end():
    """A model made from itself, and two made from each other, are drawn once each."""
    made = _drawn(
        [
            _edge(REPO, "merged_from"),
            _edge("models/example/b", "merged_from"),
            _edge(REPO, "merged_from", down="models/example/b"),
        ]
    )
    assert len(_boxes(made)) == 2


def test_nothing_upstream_is_no_picture():
    """An empty frame would say that there is something."""
    assert picture(_lineage([])) is None


def test_the_command_writes_it(tmp_path: Path) -> None:
    """Beside the list on the screen, as a file that opens anywhere."""
    case = tmp_path / "case"
    assert run("new", case, "sample").returncode == 0 and run("capture", case).returncode == 0
    done = run("lineage", case, "--svg", tmp_path / "tree.svg")

    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "tree.svg"))
    drawn = (tmp_path / "tree.svg").read_text()
    assert drawn.startswith("<svg") and "laion/laion2B-en" in drawn
    assert done.stderr == ""


def test_a_long_name_breaks_between_its_words_and_never_within_one():
    """The owner stands by itself where both do not fit in one line."""
    made = _drawn([_edge("datasets/HuggingFaceH4/ultrafeedback_binarized"), _edge("datasets/a/short")])

    texts = _texts(made)
    assert "HuggingFaceH4/" in texts and "ultrafeedback_binarized" in texts and "a/short" in texts
