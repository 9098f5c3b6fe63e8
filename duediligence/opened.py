"""A case folder that was opened: what it says, read once for each state of it, and one way to add to it."""

import secrets
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from duediligence import keeping, ledger, snapshot
from duediligence.analysis import questionnaire
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.situation import Asked, Findings
from duediligence.errors import CaseIsNewerError, NothingCapturedError
from duediligence.folder import CaseFolder, local_date
from duediligence.history import fold
from duediligence.knowledge.reader import load_law
from duediligence.repo import RepoRef
from duediligence.snapshot import Snapshot
from duediligence.surroundings import command

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Listener:
    """Who is told what a look does, and how it is stopped."""

    tell: Progress
    stop: threading.Event | None = None


def now_utc() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class OpenedCase:
    """One case folder: what it is about, what it says now, and how an event is added.

    Args:
        folder: an existing case folder.
        clock: gives the time of every event.
        randomness: gives that many random bytes.

    Raises:
        NotACaseError: there is no case in *folder*.
        CaseIsNewerError: a newer version wrote even its first event.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        clock: Callable[[], datetime] = now_utc,
        randomness: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.folder = Path(folder)
        self._files = CaseFolder(self.folder)
        self._clock = clock
        self._randomness = randomness
        self.show_progress: Callable[[], AbstractContextManager[Listener]] = _quiet
        """Shows the progress of a capture that was given none to tell; a notebook sets its own."""

        self.say: Callable[[str], None] = _to_stderr
        """Told in a sentence what became of a file that was in the way of one to be written."""

        self._read: tuple[object, Snapshot] | None = None
        self._stood: tuple[Snapshot, tuple[Asked, ...]] | None = None
        self._applied: tuple[Snapshot, Findings] | None = None
        self._opened = fold(self._files.graph()).opened

    # What it is about.

    @property
    def asked_for(self) -> RepoRef:
        """The repo, revision and discussion the case was opened for."""
        opened = self._opened
        return RepoRef(
            repo=opened["repos"][0], revision=opened.get("revision"), discussion=opened.get("discussion")
        )

    @property
    def repo(self) -> str:
        """Typed id of the repo, by its name of today."""
        return self._reading().lineage.repo

    @property
    def is_sample(self) -> bool:
        """Whether it rests on the recorded sample."""
        return bool(self._opened.get("sample"))

    @property
    def counsel(self) -> str | None:
        """The lawyer who directs the file, if one does."""
        return self._opened.get("counsel")

    @property
    def zone(self) -> str:
        """Time zone of the dates people see."""
        return str(self._opened.get("time_zone", "UTC"))

    def today(self) -> date:
        """The day, in the time zone of the case."""
        return local_date(self._clock(), self.zone)

    # Reading the folder, once for each state of it.

    def _reading(self, as_of: date | None = None) -> Snapshot:
        graph = self._files.graph()
        day = as_of or self.today()
        key = (graph.heads(), graph.problems, day)
        if self._read is None or self._read[0] != key:
            self._read = (key, snapshot.take(self._files, graph, load_law(day)))
        return self._read[1]

    def _captured(self, as_of: date | None = None) -> Snapshot:
        now = self._reading(as_of)
        if not now.record.captures:
            raise NothingCapturedError(
                f"{self.folder} holds no capture yet. Look at the Hub: {command()} capture {self.folder}"
            )
        return now

    def _asked(self, now: Snapshot) -> tuple[Asked, ...]:
        """How every question of *now* stands; worked out once for it, for nothing else counts."""
        if self._stood is None or self._stood[0] is not now:
            self._stood = (now, self._ask(now))
        return self._stood[1]

    def _found(self, now: Snapshot) -> Findings:
        """What the rules say about *now*, likewise."""
        if self._applied is None or self._applied[0] is not now:
            self._applied = (now, apply_rules(now.situation, self._asked(now)))
        return self._applied[1]

    def _ask(self, now: Snapshot) -> tuple[Asked, ...]:
        asked = questionnaire.ask(now.situation)
        if not any(one.changes for one in asked):
            return asked
        # Something differs from what was shown: reading the earlier captures again tells whether the
        # source changed or this program reads the same bytes differently.
        return questionnaire.ask(now.situation, reread=snapshot.read_again(self._files, now))

    # Writing beside the record, and to it.

    @contextmanager
    def telling(self, say: Callable[[str], None]) -> Iterator[None]:
        """Let *say* be told inside what else would be printed."""
        before, self.say = self.say, say
        try:
            yield
        finally:
            self.say = before

    def write(self, path: Path, data: bytes) -> None:
        """Write a file somebody asked for; see `keeping.write` for what becomes of one that is there.

        Raises:
            BadInputError: *path* lies in the record of a case, or somebody has written in it.
            NotSavedError: the disk refused.
        """
        said = keeping.write(path, data, held=fold(self._files.graph()).held is not None)
        if said and self._files.preview not in path.parents:
            self.say(said)

    def _append(self, fields: Mapping[str, Any], *, seen: Sequence[str] | None = None) -> ledger.Event:
        """Write one event that has seen *seen*, everything there when left out."""
        heads = ledger.read(self._files.ledger).heads() if seen is None else seen
        return ledger.append(
            self._files.ledger, fields, seen=heads, clock=self._clock, randomness=self._randomness
        )

    def _refuse_when_read_only(self, graph: ledger.Graph) -> None:
        if graph.read_only:
            raise CaseIsNewerError(
                f"{self.folder} can only be read here: {graph.read_only}. It was left as it is; "
                "install that version to write to it."
            )


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr)


def _quiet() -> AbstractContextManager[Listener]:
    """Progress nobody listens to."""
    return nullcontext(Listener(tell=lambda line: None))
