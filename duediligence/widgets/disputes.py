"""“Is the model a derivative?” on screen: three questions, each folded but the first."""

from collections.abc import Mapping
from typing import Any

from duediligence.analysis.disputes import Derivative, Disputed
from duediligence.knowledge.vocabulary import CONFIRMED, SIDES
from duediligence.memo.words import ROLES, plain
from duediligence.visible import visible_line
from duediligence.widgets.tree import Node, box, bullets, el, folded, small
from duediligence.widgets.words import capitalized

_SIDES = {side: words.capitalize() for side, words in SIDES.items()}


def page(made: Derivative) -> Node:
    """The sentence, then each question with its positions, what would decide it and what follows."""
    return box(
        el("p", el("strong", made.sentence)),
        *(
            folded(visible_line(one.title), *_question(one), open_=number == 0)
            for number, one in enumerate(made.questions)
        ),
    )


def _question(one: Disputed) -> list[Node | None]:
    sides = [
        el(
            "span",
            el("strong", f"{_SIDES[position['side']]}: "),
            f"{position['says']} ",
            small(f"{_source(position['authority'])}. {position['reach']}"),
        )
        for position in one.positions
    ]
    nothing = [
        el("span", f"{item['authority']['title']}: ", small(item["because"])) for item in one.answers_nothing
    ]
    evidence = [
        el("span", f"{capitalized(item.text)}: ", el("strong", visible_line(item.stands, 300)))
        for item in one.evidence
    ]
    follows = [
        el("span", f"For one {ROLES.get(role, plain(role))}: ", text) for role, text in one.follows.items()
    ]
    return [
        bullets(sides),
        el("p", one.none_found),
        el("p", "Cited, and no answer to it", class_="label"),
        bullets(nothing),
        el("p", "What would decide it, and how it stands here", class_="label"),
        bullets(evidence),
        el("p", "What follows", class_="label"),
        bullets(follows),
    ]


def _source(authority: Mapping[str, Any]) -> str:
    known = CONFIRMED.get(authority["confirmed"], authority["confirmed"])
    state = "" if authority["state"] == "settled" else f", {authority['state']}"
    return f"{authority['title']} ({known}{state})"
