"""What a pack is made from: one issued memo, the record up to it, and what may leave the house."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from duediligence.errors import BadInputError
from duediligence.evidence import archive
from duediligence.folder import CaseFolder
from duediligence.history import Record, fold
from duediligence.ledger import Event, Graph
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.inputs import MemoInputs
from duediligence.pack import exchanges, record
from duediligence.pack.choice import LATER, Choice
from duediligence.pack.exhibits import Numbered, numbered
from duediligence.pack.people import People, people_of, public_words, questions_of, without_names
from duediligence.surroundings import command


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a pack is made from."""

    files: CaseFolder
    graph: Graph
    """Every event of the case."""

    issued: Event
    """The event of the memo."""

    inputs: MemoInputs
    """What that memo was made from."""

    choice: Choice

    @cached_property
    def events(self) -> tuple[tuple[Event, str], ...]:
        """The events of the copy, each with why its content is left out, or nothing."""
        return record.copied(self.graph, self.issued, self.choice)

    @cached_property
    def record(self) -> Record:
        """The state the memo was issued in, and who signed it."""
        own = {event.sha256 for event, why in self.events if why != LATER}
        events = tuple(event for event in self.graph.events if event.sha256 in own)
        return fold(Graph(events=events, problems=(), read_only=None))

    @cached_property
    def exhibits(self) -> tuple[Numbered, ...]:
        """Every piece of evidence, those that are left out too."""
        return numbered(Exhibits(self.inputs).evidence, self.choice)

    @cached_property
    def people(self) -> People:
        """Who is named in the record, and what each is called where names are left out."""
        public = public_words(self.inputs, self.choice)
        return people_of(self.record.chronology, questions_of(self.inputs), public)

    @cached_property
    def shown(self) -> MemoInputs:
        """The inputs as the copy may show them."""
        return self.inputs if self.choice.names else without_names(self.inputs, self.people, self.choice)

    @cached_property
    def captures(self) -> Mapping[str, exchanges.Kept | None]:
        """Capture to its exchanges in the copy; ``None`` for one that is an attachment and left out."""
        return {str(event["capture"]): self._exchanges(event) for event in self.record.gathered}

    def _exchanges(self, event: Mapping[str, Any]) -> exchanges.Kept | None:
        if event["event"] == "attached" and not self.choice.attachments:
            return None
        path = self.files.captures / event["capture"] / archive.EXCHANGES
        data = read(path)
        if hashlib.sha256(data).hexdigest() != event["exchanges"]:
            raise BadInputError(
                f"{path} is not what was captured. No pack was made; "
                f"see: {command()} verify {self.files.path}"
            )
        entries = archive.read_manifest(self.files.captures, event["capture"]).entries
        return exchanges.without(data, {one.url for one in entries if self.choice.leaves_out(one.resource)})

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Digests of the last events of the copy."""
        return self.graph.up_to([event.sha256 for event, _ in self.events]).heads()


def read(path: Path) -> bytes:
    """The bytes at *path*, a file of the case.

    Raises:
        BadInputError: it is a link, or cannot be read.
    """
    try:
        if path.is_symlink():
            raise BadInputError(f"{path} is a link and is not followed. No pack was made.")
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read ({error.strerror}). No pack was made.") from error
