"""What a case tells after each step, as values that read well in a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duediligence.analysis.changes import Change, Comparison
from duediligence.analysis.disputes import Derivative
from duediligence.analysis.keydate import FIXED, MOVABLE, KeyDate
from duediligence.analysis.matrix import Matrix
from duediligence.analysis.situation import Findings
from duediligence.changes_text import comparison_text, fact_lines, headlines
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Lineage
from duediligence.memo.chronology import Happened
from duediligence.memo.timeline import Timeline
from duediligence.not_there import instead, not_there
from duediligence.repo import shown
from duediligence.visible import visible_line

if TYPE_CHECKING:
    import pandas

    from duediligence.case import Case
    from duediligence.issuing import Rendered


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the status card."""

    title: str
    says: str
    """A count and what it counts."""

    verb: str | None
    """What can be done there; ``None`` when nothing is open."""


AGAINST = "What the record sets against the plan"


@dataclass(frozen=True, kw_only=True)
class Status:
    """Where a case stands: what is known, what is next."""

    title: str
    """The repo, as people write it."""

    looked: str
    """Which revision was read and when, in words."""

    rows: tuple[Row, ...]
    next: str
    since: str = ""
    """What happened after the last entry of whoever looks, in a sentence; empty when nothing did."""

    dates: tuple[str, ...] = ()
    """Dates that can end or change the matter, one sentence each; they come before everything else."""

    days_set: tuple[str, ...] = ()
    """Days people set themselves, one sentence each."""

    against: tuple[str, ...] = ()
    """What the record sets against the plan, one sentence each, the heaviest first."""

    problems: tuple[str, ...] = ()
    """Files that could not be read, and why nothing can be added, if so."""

    notices: tuple[str, ...] = ()
    """A hold, a lawyer who directs the file, legal sources that are due for review."""

    sample: bool = False

    def __str__(self) -> str:
        width = max((len(row.title) for row in self.rows), default=0)
        lines = [self.title + (" (a recorded sample)" if self.sample else ""), f"  {self.looked}"]
        lines += [f"  {self.since}"] if self.since else []
        lines += [f"  {one}" for one in self.notices]
        if self.dates:
            lines += [f"  {FIXED}", *(f"    {one}" for one in self.dates)]
        if self.days_set:
            lines += [f"  {MOVABLE}", *(f"    {one}" for one in self.days_set)]
        if self.against:
            lines += [f"  {AGAINST}", *(f"    {one}" for one in self.against)]
        for row in self.rows:
            lines.append(f"  {row.title:<{width}}  {row.says}" + (f" · {row.verb}" if row.verb else ""))
        lines += [f"  {problem}" for problem in self.problems]
        return "\n".join([*lines, f"Next: {self.next}"])


@dataclass(frozen=True, kw_only=True)
class CaptureReport:
    """What one look at the Hub brought, or that none was needed."""

    capture: str
    looked_at: str
    """When, in words."""

    reused: bool
    """True when a capture younger than a day was used again and nothing was sent."""

    account: bool
    """Whether a token was sent."""

    endpoint: str
    entries: tuple[Entry, ...]
    limits: tuple[str, ...]
    changes: tuple[Change, ...]
    repo_state: str
    """State of the repo the case is about."""

    first: bool
    """True for the first capture of the case."""

    case: "Case | None" = None
    """The case it belongs to, for the screen that offers to look again."""

    @property
    def not_there(self) -> str:
        """That the repo itself is not there, and what may be done; empty where it is."""
        if self.repo_state != "not_found":
            return ""
        repo = self.entries[0].repo
        return f"{not_there(repo)}. {instead(repo)}"

    def counts(self) -> Mapping[str, int]:
        """State to number of resources."""
        out: dict[str, int] = {}
        for entry in self.entries:
            out[entry.state] = out.get(entry.state, 0) + 1
        return out

    def __str__(self) -> str:
        repos = len({entry.repo for entry in self.entries})
        account = "with an account" if self.account else "no account used"
        things = "1 thing asked" if len(self.entries) == 1 else f"{len(self.entries)} things asked"
        counted = "1 repository" if repos == 1 else f"{repos} repositories"
        again = " A capture younger than a day was used again; nothing was sent." if self.reused else ""
        lines = [f"Looked {self.looked_at} · {counted} · {things} · {account}.{again}"]
        for state, words in STATE_WORDS.items():
            named = [f"{shown(e.repo)} {e.resource}" for e in self.entries if e.state == state]
            if named and state not in ("present", "empty"):
                lines.append(f"  {words}: {visible_line(', '.join(named), 300)}")
        lines += [f"  Not looked at: {visible_line(limit)}" for limit in self.limits]
        lines += [f"  Changed: {line}" for line in fact_lines(self.changes)]
        return "\n".join(lines)


