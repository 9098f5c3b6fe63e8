"""Everything of a case hashed again: what was altered, removed or added, by name."""

import gzip
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duediligence import ledger
from duediligence.errors import DueDiligenceError
from duediligence.evidence import archive
from duediligence.folder import CaseFolder
from duediligence.history import ATTACHED, Record, fold
from duediligence.knowledge import edition


def verify(folder: Path) -> list[str]:
    """One sentence for each thing in the case at *folder* that is not as it was written; none when all is.

    Whoever holds the folder can rebuild the whole chain of events; a head kept elsewhere shows that.

    Raises:
        NotACaseError: there is no case here.
    """
    return list(verified(folder).problems)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a check found."""

    problems: tuple[str, ...]
    """One sentence for each thing that is not as it was written."""

    redacted: int = 0
    """Events whose content was taken out of a copy; their names, and links to them, are whole."""

    notes: tuple[str, ...] = ()
    """What a copy says is not in it."""


def verified(folder: Path) -> Verified:
    """As `verify`, with the number of events that are redacted in a copy of the case at *folder*.

    Raises:
        NotACaseError: there is no case here.
    """
    files = CaseFolder(folder)
    graph = ledger.read(files.ledger)
    gone = redacted(graph)
    # Of a copy even the opening event may be redacted.
    graph = graph if gone else files.graph()
    record = fold(graph)
    problems = [*graph.problems, *_captures(files, record, whole=not gone)]
    problems += [*_memos(files, record, whole=not gone), *_law(files, record)]
    problems += _attachments(files, record, whole=not gone)
    return Verified(problems=tuple(problems), redacted=gone)


def redacted(graph: ledger.Graph) -> int:
    """How many events of *graph* are redacted."""
    return sum("redacted" in event.content for event in graph.events)


def _captures(files: CaseFolder, record: Record, *, whole: bool) -> Iterator[str]:
    named = {event["capture"] for event in record.gathered}
    if whole:  # else an event that is redacted may name them
        yield from _strangers(files.captures, named)
    for event in record.gathered:
        folder = files.captures / event["capture"]
        wanted = {"manifest.json": event["manifest"], "exchanges.warc.gz": event["exchanges"]}
        whole = True
        for problem in _altered(folder, wanted):
            whole = False
            yield problem
        if whole:
            yield from _bodies(files, event["capture"])


def _bodies(files: CaseFolder, capture: str) -> Iterator[str]:
    for entry in archive.read_manifest(files.captures, capture).entries:
        if entry.sha256 and entry.record:
            try:
                archive.read_body(files.captures, entry)
            except DueDiligenceError as error:
                yield f"{entry.evidence} of {capture}: {error}"


def _attachments(files: CaseFolder, record: Record, *, whole: bool) -> Iterator[str]:
    """A file that goes with an answer bears the beginning of its digest as its name."""
    given = (event for event in record.chronology if event.get("event") == "answered")
    named = sorted({str(name) for event in given for name in event.get("files", ())})
    for name in named:
        folder, _, own = name.partition("/")
        path = files.attachments / own
        if folder != files.attachments.name or "/" in own:
            continue  # a name that somebody wrote; what it means is for them to say
        if not path.exists() and (known := ATTACHED.fullmatch(name)):
            # In a pack a name in foreign letters is written in plain ones; the digits say which file it is.
            path = next(iter(sorted(files.attachments.glob(f"{known[1]}-*"))), path)
        if not path.is_file() or path.is_symlink():
            if whole:
                yield f"{path} is missing."
        elif not own.startswith(f"{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}-"):
            yield f"{path} was altered."


def _memos(files: CaseFolder, record: Record, *, whole: bool) -> Iterator[str]:
    if whole:
        yield from _strangers(files.memos, {event["memo"] for event in record.issued})
    yield from memo_problems(files, record)


def memo_problems(files: CaseFolder, record: Record) -> Iterator[str]:
    """One sentence for each file of an issued memo that is not as it was issued."""
    names = {"html": "memo.html", "json": "memo.json"}
    for event in record.issued:
        wanted = {names.get(form, f"memo.{form}"): digest for form, digest in event["files"].items()}
        yield from _altered(files.memos / event["memo"], wanted)


def _law(files: CaseFolder, record: Record) -> Iterator[str]:
    yield from law_problems(files, {event["law_digest"] for event in record.issued})


def law_problems(files: CaseFolder, digests: Collection[str]) -> Iterator[str]:
    """One sentence for each edition of the law, by its digest, that is not there as it was."""
    for digest in sorted(digests):
        path = files.law / f"{digest}.json.gz"
        try:
            kept: Mapping[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
            if edition.edition_digest(kept) != digest:
                yield f"{path} is not the edition it is named after."
        except (OSError, EOFError, ValueError) as error:
            yield f"{path} cannot be read: {error}."


def _strangers(folder: Path, named: set[str]) -> Iterator[str]:
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name not in named and not path.name.startswith("."):
                yield f"{path} is named by no event and is no evidence."


def altered(path: Path, digest: str) -> Iterator[str]:
    """A sentence when the file at *path* is missing or has another digest."""
    if not path.is_file() or path.is_symlink():
        yield f"{path} is missing."
    elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        yield f"{path} was altered."


def _altered(folder: Path, wanted: Mapping[str, str]) -> Iterator[str]:
    for name, digest in wanted.items():
        yield from altered(folder / name, digest)
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name not in wanted:
                yield f"{path} was added."
