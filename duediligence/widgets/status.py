"""The status card: what is known, what is next."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from duediligence.analysis.keydate import FIXED, MOVABLE
from duediligence.case import Case
from duediligence.cautions import BEFORE_ANSWERING
from duediligence.errors import BadInputError, DueDiligenceError
from duediligence.own_workbook import place_workbook
from duediligence.repo import parse_repo
from duediligence.reports import AGAINST, Row, Status
from duediligence.visible import visible_line
from duediligence.widgets import outputs
from duediligence.widgets.places import law_of
from duediligence.widgets.review import provider_list
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Node, box, bullets, el, folded, small, to_screen
from duediligence.widgets.words import capitalized

_SCREENS = {
    "About you": "Questions",
    "What the sources say": "Look at the Hub",
    "Findings": "Findings",
    "Memo": "Memo",
}
"""Title of a row to the screen where its verb is done."""

_SEND = "send"
"""Where the list for the provider stands on the card."""

_NOTE = "note"
"""Where the draft of a note lies; no question has this address."""

_APART = "The command line keeps apart what is only for"


class StatusCard:
    """The card of a case, or of one moment of it when only a status is given."""

    name = "Status"

    def __init__(self, case: Case | None, status: Status | None = None) -> None:
        self.case = case
        self._status = status

    def show(self) -> Reply:
        status = self._status or (self.case.status() if self.case else None)
        note = str(self.case.drafts().get(_NOTE, {}).get("text") or "") if self.case else None
        counsel = self.case.counsel if self.case else None
        return Reply(page=page(status, self._kept(), note, counsel, self._to_send()) if status else None)

    def _to_send(self) -> Node | None:
        return provider_list(self.case.questions(), law_of(self.case).acts) if self.case else None

    def _kept(self) -> Sequence[str]:
        """Notebooks here whose outputs git would take along."""
        return outputs.warnings([Path.cwd(), self.case.folder]) if self.case else ()

    def follow(self) -> Reply:
        return self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        step = {"open": self._open, "note": self._note, "draft": self._draft}.get(action)
        return step(self.case, given.get("values") or {}) if step and self.case else Reply()

    def _note(self, case: Case, values: Mapping[str, Any]) -> Reply:
        text = str(values.get("text") or "")
        try:
            effect = case.note(text, by=case.typist)
        except BadInputError:
            raise
        except DueDiligenceError as error:
            return Reply(problem=f"This note is NOT saved. {error} What you typed is still here.")
        case.drop_draft(_NOTE)
        return Reply(page=self.show().page, line=effect.text, focus="note", changed=True)

    def _draft(self, case: Case, values: Mapping[str, Any]) -> Reply:
        try:
            case.keep_draft(_NOTE, {"text": str(values.get("text") or "")})
        except DueDiligenceError as error:
            return Reply(draft="Draft NOT kept", problem=str(error))
        return Reply(draft="Draft kept", problem="")

    def _open(self, case: Case, values: Mapping[str, Any]) -> Reply:
        address = str(values.get("address") or "").strip()
        if not address:
            raise BadInputError("Paste the address of a repository on the Hub, or write owner/name.")
        folder = case.folder.parent / _slug(address)
        opened = Case.new(folder, address, by=case.typist)
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


def page(
    status: Status,
    kept: Sequence[str] = (),
    note: str | None = None,
    counsel: str | None = None,
    to_send: Node | None = None,
) -> Node:
    """Five rows of title, count and one verb; the last line says what is next.

    *kept* names notebooks whose outputs git would take along; *note* is what was typed of a note and not
    kept yet, ``None`` where none can be added; *counsel* directs the file; *to_send* is what the provider is
    to be asked.
    """
    rows = [
        el(
            "tr",
            el("th", row.title, scope="row"),
            el("td", visible_line(row.says)),
            el("td", _way(row) if row.verb else None),
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
        *_against(status),
        el("table", el("tbody", *rows), class_="status"),
        box(to_send, id=_SEND, tabindex="-1"),
        *(el("p", visible_line(problem), class_="problem") for problem in status.problems),
        el("p", el("strong", "Next: "), capitalized(visible_line(status.next))),
        _note_form(note, counsel) if note is not None else None,
        _own() if status.sample else None,
        class_="card",
    )


def _way(row: Row) -> Node:
    """To the screen where the verb of *row* is done; what can be sent stands on the card itself."""
    if row.title in _SCREENS:
        return to_screen(row.verb or "", _SCREENS[row.title])
    return el("button", row.verb, type="button", class_="link", goes_to=_SEND)


def _note_form(typed: str, counsel: str | None) -> Node:
    """A note for the record, folded; what is typed is a draft until it is kept."""
    form = el(
        "form",
        el("label", "What should be kept? It stays in the record, with your name.", for_="note"),
        el("textarea", typed, name="text", id="note", rows="3", dir="auto", spellcheck="true"),
        el("p", BEFORE_ANSWERING, class_="hint"),
        el("p", f"{_APART} {visible_line(counsel, 60)}: note CASE TEXT --privileged", class_="hint")
        if counsel
        else None,
        box(
            el("button", "Keep", type="submit"), el("span", id="draft", role="status", class_="hint"),
            class_="row",
        ),
        submits={"action": "note"},
        drafts={"action": "draft"},
    )  # fmt: skip
    return folded("Add a note", form, open_=bool(typed))


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
    fixed = bullets([visible_line(one) for one in status.dates])
    days_set = bullets([visible_line(one) for one in status.days_set])
    return (
        *((el("p", el("strong", FIXED)), fixed) if fixed else ()),
        *((el("p", el("strong", MOVABLE)), days_set) if days_set else ()),
    )


def _against(status: Status) -> tuple[Node, ...]:
    """What stands against the plan, before what is still to be done."""
    listed = bullets([visible_line(one) for one in status.against])
    return (el("p", el("strong", AGAINST)), listed) if listed else ()
