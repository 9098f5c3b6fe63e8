"""A pack checked: every file against the list, exhibits and archives against the record, what is redacted."""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duediligence import ledger
from duediligence.errors import BadInputError, DueDiligenceError
from duediligence.evidence import archive
from duediligence.evidence.manifest import Entry
from duediligence.folder import CaseFolder
from duediligence.history import Record, attached_to, fold
from duediligence.knowledge.edition import edition_digest
from duediligence.pack import exchanges
from duediligence.pack.zipped import SUMS, is_safe, unzipped
from duediligence.verifying import Verified, altered, law_problems, memo_problems, redacted

_LINE = re.compile(r"([0-9a-f]{64})  (.+)", re.ASCII)
_TOLD = "contents.json"


def is_pack(path: Path) -> bool:
    """Whether *path* is to be read as a pack: a file, or a folder with its list of digests."""
    return path.is_file() or (path / SUMS).is_file()


def verify(path: Path) -> Verified:
    """What is not as it was made in the pack at *path*, a ZIP or the folder it was unpacked into.

    Raises:
        BadInputError: it cannot be read as a pack.
    """
    if path.is_dir():
        return _verified(path)
    with tempfile.TemporaryDirectory() as folder:
        try:
            problems = list(unzipped(path, Path(folder)))
            found = _verified(Path(folder))
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            raise BadInputError(f"{path} cannot be read as a pack ({error}). Take a whole copy.") from error
        # The folder is gone when anybody reads this.
        named = [problem.replace(f"{folder}/", f"{path}: ") for problem in found.problems]
        return Verified(problems=(*problems, *named), redacted=found.redacted, notes=found.notes)


def _verified(root: Path) -> Verified:
    problems = list(_against_list(root))
    try:
        told = json.loads((root / _TOLD).read_bytes())
        if told["set"] != "facts":
            return Verified(problems=tuple(problems))
        pack = _Pack(root=root, told=told)
        problems += pack.problems()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problems.append(f"{root / _TOLD} cannot be read as that of a pack: {error!r}.")
        return Verified(problems=tuple(problems))
    # The list of digests and the list of exhibits may both know that a file was altered.
    problems = list(dict.fromkeys(problems))
    return Verified(problems=tuple(problems), redacted=redacted(pack.graph), notes=tuple(pack.notes()))


def _against_list(root: Path) -> Iterator[str]:
    try:
        lines = (root / SUMS).read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{root / SUMS} cannot be read: {error}. It is no pack.") from error
    listed: set[str] = set()
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None or not is_safe(found[2]):
            yield f"{root / SUMS}: a line is none of a pack: {line[:80]!r}."
            continue
        listed.add(found[2])
        yield from altered(root / found[2], found[1])
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in listed | {SUMS}:
            yield f"{path} was added."


