"""The law files as one edition: which files count, and the digest that names them together."""

import hashlib
from collections.abc import Mapping
from importlib.resources import files as resources
from importlib.resources.abc import Traversable
from pathlib import Path

from duediligence.errors import LawError

_NOT_LAW = "datasets"


def edition_files(folder: Path | Traversable | None = None) -> dict[str, str]:
    """Every law file of *folder*: path from that folder, such as ``rules/copyright.yaml``, to its text.

    Law files are the YAML files; the registry of known datasets is facts, not law, and left out.
    Without *folder*: the law that came with this program.

    Raises:
        LawError: the folder or a file in it cannot be read.
    """
    root = resources("duediligence") / "legal" if folder is None else folder
    found: dict[str, str] = {}
    problems: list[str] = []
    try:
        _walk(root, "", found, problems)
    except OSError as error:
        raise LawError(
            [f"{root} cannot be read: {error.strerror}. Name the folder with the law files."]
        ) from error
    if problems:
        raise LawError(problems)
    return {path: found[path] for path in sorted(found, key=str.encode)}


def edition_digest(files: Mapping[str, str]) -> str:
    """The digest of an edition: SHA-256 over what ``sha256sum`` prints for its files, in byte order.

    In the folder of the law files the same as ``sha256sum $(find * -name '*.yaml' ! -path 'datasets/*' |
    LC_ALL=C sort) | sha256sum``.
    """
    digests = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in files.items()}
    lines = "".join(f"{digests[path]}  {path}\n" for path in sorted(files, key=str.encode))
    return hashlib.sha256(lines.encode()).hexdigest()


def _walk(folder: Path | Traversable, prefix: str, found: dict[str, str], problems: list[str]) -> None:
    for child in folder.iterdir():
        path = prefix + child.name
        if child.name.startswith("."):
            continue
        if child.is_dir():
            if path != _NOT_LAW:
                _walk(child, path + "/", found, problems)
        elif child.name.endswith(".yaml"):
            try:
                # Bytes, decoded here: opened as text a file may lose its line ends, and with them the digest.
                found[path] = child.read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                problems.append(f"{path}: byte {error.start} is not UTF-8. Save the file as UTF-8.")
