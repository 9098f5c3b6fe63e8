"""Before the first question and after the first dozen: who types, what to write, what is found so far."""

from collections.abc import Mapping

from duediligence.cautions import BEFORE_ANSWERING
from duediligence.memo.words import counted
from duediligence.widgets.question import problem_box
from duediligence.widgets.tree import Node, box, button, el
from duediligence.widgets.words import OWNERS


def page(author: str, problem: str | None) -> Node:
    """The page before the first answer; *author* is the name git knows, if any."""
    return box(
        problem_box(problem, "author"),
        el("h3", "Before you begin", id="question", tabindex="-1"),
        el("p", BEFORE_ANSWERING, class_="warning"),
        el("p", "One question a page. What you type is kept as a draft; only Continue makes it an answer."),
        el(
            "form",
            el("label", "Your name, as it shall stand beside your answers", for_="author"),
            el("input", type="text", name="author", id="author", value=author, dir="auto", class_="short"),
            box(el("button", "Continue", type="submit", class_="main"), class_="row"),
            submits={"action": "begin"},
        ),
    )


def rest(open_: int, found: Mapping[str, int]) -> Node:
    """After the first questions: what is found so far, then the rest."""
    rows = [f"{OWNERS[owner]}: {number}" for owner, number in found.items() if number]
    sentence = f"Findings so far: {' · '.join(rows)}. They stand further down." if rows else "No finding yet."
    return box(
        el("h3", "The first questions are answered", id="question", tabindex="-1"),
        el("p", sentence),
        el(
            "p",
            f"{counted(open_, 'more question')} can make them firmer, the cheapest first. Stop at any time.",
        ),
        box(
            button("Go on with the rest", "resume", main=True),
            button("Check your answers", "review"),
            class_="row",
        ),
    )
