"""Check your answers: what needs a person first, then every answer by section."""

from collections.abc import Mapping, Sequence

from duediligence.analysis.abouts import filled
from duediligence.analysis.situation import Asked
from duediligence.visible import visible_line
from duediligence.widgets.field import spoken
from duediligence.widgets.sheet import address_of
from duediligence.widgets.tree import Child, Node, box, button, copy_button, el, folded, small, theirs
from duediligence.widgets.words import TOPICS

_STATES = {
    "needs_another_look": ("Needs another look", "Look again"),
    "two_answers": ("Two people differ", "Choose"),
    "unknown": ("Not known", "Change"),
}


def page(asked: Sequence[Asked], ours: Sequence[Asked], places: Mapping[str, str], line: str) -> Node:
    """Every answer with a way to change it; *ours* are the open questions people here can answer."""
    open_ = [one for one in asked if one.asked and one.state == "unanswered"]
    theirs_ = [one for one in open_ if one not in ours]
    unused = [one for one in asked if not one.asked and one.state != "unanswered"]
    return box(
        box(
            button("Go on with the questions", "resume", main=bool(ours)),
            el("span", line, class_="where"),
            class_="head",
        ),
        el("h3", "Check your answers", id="question", tabindex="-1"),
        *(_state(asked, state, places) for state in _STATES),
        *_sections([one for one in asked if one.asked and one.state == "answered"], places),
        _unanswered("Not answered yet", ours, places),
        provider_list(theirs_, asked),
        _unanswered("Kept, but not asked any more and not used", unused, places),
    )


def _state(asked: Sequence[Asked], state: str, places: Mapping[str, str]) -> Node | None:
    rows = [one for one in asked if one.asked and one.state == state]
    title, verb = _STATES[state]
    return _section(f"{title} ({len(rows)})", rows, places, verb) if rows else None


def _sections(rows: Sequence[Asked], places: Mapping[str, str]) -> list[Node]:
    topics = dict.fromkeys(one.question.topic for one in rows)
    return [
        _section(
            TOPICS.get(topic, topic), [one for one in rows if one.question.topic == topic], places, "Change"
        )
        for topic in topics
    ]


def _section(title: str, rows: Sequence[Asked], places: Mapping[str, str], verb: str) -> Node:
    return el("section", el("h4", title), el("ul", *(_row(one, places, verb) for one in rows), class_="rows"))


def _unanswered(title: str, rows: Sequence[Asked], places: Mapping[str, str]) -> Node | None:
    if not rows:
        return None
    return folded(
        f"{title} ({len(rows)})", el("ul", *(_row(one, places, "Answer") for one in rows), class_="rows")
    )


def _row(one: Asked, places: Mapping[str, str], verb: str) -> Node:
    text = visible_line(one.text)
    given: list[Child] = []
    for answer in (*one.others, one.answer):
        if answer is not None:
            reason = el("p", small("How known: "), theirs(answer.reason, 200)) if answer.reason else None
            says = small(f" · {visible_line(answer.says, 60)} says so")
            given.append(
                box(el("strong", spoken(one.question, answer.value, answer.ask, places)), says, reason)
            )
    return el(
        "li",
        box(el("p", text), *given),
        button(verb, "go", address=address_of(one), label=f"{verb}: {text}"),
    )


def provider_list(open_: Sequence[Asked], asked: Sequence[Asked]) -> Node | None:
    """What only the provider can answer, numbered, ready to copy; what is risky about asking comes first."""
    passed = [
        one
        for one in asked
        if one.asked and one.state == "unknown" and one.answer and one.answer.ask == "provider"
    ]
    rows = [*open_, *passed]
    if not rows:
        return None
    text = provider_text(rows)
    return folded(
        f"Questions to the provider ({len(rows)})",
        el(
            "p",
            "Asking in public shows what you do not know. In a dispute, ask counsel first.",
            class_="hint",
        ),
        box(copy_button("Copy all", text), class_="row"),
        el("pre", text, class_="letter", dir="auto"),
    )


def provider_text(rows: Sequence[Asked]) -> str:
    """The questions as numbered lines, in the provider's wording."""
    return "\n".join(f"{i}. {_to_provider(one)}" for i, one in enumerate(rows, 1))


def _to_provider(one: Asked) -> str:
    return visible_line(filled(one.question.provider_text or one.question.text, one.about))
