"""What a look at the Hub brought, and looking again now, with a way to stop."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from duediligence.case import Case
from duediligence.changes_text import fact_lines
from duediligence.errors import DueDiligenceError, StoppedError
from duediligence.evidence.manifest import Entry
from duediligence.memo.words import counted
from duediligence.repo import shown
from duediligence.reports import STATE_WORDS, CaptureReport
from duediligence.visible import visible_line
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Child, Node, box, bullets, el, folded, limited, small
from duediligence.widgets.words import capitalized

_LINES = 8
_ROWS = 40


class Running:
    """A look that a cell waits for: its last lines, and how it is stopped.

    While a cell runs a button may not reach the kernel; JupyterLab's own ■ always does.
    """

    name = "Look at the Hub"
    case = None

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._lines: list[str] = []

    def heard(self, line: str) -> Reply:
        """The screen after one more step."""
        self._lines.append(line)
        return self.show()

    def show(self) -> Reply:
        return Reply(page=running(self._lines, el("p", "To stop: ■ above, or Kernel ▸ Interrupt Kernel.")))

    def follow(self) -> Reply:
        return Reply()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        return Reply()


class Looking:
    """The report of the last look; asking the Hub again is a button, never a cell."""

    name = "Look at the Hub"

    def __init__(self, report: CaptureReport) -> None:
        self.case: Case | None = report.case
        self._report = report
        self._open = not report.entries or report.repo_state not in ("present", "empty", "renamed", "gated")
        self._news = not report.reused
        self._stop: threading.Event | None = None
        self._thread: threading.Thread | None = None
        self._lines: list[str] = []

    def show(self) -> Reply:
        if self._stop:
            return Reply(page=running(self._lines))
        # A look that a cell took is news to the screens above it; one that was used again is not.
        news, self._news = self._news, False
        return Reply(page=page(self._report, self._open, self.case is not None), changed=news)

    def follow(self) -> Reply:
        return Reply()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        if action == "look" and self.case and not self._stop:
            self._stop = threading.Event()
            self._lines = []
            self._thread = threading.Thread(
                target=self._look, args=(self.case, self._stop, tell), daemon=True
            )
            self._thread.start()
            return Reply(page=running(self._lines), focus="stop", problem="")
        if action == "stop" and self._stop:
            self._stop.set()
            return Reply(line="Stopping …")
        return Reply()

    def wait(self) -> None:
        """Come back when no look is running."""
        if self._thread:
            self._thread.join()

    def _look(self, case: Case, stop: threading.Event, tell: Tell) -> None:
        def heard(line: str) -> None:
            self._lines.append(line)
            tell(Reply(page=running(self._lines), line=visible_line(line)))

        try:
            self._report = case.capture(force=True, progress=heard, stop=stop)
            told = Reply(line=changed_in_words(self._report), changed=True)
        except StoppedError as error:
            told = Reply(line=str(error))
        except DueDiligenceError as error:
            told = Reply(problem=str(error))
        except Exception as error:
            # A thread that dies quietly would leave "running" on the screen for ever.
            told = Reply(problem=f"Nothing was captured: {type(error).__name__}: {error}.")
        self._stop = None
        page_now = page(self._report, self._open, True)
        tell(Reply(page=page_now, focus="look", line=told.line, problem=told.problem, changed=told.changed))


def running(said: Sequence[str], stop: Node | None = None) -> Node:
    """The last lines of a look, and what stops it: a button, or *stop*."""
    lines = [el("p", visible_line(line)) for line in said[-_LINES:]]
    return box(
        el("p", el("strong", "Looking at the Hub …")),
        box(*lines, class_="running"),
        stop or el("button", "Stop", type="button", id="stop", action={"action": "stop"}),
        class_="card",
    )


def page(report: CaptureReport, open_: bool, can_look: bool) -> Node:
    """One line that opens into what was received, what is missing, and what was not looked at."""
    return box(
        el("p", capitalized(report.not_there), class_="warning") if report.not_there else None,
        folded(
            headline(report),
            *_details(report),
            open_=open_,
        ),
        el("p", f"Changed since the look before: {counted(len(report.changes), 'fact')}.")
        if report.changes
        else None,
        bullets(
            (el("span", visible_line(line)) for line in fact_lines(report.changes)[:_ROWS]), class_="facts"
        ),
        box(
            el("button", "Check the Hub now", type="button", id="look", action={"action": "look"}),
            small("Asks again, even if the last look is younger than a day. Nobody is notified."),
            class_="row",
        )
        if can_look
        else None,
        class_="card",
    )


def headline(report: CaptureReport) -> str:
    """``Looked 2026-11-22 10:41 UTC · 1 repository · 7 things asked · no account used``."""
    repos = counted(len({entry.repo for entry in report.entries}), "repository", "repositories")
    account = "with an account" if report.account else "no account used"
    again = " · younger than a day, so nothing was sent" if report.reused else ""
    things = counted(len(report.entries), "thing")
    return f"Looked {report.looked_at} · {repos} · {things} asked · {account}{again}"


def changed_in_words(report: CaptureReport) -> str:
    """What a new look changed, in one line."""
    if not report.changes:
        return "Looked again. Nothing the sources say has changed."
    return (
        f"Looked again. {counted(len(report.changes), 'fact')} changed; see which answers need another look."
    )


def _details(report: CaptureReport) -> list[Child]:
    groups = {
        "Received": ("present", "empty", "renamed"),
        "Not there": ("not_found", "disabled"),
        "Needs access": ("gated",),
        "Unreadable": ("unreadable",),
        "Not reached": ("unreachable",),
    }
    out: list[Child] = []
    for title, states in groups.items():
        entries = [entry for entry in report.entries if entry.state in states]
        if entries:
            rows = limited(
                [_row(entry, title) for entry in entries], _ROWS, "they stand in the manifest of the capture"
            )
            out.append(
                folded(
                    f"{title} ({len(entries)})", el("ul", *rows, class_="facts"), open_=title != "Received"
                )
            )
        else:
            out.append(el("p", f"{title}: none.", class_="hint"))
    out.append(el("p", "What was not looked at", class_="label"))
    fixed = ("What the datasets hold, and every link in a card: neither is opened.",)
    out.append(bullets([*(visible_line(limit) for limit in report.limits), *fixed]))
    return out


def _row(entry: Entry, title: str) -> Node:
    words = STATE_WORDS.get(entry.state, entry.state)
    more = [entry.evidence, words if words.lower() != title.lower() else None, entry.reason]
    if entry.now:
        more.append(f"now {shown(entry.now)}")
    tail = " · ".join(visible_line(part, 200) for part in more if part)
    name = visible_line(f"{shown(entry.repo)} {entry.resource}", 160)
    return el("li", name, small(f" · {tail}") if tail else None)
