"""The case folder: where each part of a case lies, and how a folder becomes one."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from duediligence import keeping, ledger
from duediligence.errors import BadInputError, CaseIsNewerError, NotACaseError, NotSavedError
from duediligence.evidence import archive
from duediligence.evidence.manifest import Manifest, numbered_once
from duediligence.history import Record
from duediligence.knowledge.edition import edition_digest
from duediligence.surroundings import command, local_zone

_OURS = {
    "workbook.ipynb",
    ".ipynb_checkpoints",
    ".gitignore",
    ".gitattributes",
    "ledger",
    "captures",
    "memos",
    "law",
    ".drafts",
    ".preview",
    "privileged",
    "attachments",
    "packs",
}
_MOST_BYTES = 20 << 20
_TYPIST = "typist.txt"
# A clone that rewrites line ends would break every digest; drafts and previews are nobody else's.
_GIT_FILES = {
    ".gitattributes": "* -text\n",
    ".gitignore": ".drafts/\n.preview/\nprivileged/\npacks/\n.ipynb_checkpoints/\n*.part\n.*.part\n",
}


class CaseFolder:
    """Paths and plain files of one case; what they mean is the business of others."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ledger = path / "ledger"
        self.captures = path / "captures"
        self.memos = path / "memos"
        self.law = path / "law"
        self.drafts = path / ".drafts"
        self.preview = path / ".preview"
        self.privileged = path / "privileged"
        self.attachments = path / "attachments"

    def create(self) -> None:
        """Make the folder ready for its first event.

        Raises:
            BadInputError: something else lies there.
            NotSavedError: the disk refused.
        """
        if self.path.exists() and not self.path.is_dir():
            raise BadInputError(f"{self.path} is a file. Name a folder for the case.")
        strangers = (
            sorted(p.name for p in self.path.iterdir() if p.name not in _OURS) if self.path.exists() else []
        )
        if strangers:
            raise BadInputError(f"{self.path} is not empty ({strangers[0]} lies there). Name a new folder.")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for name, text in _GIT_FILES.items():
                ledger.write_whole(self.path / name, text.encode())
        except OSError as error:
            raise NotSavedError(
                f"{self.path} cannot be made ({error.strerror}). Nothing was written."
            ) from error

    def ignore_ours(self) -> None:
        """Let git leave out what a new case leaves out, where this one was opened by an earlier version.

        Lines that are there stay, also one that somebody made a comment of: that is their word.

        Raises:
            NotSavedError: the disk refused.
        """
        path = self.path / ".gitignore"
        try:
            before = path.read_bytes() if path.exists() else b""
            said = {line.strip().lstrip(b"#!/ ").rstrip(b"/") for line in before.splitlines()}
            lacking = [
                line for line in _GIT_FILES[path.name].encode().splitlines() if line.rstrip(b"/") not in said
            ]
            if lacking:
                start = before + b"\n" if before and not before.endswith(b"\n") else before
                ledger.write_whole(path, start + b"".join(line + b"\n" for line in lacking))
        except OSError as error:
            raise NotSavedError(f"{path} cannot be written ({error.strerror}).") from error

    def graph(self) -> ledger.Graph:
        """All events.

        Raises:
            NotACaseError: there is no case here.
            CaseIsNewerError: even its first event is of a newer version.
        """
        if not self.path.is_dir():
            raise NotACaseError(
                f"{self.path} does not exist. Open a case there with: {command()} new {self.path} owner/name"
            )
        graph = ledger.read(self.ledger)
        if not any(event.kind == "opened" and ledger.understood(event) for event in graph.events):
            if graph.read_only:
                raise CaseIsNewerError(
                    f"{self.path}: {graph.read_only}. It was left as it is; install that version."
                )
            named = f" {graph.problems[0]}" if graph.problems else ""
            raise NotACaseError(f"{self.path} is no case folder: its ledger holds no opening event.{named}")
        return graph

    def manifests(self, record: Record) -> tuple[Manifest, ...]:
        """The manifests of every capture an event names, oldest first, checked against the event.

        Raises:
            BadInputError: one is missing, altered or of a newer version.
        """
        found = []
        for event in record.gathered:
            path = self.captures / event["capture"] / "manifest.json"
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != event["manifest"]:
                raise BadInputError(
                    f"{path} is not what was captured. See what else: {command()} verify {self.path}"
                )
            found.append(archive.read_manifest(self.captures, event["capture"]))
        return numbered_once(found)

    def keep_law(self, digest: str, files: Mapping[str, str]) -> None:
        """Keep an edition of the law beside the memos issued from it."""
        path = self.law / f"{digest}.json.gz"
        if not path.exists():
            self.law.mkdir(parents=True, exist_ok=True)
            ledger.write_whole(path, _packed(files))

    def read_law(self, digest: str) -> dict[str, str]:
        """A kept edition of the law: path to text.

        Raises:
            BadInputError: it is not there, or not the edition of that digest.
        """
        import gzip
        import zlib

        path = self.law / f"{digest}.json.gz"
        try:
            files: dict[str, str] = json.loads(gzip.decompress(path.read_bytes()))
            whole = edition_digest(files) == digest
        except (OSError, ValueError, EOFError, AttributeError, zlib.error):
            whole = False
        if not whole:
            raise BadInputError(
                f"{path} is not there or altered. See what else: {command()} verify {self.path}"
            )
        return files

    def read_twin(self, issued: Mapping[str, Any]) -> dict[str, Any]:
        """What an issued memo said, as its machine-readable twin keeps it.

        Raises:
            BadInputError: the file is not there, or not as it was issued.
        """
        path = self.memos / str(issued["memo"]) / "memo.json"
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != issued["files"].get("json"):
            raise BadInputError(
                f"{path} is not there or not as it was issued. See what else: {command()} verify {self.path}"
            )
        twin: dict[str, Any] = json.loads(data)
        return twin

    # Drafts: one small file for each address, outside the ledger and outside git.

    def keep_draft(self, address: str, draft: Mapping[str, Any], *, held: bool = False) -> None:
        """Keep what somebody is typing; replaces the draft before it.

        While everything is to be kept (*held*), a draft whose words the new one does not hold is put aside.

        Raises:
            NotSavedError: the disk refused.
        """
        before = self.read_drafts().get(address, {}) if held else {}
        if any(str(words) not in str(draft.get(name, "")) for name, words in before.items()):
            keeping.put_aside(self._draft(address))
        try:
            self.drafts.mkdir(exist_ok=True)
            content = json.dumps({"address": address, "draft": dict(draft)}, ensure_ascii=True)
            ledger.write_whole(self._draft(address), content.encode())
        except OSError as error:
            raise NotSavedError(f"The draft was NOT kept ({error.strerror}). Copy your text.") from error

    def drop_draft(self, address: str, *, held: bool = False) -> None:
        """Forget the draft at *address*, if there is one; put it aside while everything is to be kept."""
        keeping.drop(self._draft(address), held=held)

    def keep_typist(self, name: str) -> None:
        """Keep who types on this computer, beside the drafts: git leaves it out.

        Raises:
            NotSavedError: the disk refused.
        """
        try:
            self.drafts.mkdir(exist_ok=True)
            ledger.write_whole(self.drafts / _TYPIST, name.encode())
        except OSError as error:
            raise NotSavedError(f"The name was NOT kept ({error.strerror}).") from error

    def read_typist(self) -> str | None:
        """The name `keep_typist` kept; ``None`` without one that can be read."""
        try:
            return (self.drafts / _TYPIST).read_text("utf-8") or None
        except (OSError, ValueError):
            # As with drafts: what cannot be read is asked for again.
            return None

    def keep_privileged(self, name: str, text: str) -> Path:
        """Keep a note for counsel beside the record, in a folder that git leaves out.

        Raises:
            NotSavedError: the disk refused.
        """
        path = self.privileged / name
        self.ignore_ours()
        try:
            self.privileged.mkdir(exist_ok=True)
            ledger.write_whole(path, text.encode())
            path.chmod(0o600)
        except OSError as error:
            raise NotSavedError(f"{path} was NOT kept ({error.strerror}). Copy your text.") from error
        return path

    def keep_attachment(self, name: str, data: bytes) -> str:
        """Keep a file that goes with an answer; gives its name in the case, which begins with its digest.

        Raises:
            BadInputError: it is empty or larger than 20 MB.
            NotSavedError: the disk refused.
        """
        own = self.attachment_name(name, data)
        try:
            self.attachments.mkdir(exist_ok=True)
            ledger.write_whole(self.path / own, data)
        except OSError as error:
            raise NotSavedError(f"{name} was NOT kept ({error.strerror}).") from error
        return own

    def attachment_name(self, name: str, data: bytes) -> str:
        """The name in the case of a file that goes with an answer; nothing is written.

        Raises:
            BadInputError: it is empty or larger than 20 MB.
        """
        if not 0 < len(data) <= _MOST_BYTES:
            raise BadInputError(f"{name} was NOT kept: a file that goes with an answer has 1 byte to 20 MB.")
        plain = (
            re.sub(r"[^\w.-]+", "_", PurePosixPath(name.replace("\\", "/")).name).strip("._")[-80:] or "file"
        )
        return f"{self.attachments.name}/{hashlib.sha256(data).hexdigest()[:8]}-{plain}"

    @contextmanager
    def attaching(self, copies: Sequence[tuple[str, bytes]]) -> Iterator[None]:
        """Keep *copies*, each a name and its bytes, for what is done inside; if that fails, none stays.

        Raises:
            NotSavedError: the disk refused one of them.
        """
        # What was there before belongs to an answer or a draft.
        new = [path for one in copies if not (path := self.path / self.attachment_name(*one)).exists()]
        before = sorted(self.ledger.iterdir())
        try:
            for name, data in copies:
                self.keep_attachment(name, data)
            yield
        except BaseException:
            # An event may be there although the disk would not say so; then its files stay too.
            for path in new if sorted(self.ledger.iterdir()) == before else ():
                path.unlink(missing_ok=True)
            raise

    def read_drafts(self) -> dict[str, dict[str, Any]]:
        """Address to draft; a file that cannot be read is left where it is."""
        out = {}
        for path in sorted(self.drafts.glob("*.json")):
            try:
                kept = json.loads(path.read_bytes())
                out[str(kept["address"])] = dict(kept["draft"])
            except (OSError, ValueError, KeyError, TypeError):
                # A draft is no record: what cannot be read here was never an answer, and it stays on disk.
                continue
        return out

    def _draft(self, address: str) -> Path:
        return self.drafts / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.json"


def _packed(files: Mapping[str, str]) -> bytes:
    import gzip

    text = json.dumps(dict(files), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)  # no time inside: one edition is one file


def local_date(moment: datetime, zone: str) -> date:
    """The day of *moment* in the time zone of the case."""
    return moment.astimezone(local_zone(zone)).date()