@dataclass(frozen=True, kw_only=True)
class _Pack:
    """A pack of facts, unpacked."""

    root: Path
    told: Mapping[str, Any]
    _received: dict[str, set[str | None]] = field(default_factory=dict)
    """Digits of a number to the digests of what was received under it."""

    @property
    def files(self) -> CaseFolder:
        return CaseFolder(self.root / "record")

    @property
    def graph(self) -> ledger.Graph:
        return ledger.read(self.files.ledger)

    def problems(self) -> Iterator[str]:
        """One sentence for each thing in it that does not fit."""
        graph = self.graph
        if not graph.events:
            yield f"{self.files.ledger} holds no event."
        yield from graph.problems
        record = fold(graph)
        yield from self._captures(record)
        yield from self._exhibits()
        yield from self._attached(record)
        if record.issued:
            yield from memo_problems(self.files, record)
            yield from self._memo(record)
        yield from law_problems(self.files, {self.told["law_digest"]})
        yield from self._law()

    def notes(self) -> Iterator[str]:
        """What the pack says is left out."""
        gone = [one["evidence"] for one in self.told["exhibits"] if one["left_out"]]
        if gone:
            yield f"Exhibits left out of this copy: {', '.join(map(str, gone))}."
        files = {one["begins"] for one in self.told.get("attached", ()) if not one["file"]}
        if files:
            yield f"Files that answers rest on, left out of this copy: {len(files)}."
        records = sum(int(one["records_left_out"]) for one in self.told["captures"])
        if records:
            yield f"Records left out of its web archives: {records}."

    def _captures(self, record: Record) -> Iterator[str]:
        by_name = {str(event["capture"]): event for event in record.gathered}
        names = {str(one["capture"]) for one in self.told["captures"]}
        yield from (
            f"Capture {name} of the record is not in the pack." for name in sorted({*by_name} - names)
        )
        for one in self.told["captures"]:
            if not is_safe(str(one["capture"])):
                yield f"{one['capture']!r} is no name of a capture."
            elif not one["left_out"] or (self.files.captures / one["capture"]).exists():
                yield from self._capture(one, by_name.get(one["capture"], {}))

    def _capture(self, one: Mapping[str, Any], event: Mapping[str, Any]) -> Iterator[str]:
        folder = self.files.captures / one["capture"]
        wanted = {archive.MANIFEST: event.get("manifest")}
        if not one["left_out"] and not one["records_left_out"]:
            wanted[archive.EXCHANGES] = event.get("exchanges")
        for name, digest in wanted.items():
            yield from altered(folder / name, digest) if digest else ()
        try:
            entries = archive.read_manifest(self.files.captures, one["capture"]).entries
        except DueDiligenceError as error:
            yield str(error)
            return
        for entry in entries:
            self._received.setdefault(_digits(entry.evidence), set()).add(entry.sha256)
        if not one["left_out"]:
            yield from self._bodies(folder, [e for e in entries if e.record and e.record[0] == folder.name])

    def _bodies(self, folder: Path, entries: list[Entry]) -> Iterator[str]:
        """Every body whose record should be in this archive is in it, wherever it lies."""
        try:
            there = exchanges.digests((folder / archive.EXCHANGES).read_bytes())
        except Exception as error:
            # A flipped bit shows as any error of the archive's or the compression's reader.
            yield f"{folder / archive.EXCHANGES} cannot be read: {error!r}."
            return
        gone = {one["sha256"] for one in self.told["exhibits"] if one["left_out"]}
        for entry in entries:
            if entry.sha256 and entry.sha256 not in there | gone:
                yield f"{entry.evidence} is not in {folder / archive.EXCHANGES} as it was received."

    def _exhibits(self) -> Iterator[str]:
        for one in self.told["exhibits"]:
            received = self._received.get(_digits(one["evidence"]), set())
            # The list of an attachment that is left out may be left out with it.
            if one["sha256"] not in received and (received or not one["left_out"]):
                yield f"{one['evidence']} is not the body that was received under this number."
            if one["file"] and is_safe(str(one["file"])):
                yield from altered(self.root / one["file"], str(one["sha256"]))
            elif not one["left_out"]:
                yield f"{one['evidence']} is not in the pack."

    def _attached(self, record: Record) -> Iterator[str]:
        """Files that answers rest on: told of each, and as they were given where they are there."""
        told = self.told.get("attached", ())
        begins = {str(one["begins"]) for one in told}
        for name in attached_to(record.chronology):
            if name.partition("/")[2].partition("-")[0] not in begins:
                yield f"{name}, on which an answer rests, is not told of in the pack."
        for one in told:
            if one["file"] and is_safe(str(one["file"])):
                yield from altered(self.root / one["file"], str(one["sha256"]))
                if not str(one["sha256"]).startswith(str(one["begins"])):
                    yield f"{self.root / one['file']} is not the file that was attached."

    def _memo(self, record: Record) -> Iterator[str]:
        issued = next((one for one in record.issued if one["memo"] == self.told["memo"]), None)
        if issued is None:
            yield f"Memo {self.told['memo']} was not issued, as the record has it."
            return
        there = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (self.root / "memo").glob("*")}
        for form, digest in issued["files"].items():
            if digest not in there:
                yield f"{self.root / 'memo'} does not hold the memo as it was issued ({form})."

    def _law(self) -> Iterator[str]:
        folder = self.root / "law"
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace")
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        if edition_digest(files) != self.told["law_digest"]:
            yield f"{folder} is not the edition of the law that the memo names."


def _digits(number: str | None) -> str:
    """``8`` for ``E8`` and ``E8b``: the letter depends on captures that may not all be here."""
    return re.sub(r"\D", "", str(number))
