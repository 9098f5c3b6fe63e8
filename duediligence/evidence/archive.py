"""Captures on disk: which there are, their manifests, and what was received, read back by digest."""

import hashlib
import json
import re
import stat
from pathlib import Path
from typing import IO, Any

from duediligence.errors import BadInputError, CaseIsNewerError
from duediligence.evidence.manifest import Entry, Manifest

SCHEMA = 1
EXCHANGES = "exchanges.warc.gz"
MANIFEST = "manifest.json"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z-[0-9a-f]{8}", re.ASCII)
_MAX_MANIFEST = 64 << 20


def manifest_bytes(manifest: Manifest) -> bytes:
    """The file of *manifest*: an entry a line, ASCII."""
    head: dict[str, Any] = {"schema": SCHEMA, "capture": manifest.capture}
    if manifest.account:
        head["account"] = True
    lines = ",\n".join(_json(entry.to_json()) for entry in manifest.entries)
    return f'{_json(head)[:-1]},"entries":[\n{lines}\n]}}\n'.encode("ascii")


def captures(folder: Path) -> list[str]:
    """Names of the capture folders under *folder*, oldest first; unfinished ones are none."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir())


def read_manifest(folder: Path, capture: str) -> Manifest:
    """The manifest of *capture*, a folder under *folder*.

    Raises:
        BadInputError: it is missing, or holds something else.
        CaseIsNewerError: a newer version of this program wrote it.
    """
    path = _inside(folder, capture) / MANIFEST
    data = _read_plain(path)
    try:
        content = json.loads(data)
        if isinstance(content["schema"], int) and content["schema"] > SCHEMA:
            raise CaseIsNewerError(
                f"{path} was written by a newer version of this program. It was left as it is; "
                "install that version to open it."
            )
        entries = tuple(_checked(Entry.from_json(entry)) for entry in content["entries"])
        return Manifest(capture=capture, entries=entries, account=content.get("account") is True)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise BadInputError(
            f"{path} cannot be read as a manifest. It was left as it is; restore it from a copy of the case."
        ) from error


def read_body(folder: Path, entry: Entry) -> bytes:
    """The body *entry* is about, as it was received, from the capture its record names.

    Raises:
        BadInputError: it has none, the exchanges are missing, or they were altered.
    """
    if entry.sha256 is None or entry.record is None:
        raise BadInputError(f"Nothing was received for {entry.resource} of {entry.repo}.")
    path = _inside(folder, entry.record[0]) / EXCHANGES
    try:
        body = _payload(path, entry.record[1])
    except BadInputError:
        raise
    except Exception as error:
        # A flipped bit shows as any error of the archive's or the compression's reader.
        raise BadInputError(_altered(path, entry)) from error
    if hashlib.sha256(body).hexdigest() != entry.sha256:
        raise BadInputError(_altered(path, entry))
    return body


def read_tag(folder: Path, entry: Entry) -> str | None:
    """The ETag that came with the body of *entry*, if one came.

    Raises:
        BadInputError: as `read_body`.
    """
    if not read_body(folder, entry) or entry.record is None:
        return None
    return _came_with(folder, entry.record, "ETag")[1]


def still_the_same(folder: Path, entry: Entry) -> tuple[str, dict[str, str]]:
    """The address that gave the body of *entry*, and the headers that ask there whether it is the same still.

    By its ETag, else by its Last-Modified, given back as it came; no header where neither came. The address
    is where the question ended when it was sent on.

    Raises:
        BadInputError: as `read_body`.
    """
    if not read_body(folder, entry) or entry.record is None:
        return entry.url, {}
    for came_as, asks_as in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
        address, mark = _came_with(folder, entry.record, came_as)
        if mark:
            return address, {asks_as: mark}
    return entry.url, {}


def _came_with(folder: Path, record: tuple[str, int], header: str) -> tuple[str, str | None]:
    """The address a body on file came from, and one header of that answer."""
    from warcio.archiveiterator import ArchiveIterator

    with _open_plain(_inside(folder, record[0]) / EXCHANGES) as file:
        file.seek(record[1])
        held = next(iter(ArchiveIterator(file)))
        value: str | None = held.http_headers.get_header(header) if held.http_headers else None
        return held.rec_headers.get_header("WARC-Target-URI"), value


def _payload(path: Path, offset: int) -> bytes:
    from warcio.archiveiterator import ArchiveIterator

    with _open_plain(path) as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file)))
        if record.rec_type not in ("response", "resource"):
            raise ValueError(f"a {record.rec_type} record")
        payload: bytes = record.raw_stream.read()
        return payload


def _altered(path: Path, entry: Entry) -> str:
    what = f"{entry.resource} of {entry.repo}"
    return f"{path} was altered: {what} is not what was received. Restore it from a copy."


def _checked(entry: Entry) -> Entry:
    """*entry* when its parts have the types they should."""
    texts = (entry.repo, entry.resource, entry.url, entry.state, entry.received_at)
    maybe = (entry.revision, entry.sha256, entry.evidence, entry.reason, entry.now)
    record = entry.record or ("", 0)
    whole = isinstance(record[0], str) and isinstance(record[1], int)
    if not (
        whole and all(isinstance(t, str) for t in texts) and all(isinstance(t, str | None) for t in maybe)
    ):
        raise TypeError(entry.resource)
    return entry


def _inside(folder: Path, capture: str) -> Path:
    path = folder / capture
    if not _NAME.fullmatch(capture):
        raise BadInputError(f"{folder} holds no capture called {capture!r}.")
    if path.is_symlink():
        raise BadInputError(f"{path} is a link and is not followed. Put the capture itself there.")
    return path


def _open_plain(path: Path) -> IO[bytes]:
    """*path* open for reading, when it is a plain file: a link leads out, a pipe waits for ever."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise BadInputError(f"{path} is no plain file and was not opened.")
        return open(path, "rb")
    except OSError as error:
        raise BadInputError(
            f"{path} cannot be read ({error.strerror}). Restore it from a copy of the case."
        ) from error


def _read_plain(path: Path) -> bytes:
    with _open_plain(path) as file:
        data = file.read(_MAX_MANIFEST + 1)
    if len(data) > _MAX_MANIFEST:
        raise BadInputError(f"{path} is larger than any manifest and was not read.")
    return data


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
