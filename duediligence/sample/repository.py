"""A repository as the sample Hub keeps it: info, commits, discussions and files, read from a folder."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("models", "datasets")
_ABOUT = ("info.json", "commits.json", "discussions.json", "source.json")


@dataclass
class Repository:
    """What the Hub holds under one id. Tests change it; everybody else leaves it alone."""

    kind: str
    id: str
    info: dict[str, Any]
    commits: list[dict[str, Any]] = field(default_factory=list)
    discussions: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """By path, as they are at the head."""

    earlier: dict[str, tuple[dict[str, Any], dict[str, bytes]]] = field(default_factory=dict)
    """Info and files at commits that are no longer the head."""

    @property
    def head(self) -> str:
        """The newest commit; an info that names none still has one."""
        sha = self.info.get("sha")
        return sha if isinstance(sha, str) else hashlib.sha1(self.id.encode()).hexdigest()

    def at(self, revision: str) -> tuple[Mapping[str, Any], Mapping[str, bytes]] | None:
        """Info and files at *revision*: ``main`` or a commit; ``None`` when there is no such thing."""
        if revision in ("main", "HEAD", "refs/heads/main", self.head):
            return self.info, self.files
        return self.earlier.get(revision)


def read_repositories(folder: Path) -> dict[tuple[str, str], Repository]:
    """Every repository under *folder*, laid out ``<models|datasets>/<owner>/<name>/``, by kind and id."""
    found = {}
    for kind in KINDS:
        for path in sorted(folder.glob(f"{kind}/*/*/info.json")):
            repository = _read(kind, path.parent)
            found[kind, repository.id] = repository
    return found


def read_renames(folder: Path) -> dict[tuple[str, str], str]:
    """Old ids and the ones they lead to, from ``renames.json`` when there is one."""
    path = folder / "renames.json"
    given = _json(path, {})
    return {(kind, old): new for kind, names in given.items() for old, new in names.items()}


def _read(kind: str, folder: Path) -> Repository:
    listed = _json(folder / "discussions.json", [])
    return Repository(
        kind=kind,
        id=f"{folder.parent.name}/{folder.name}",
        info=_json(folder / "info.json", {}),
        commits=_json(folder / "commits.json", []),
        discussions=listed if isinstance(listed, list) else listed.get("discussions", []),
        files={path.name: path.read_bytes() for path in _files(folder)},
    )


def _files(folder: Path) -> Sequence[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in _ABOUT]


def _json(path: Path, otherwise: Any) -> Any:
    return json.loads(path.read_text("utf-8")) if path.is_file() else otherwise
