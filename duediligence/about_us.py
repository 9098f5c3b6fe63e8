"""What cases beside this one were told about whoever asks: offered in the next, never taken by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from duediligence.analysis.situation import Asked
from duediligence.errors import DueDiligenceError
from duediligence.folder import CaseFolder, local_date
from duediligence.history import Answer, Record, fold
from duediligence.memo.words import on_day

QUESTIONS = (
    "use.entity",
    "use.principal-place",
    "use.domicile",
    "use.research-organisation",
    "use.company-control",
    "use.revenue",
    "use.monthly-users",
)
"""Questions whose answer is about the asker, whatever the model."""

_MOST_CASES = 50
_MOST = 3


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An answer that was given to the same question in another case."""

    case: str
    """Name of its folder."""

    on: date
    answer: Answer

    @property
    def reason(self) -> str:
        """Where it comes from, as the reason of an answer taken from it."""
        return f"as in {self.case}, {on_day(self.on)}"


def earlier(folder: Path, asked: Asked) -> tuple[Earlier, ...]:
    """What was answered to *asked* in cases in the folder that *folder* lies in, the newest first.

    Each answer once and three at most. Left out are unknowns, answers in dispute or to other words, the
    sample, cases a lawyer directs, and what cannot be read whole.
    """
    if asked.question.id not in QUESTIONS or asked.about is not None:
        return ()
    found = sorted(_found(folder.resolve(), asked), key=lambda one: one.answer.at, reverse=True)
    newest = {one.answer.value: one for one in reversed(found)}
    return tuple(one for one in found if newest[one.answer.value] is one)[:_MOST]


def _found(ours: Path, asked: Asked) -> Iterator[Earlier]:
    for path, state in _beside(ours):
        record = _record(path, state)
        answers = record.answers.get((asked.question.id, None), ()) if record else ()
        if record is None or len(answers) != 1:
            continue
        (answer,) = answers
        if answer.value != "unknown" and answer.shown.text == asked.text:
            zone = str(record.opened.get("time_zone", "UTC"))
            on = local_date(datetime.fromisoformat(answer.at), zone)
            yield Earlier(case=path.name, on=on, answer=answer)


def _beside(ours: Path) -> list[tuple[Path, int]]:
    """Folders beside *ours* that may be cases, each with when its last event came, the newest first.

    Links are not followed.
    """
    try:
        near = [path for path in ours.parent.iterdir() if path != ours and not path.is_symlink()]
        ledgers = [path / "ledger" for path in near if (path / "ledger").is_dir()]
        came = [(path.parent, path.stat().st_mtime_ns) for path in ledgers]
    except OSError:
        # Nothing is missing from this case: its own questions can be answered all the same.
        return []
    return sorted(came, key=lambda one: one[1], reverse=True)[:_MOST_CASES]


@lru_cache(maxsize=_MOST_CASES)
def _record(path: Path, state: int) -> Record | None:
    """The state of the case at *path*, read once for each *state*; ``None`` for one not read from here."""
    try:
        graph = CaseFolder(path).graph()
    except (DueDiligenceError, OSError):
        # It is somebody else's case as far as this one knows; whoever opens it is told what is wrong.
        return None
    if graph.problems or graph.read_only:
        return None
    record = fold(graph)
    return None if record.opened.get("counsel") or record.opened.get("sample") else record
