"""The status card: what is known, what is next."""

from collections.abc import Mapping
from typing import Any

from duediligence.case import Case
from duediligence.reports import Status
from duediligence.visible import visible_line
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Node, box, bullets, el, small
from duediligence.widgets.words import capitalized


class StatusCard:
    """The card of a case, or of one moment of it when only a status is given."""

    name = "Status"

    def __init__(self, case: Case | None, status: Status | None = None) -> None:
        self.case = case
        self._status = status

    def show(self) -> Reply:
        status = self._status or (self.case.status() if self.case else None)
        return Reply(page=page(status) if status else None)

    def follow(self) -> Reply:
        return self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        return Reply()


class Said:
    """One line that a step left behind."""

    case = None
    name = "What it changed"

    def __init__(self, line: str) -> None:
        self._line = line

    def show(self) -> Reply:
        return Reply(page=el("p", visible_line(self._line)))

    def follow(self) -> Reply:
        return Reply()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        return Reply()


def page(status: Status) -> Node:
    """Five rows of title, count and one verb; the last line says what is next."""
    rows = [
        el(
            "tr",
            el("th", row.title, scope="row"),
            el("td", visible_line(row.says)),
            el("td", el("em", row.verb) if row.verb else None),
        )
        for row in status.rows
    ]
    sample = el("p", "A recorded sample: no network is used.", class_="hint") if status.sample else None
    return box(
        el("h3", visible_line(status.title)),
        sample,
        el("p", small(visible_line(status.looked))),
        el("p", visible_line(status.since)) if status.since else None,
        *(el("p", visible_line(one), class_="warning") for one in status.notices),
        *_dates(status),
        el("table", el("tbody", *rows), class_="status"),
        *(el("p", visible_line(problem), class_="problem") for problem in status.problems),
        el("p", el("strong", "Next: "), capitalized(visible_line(status.next))),
        class_="card",
    )


def _dates(status: Status) -> tuple[Node, ...]:
    """Dates that can end the matter, before everything else."""
    listed = bullets([visible_line(one) for one in status.dates])
    return (el("p", el("strong", "Dates that cannot be moved")), listed) if listed else ()
