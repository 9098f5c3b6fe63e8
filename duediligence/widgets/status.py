"""The status card: what is known, what is next."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from duediligence.case import Case
from duediligence.errors import BadInputError
from duediligence.own_workbook import place_workbook
from duediligence.repo import parse_repo
from duediligence.reports import Status
from duediligence.visible import visible_line
from duediligence.widgets import outputs
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Node, box, bullets, el, small, to_screen
from duediligence.widgets.words import capitalized

_SCREENS = {
    "About you": "Questions",
    "What the sources say": "Look at the Hub",
    "Questions others must answer": "Questions",
    "Findings": "Findings",
    "Memo": "Memo",
}
"""Title of a row to the screen where its verb is done."""


class StatusCard:
    """The card of a case, or of one moment of it when only a status is given."""

    name = "Status"

    def __init__(self, case: Case | None, status: Status | None = None) -> None:
        self.case = case
        self._status = status

    def show(self) -> Reply:
        status = self._status or (self.case.status() if self.case else None)
        return Reply(page=page(status, self._kept()) if status else None)

    def _kept(self) -> Sequence[str]:
        """Notebooks here whose outputs git would take along."""
        return outputs.warnings([Path.cwd(), self.case.folder]) if self.case else ()

    def follow(self) -> Reply:
        return self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        if action != "open" or self.case is None:
            return Reply()
        address = str((given.get("values") or {}).get("address") or "").strip()
        if not address:
            raise BadInputError("Paste the address of a repository on the Hub, or write owner/name.")
        folder = self.case.folder.parent / _slug(address)
        opened = Case.new(folder, address, by=self.case.typist)
        path = place_workbook(folder, opened.asked_for.repo)
        return Reply(line=f"Opened a case about {opened.asked_for.repo}. Its workbook: {path}", focus="own")


def _slug(address: str) -> str:
    """A folder's name for the repo at *address*."""
    named = parse_repo(address).repo.removeprefix("models/")
    return re.sub(r"[^\w.-]+", "-", named).strip("-.").lower()


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


def page(status: Status, kept: Sequence[str] = ()) -> Node:
    """Five rows of title, count and one verb; the last line says what is next.

    *kept* names notebooks whose outputs git would take along.
    """
    rows = [
        el(
            "tr",
            el("th", row.title, scope="row"),
            el("td", visible_line(row.says)),
            el("td", to_screen(row.verb, _SCREENS[row.title]) if row.verb else None),
        )
        for row in status.rows
    ]
    sample = el("p", "A recorded sample: no network is used.", class_="hint") if status.sample else None
    return box(
        el("h3", visible_line(status.title)),
        sample,
        el("p", small(visible_line(status.looked))),
        el("p", visible_line(status.since)) if status.since else None,
        *(el("p", visible_line(one), class_="warning") for one in (*kept, *status.notices)),
        *_dates(status),
        el("table", el("tbody", *rows), class_="status"),
        *(el("p", visible_line(problem), class_="problem") for problem in status.problems),
        el("p", el("strong", "Next: "), capitalized(visible_line(status.next))),
        _own() if status.sample else None,
        class_="card",
    )


def _own() -> Node:
    """From the sample to a case of one's own: one box for an address."""
    return el(
        "form",
        el("label", "Your own: paste the address of a repository on the Hub", for_="own"),
        box(
            el("input", type="text", name="address", id="own", autocomplete="off", class_="short", dir="ltr"),
            el("button", "Open a case", type="submit"),
            class_="row",
        ),
        submits={"action": "open"},
    )


def _dates(status: Status) -> tuple[Node, ...]:
    """Dates that can end the matter, before everything else."""
    listed = bullets([visible_line(one) for one in status.dates])
    return (el("p", el("strong", "Dates that cannot be moved")), listed) if listed else ()
