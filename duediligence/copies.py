"""What exists of a case and where: for whoever must produce it, keep it or give it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duediligence.folder import CaseFolder
from duediligence.surroundings import shared_through

_KINDS = {
    "ledger": "answers, decisions and notes",
    "captures": "what the Hub sent",
    "memos": "issued memos with their twins",
    "law": "editions of the law files",
    ".drafts": "drafts of answers",
    ".preview": "previews of the memo",
    "packs": "packs that were made to be sent",
    "privileged": "notes for counsel, outside the record",
    "attachments": "files that go with answers",
    ".ipynb_checkpoints": "copies JupyterLab makes of the notebook",
}
_NOT_KNOWN = (
    "Copies outside this folder are not known here: exports by --output, backups, mails, other clones."
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of file in one place."""

    what: str
    where: Path
    files: int
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Copies:
    """Everything that lies in a case folder."""

    kept: tuple[Kept, ...]
    remote: str | None
    """Address of the git remote the folder would be pushed to."""

    not_known: str = _NOT_KNOWN

    def __str__(self) -> str:
        lines = [f"{one.where}: {one.what}, {_counted(one)}" for one in self.kept]
        if self.remote:
            lines.append(f"git remote {self.remote}: what was pushed there")
        return "\n".join([*lines, self.not_known])

    def to_json(self) -> dict[str, Any]:
        """The object behind ``copies --json``; sizes in bytes."""
        return {
            "copies": [
                {"what": one.what, "where": str(one.where), "files": one.files, "bytes": one.bytes}
                for one in self.kept
            ],
            "remote": self.remote,
            "not_known": self.not_known,
        }


def copies_of(files: CaseFolder) -> Copies:
    """What lies in the folder of a case, by kind; sorted by place."""
    return Copies(kept=tuple(_kept(files.path)), remote=shared_through(files.path))


def _kept(folder: Path) -> Iterator[Kept]:
    for name in sorted(path.name for path in folder.iterdir()):
        place = folder / name
        if place.is_dir():
            sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
        else:
            sizes = [place.stat().st_size]
        if sizes:
            what = _KINDS.get(name, "the notebook" if name.endswith(".ipynb") else "other files")
            yield Kept(what=what, where=place, files=len(sizes), bytes=sum(sizes))


def _counted(one: Kept) -> str:
    size = f"{one.bytes} bytes" if one.bytes < 1000 else f"{round(one.bytes / 1000)} kB"
    return f"1 file, {size}" if one.files == 1 else f"{one.files} files, {size}"