STATE_WORDS = {
    "present": "received",
    "empty": "received, empty",
    "not_found": "not there, or private (the Hub does not say which)",
    "gated": "needs access",
    "disabled": "disabled by the Hub",
    "renamed": "renamed",
    "unreachable": "not reached",
    "unreadable": "received, cannot be read",
}


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What one answer or decision changed, in one line."""

    text: str
    event: str
    """First digits of the event that keeps it."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The facts of a case, for looking at."""

    facts: tuple[Fact, ...]
    around: Mapping[str, tuple[str, str]]
    """Id of a quoted fact to the sentence before and the one after it."""

    case: "Case"

    def table(self) -> "pandas.DataFrame":
        """The facts as a pandas frame, one row each; columns are the names of the JSON form."""
        import pandas

        return pandas.DataFrame([fact.to_json() for fact in self.facts])


@dataclass(frozen=True, kw_only=True)
class Tree(Lineage):
    """The lineage of a case, with the case, for deciding on what only the prose names."""

    case: "Case"

    def table(self) -> "pandas.DataFrame":
        """The edges as a pandas frame, one row each; columns are the names of the JSON form."""
        import pandas

        return pandas.DataFrame(self.edges_to_json())


@dataclass(frozen=True, kw_only=True)
class Found(Findings):
    """The findings of a case, with the case, so that a screen can follow the answers."""

    case: "Case"


@dataclass(frozen=True, kw_only=True)
class Senses(Derivative):
    """The three questions behind *derivative*, with the case, so that a screen can follow the answers."""

    case: "Case"


@dataclass(frozen=True, kw_only=True)
class Grid(Matrix):
    """The legal-basis matrix of a case, with the case, so that a screen can follow the answers."""

    case: "Case"


@dataclass(frozen=True, kw_only=True)
class News(Comparison):
    """What differs between two moments of a case, with the case, for keeping or changing answers."""

    case: "Case"
    wanted: tuple[str | None, str | None] = (None, None)
    """The moments as they were named, to compare anew."""

    def __str__(self) -> str:
        return comparison_text(self)


@dataclass(frozen=True, kw_only=True)
class Chronicle:
    """The case over time: what happened, in the order of the record, and the dates to watch."""

    rows: tuple[Happened, ...]
    dates: tuple[KeyDate, ...]
    """Those that have a day and wait for something, the earliest first."""

    drawn: Timeline | None
    """The same as a picture."""

    case: "Case"

    def table(self) -> "pandas.DataFrame":
        """What happened as a pandas frame: when, what, who."""
        import pandas

        return pandas.DataFrame(
            [{"when": row.when, "what": row.what.text, "who": row.who} for row in self.rows]
        )

    def __str__(self) -> str:
        when = max((len(row.when) for row in self.rows), default=0)
        lines = [
            f"{row.when:<{when}}  {visible_line(row.what.text, 300)}  [{visible_line(row.who, 60)}]"
            for row in self.rows
        ]
        return "\n".join([*lines, *dates_lines(self.dates)])


