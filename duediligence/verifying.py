"""Everything of a case hashed again: what was altered, removed or added, by name."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from duediligence.errors import DueDiligenceError
from duediligence.evidence import archive
from duediligence.folder import CaseFolder
from duediligence.history import Record, fold
from duediligence.knowledge import edition


def verify(folder: Path) -> list[str]:
    """One sentence for each thing in the case at *folder* that is not as it was written; none when all is.

    Whoever holds the folder can rebuild the whole chain of events; a head kept elsewhere shows that.

    Raises:
        NotACaseError: there is no case here.
    """
    files = CaseFolder(folder)
    graph = files.graph()
    record = fold(graph)
    return [*graph.problems, *_captures(files, record), *_memos(files, record), *_law(files, record)]


def _captures(files: CaseFolder, record: Record) -> Iterator[str]:
    named = {event["capture"] for event in record.gathered}
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


def _memos(files: CaseFolder, record: Record) -> Iterator[str]:
    yield from _strangers(files.memos, {event["memo"] for event in record.issued})
    names = {"html": "memo.html", "json": "memo.json"}
    for event in record.issued:
        wanted = {names.get(form, f"memo.{form}"): digest for form, digest in event["files"].items()}
        yield from _altered(files.memos / event["memo"], wanted)


def _law(files: CaseFolder, record: Record) -> Iterator[str]:
    for digest in sorted({event["law_digest"] for event in record.issued}):
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


def _altered(folder: Path, wanted: Mapping[str, str]) -> Iterator[str]:
    for name, digest in wanted.items():
        path = folder / name
        if not path.is_file() or path.is_symlink():
            yield f"{path} is missing."
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{path} was altered."
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name not in wanted:
                yield f"{path} was added."
