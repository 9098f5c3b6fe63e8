"""Check your answers: what needs a person first, then every answer by section."""

from collections.abc import Mapping, Sequence

from duediligence.analysis.situation import Asked
from duediligence.history import Answer
from duediligence.memo.to_provider import CAUTION, numbered, to_provider
from duediligence.memo.words import joined
from duediligence.visible import visible_line
from duediligence.widgets.field import spoken
from duediligence.widgets.question import undo_button
from duediligence.widgets.sheet import address_of
from duediligence.widgets.tree import Node, box, button, copy_button, el, folded, small, theirs
from duediligence.widgets.words import TOPICS

_STATES = {
    "needs_another_look": ("Needs another look", "Look again"),
    "two_answers": ("Two people differ", "Choose"),
    "unknown": ("Not known", "Change"),
}


def page(
    asked: Sequence[Asked],
    ours: Sequence[Asked],
    places: Mapping[str, str],
    line: str,
    acts: Mapping[str, str],
    *,
    undo: str | None = None,
    opened: tuple[str, Node] | None = None,
) -> Node:
    """Every answer with a way to change it where it stands.

    Args:
        asked: every question.
        ours: the open ones that people here can answer.
        places: country codes to names.
        line: how many are open, in words.
        acts: how acts are named.
        undo: the last own step that can be taken back, in words.
        opened: address of the question that is being answered, and what stands in its place then.
    """
    drawn = _Rows(asked, places, opened)
    unused = [one for one in asked if not one.asked and one.state != "unanswered"]
    return box(
        box(
            button("Go on with the questions", "resume", main=bool(ours)),
            el("span", line, class_="where"),
            undo_button(undo),
            class_="head",
        ),
        el("h3", "Check your answers", id="review", tabindex="-1"),
        *(drawn.of_state(state) for state in _STATES),
        *drawn.sections([one for one in asked if one.asked and one.state == "answered"]),
        drawn.folded("Not answered yet", ours),
        provider_list(asked, acts),
        drawn.folded("Kept, but not asked any more and not used", unused),
    )


def row_id(asked: Sequence[Asked], address: str | None) -> str:
    """Where the keyboard goes for the row of *address*; to the heading when there is none."""
    addresses = [address_of(one) for one in asked]
    return f"row-{addresses.index(address)}" if address in addresses else "review"


class _Rows:
    """The rows of the list; the one that is being answered holds its form."""

    def __init__(
        self, asked: Sequence[Asked], places: Mapping[str, str], opened: tuple[str, Node] | None
    ) -> None:
        self._asked = asked
        self._places = places
        self._opened = opened

    def of_state(self, state: str) -> Node | None:
        rows = [one for one in self._asked if one.asked and one.state == state]
        title, verb = _STATES[state]
        return self._section(f"{title} ({len(rows)})", rows, verb) if rows else None

    def sections(self, rows: Sequence[Asked]) -> list[Node]:
        topics = dict.fromkeys(one.question.topic for one in rows)
        return [
            self._section(
                TOPICS.get(topic, topic), [one for one in rows if one.question.topic == topic], "Change"
            )
            for topic in topics
        ]

    def folded(self, title: str, rows: Sequence[Asked]) -> Node | None:
        if not rows:
            return None
        opened = any(self._is_open(one) for one in rows)
        listed = el("ul", *(self._row(one, "Answer") for one in rows), class_="rows")
        return folded(f"{title} ({len(rows)})", listed, open_=opened)

    def _section(self, title: str, rows: Sequence[Asked], verb: str) -> Node:
        return el(
            "section", el("h4", title), el("ul", *(self._row(one, verb) for one in rows), class_="rows")
        )

    def _is_open(self, one: Asked) -> bool:
        return self._opened is not None and self._opened[0] == address_of(one)

    def _row(self, one: Asked, verb: str) -> Node:
        if self._opened and self._is_open(one):
            return el("li", self._opened[1], class_="open")
        text, address = visible_line(one.text), address_of(one)
        given = [_given(one, answer, self._places) for answer in one.given]
        change = button(verb, "go", address=address, label=f"{verb}: {text}", id=row_id(self._asked, address))
        return el("li", box(el("p", text), *given), change)


def _given(one: Asked, answer: Answer, places: Mapping[str, str]) -> Node:
    said = spoken(one.question, answer.value, answer.ask, places)
    typed = f", typed by {visible_line(answer.by, 60)}" if answer.by != answer.says else ""
    return box(
        el("strong", said, dir="auto"),
        small(f" – {visible_line(answer.says, 60)}{typed}"),
        el("p", small("How known: "), theirs(answer.reason, 200)) if answer.reason else None,
        el("p", small(f"Rests on: {_names(answer.files)}")) if answer.files else None,
    )


def _names(files: Sequence[str]) -> str:
    return joined([visible_line(name.rpartition("/")[2], 120) for name in files])


def provider_list(asked: Sequence[Asked], acts: Mapping[str, str]) -> Node | None:
    """What only the provider can answer, numbered, ready to copy; what is risky about asking comes first."""
    number = len(to_provider(asked))
    if not number:
        return None
    text = numbered(asked, acts)
    return folded(
        f"Questions to the provider ({number})",
        el("p", CAUTION, class_="hint"),
        box(copy_button("Copy all", text), class_="row"),
        el("pre", text, class_="letter", dir="auto"),
    )