def dates_lines(dates: Sequence[KeyDate]) -> list[str]:
    """The dates to watch, one line each: first what lies ahead."""
    lines = []
    for head, state in (("Ahead:", "running"), ("Passed:", "passed")):
        found = [f"  {visible_line(str(one))}" for one in dates if one.state == state]
        lines += [head, *found] if found else []
    return lines


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """The questions of a case, for answering."""

    case: "Case"

    def table(self) -> "pandas.DataFrame":
        """The questions as a pandas frame, one row each; columns are the names of the JSON form."""
        import pandas

        return pandas.DataFrame([one.to_json() for one in self.case.questions()])


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A memo that was issued."""

    path: Path
    """The HTML file."""

    new: bool
    """False when this very memo had been issued before; then nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Reissued:
    """An issued memo, made again from the record."""

    memo: str
    rendered: "Rendered"
    html: str
    json: str
    same: bool
    """Whether page and twin are byte for byte what was issued."""

    program: str
    """The version it was issued with."""

    kept: Path | None
    """The page that was issued; ``None`` when it is not there any more, or altered."""

    def __str__(self) -> str:
        if self.same:
            return f"{self.memo}: made again from the record, byte for byte as issued."
        ours = "it was altered or is not there" if self.kept is None else f"the memo is {self.kept}"
        return (
            f"{self.memo}: this program makes other bytes of the same record (it was issued with "
            f"{self.program}); {ours}."
        )


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A pack that was written."""

    path: Path
    sha256: str
    """Of the ZIP: whoever has it from you another way can tell that the pack is yours."""

    left_out: tuple[str, ...] = ()
    """What is not in it, one sentence each."""


@dataclass(frozen=True, kw_only=True)
class Outdated:
    """Whether a case is behind: what differs at the Hub now, and what is due."""

    folder: Path
    changes: tuple[Change, ...]
    another_look: int
    """Answers that need another look already."""

    two_answers: int
    """Questions with answers that did not know of each other."""

    passed: tuple[str, ...]
    """Dates that have passed, one sentence each."""

    overdue: int
    """Legal sources past the day they were to be looked at again."""

    @property
    def behind(self) -> bool:
        return bool(self.changes or self.another_look or self.two_answers or self.passed or self.overdue)

    def __str__(self) -> str:
        parts = []
        if self.changes:
            told, others = headlines(self.changes)
            more = f" (and {others} more)" if others else ""
            parts.append(f"{'; '.join(told)}{more}")
        if self.another_look:
            answers = "1 answer needs" if self.another_look == 1 else f"{self.another_look} answers need"
            parts.append(f"{answers} another look")
        if self.two_answers:
            has = "1 question has" if self.two_answers == 1 else f"{self.two_answers} questions have"
            parts.append(f"{has} two answers, one to be chosen")
        if self.passed:
            parts.append(
                "1 date has passed" if len(self.passed) == 1 else f"{len(self.passed)} dates have passed"
            )
        if self.overdue:
            parts.append(f"{self.overdue} legal sources are due for review")
        return f"{self.folder}: {'; '.join(parts) or 'nothing that is read here has changed'}"

    def to_json(self) -> dict[str, Any]:
        """One row of ``outdated --json``."""
        return {
            "case": str(self.folder),
            "outdated": self.behind,
            "facts": [one.to_json() for one in self.changes],
            "needs_another_look": self.another_look,
            "two_answers": self.two_answers,
            "passed": list(self.passed),
            "sources_due": self.overdue,
        }


@dataclass(frozen=True, kw_only=True)
class MemoPreview:
    """A memo as it would be issued now."""

    html: str
    path: Path | None
    """Where the preview was written; git leaves it out. ``None`` where a lawyer directs the file."""

    case: "Case"

    def issue(self) -> Issued:
        """Issue it: see `Case.issue`."""
        return self.case.issue()
