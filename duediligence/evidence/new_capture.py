"""A capture while it is being written: exchanges as WARC 1.1, as received, and their manifest."""

import hashlib
import io
import os
import shutil
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from duediligence.errors import NotSavedError
from duediligence.evidence.archive import EXCHANGES, MANIFEST, manifest_bytes
from duediligence.evidence.exchange import Exchange
from duediligence.evidence.manifest import Entry, Manifest
from duediligence.ledger import stamp, sync_folder
from duediligence.version import VERSION

_DEAD_AFTER = 24 * 3600
# Of one connection, not of the answer; the client's library has already undone the chunks.
_OF_THE_LINE = ("transfer-encoding", "connection", "keep-alive")


class NewCapture:
    """A capture while it is being written: a dot-folder beside the others, renamed when it is whole.

    Raises:
        NotSavedError: the disk refused, here and in every method.
    """

    def __init__(
        self, folder: Path, *, clock: Callable[[], datetime], randomness: Callable[[int], bytes]
    ) -> None:
        from warcio.warcwriter import WARCWriter

        self._folder, self._clock, self._randomness = folder, clock, randomness
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _clear_dead(folder)
            self._path, self._file = _begun(folder, randomness(8).hex())
        except OSError as error:
            raise _refused(folder, error) from error
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")
        self._write_program()

    def keep(self, exchange: Exchange) -> int:
        """Append *exchange*, answer and question, and give the offset of its answer."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = [(k, v) for k, v in exchange.headers if k.lower() not in _OF_THE_LINE]
        status = f"{exchange.status} {exchange.phrase}".strip()
        head = StatusAndHeaders(status, headers, "HTTP/1.1")
        answer = self._record("response", exchange, exchange.body, head)
        path = exchange.url.partition("://")[2].partition("/")[2]
        line = StatusAndHeaders(f"GET /{path} HTTP/1.1", list(exchange.request_headers), is_http_request=True)
        question = self._record("request", exchange, b"", line)
        try:
            offset = self._file.tell()
            self._writer.write_request_response_pair(question, answer)
            return offset
        except OSError as error:
            raise _refused(self._folder, error) from error

    def keep_file(self, uri: str, body: bytes, at: str) -> int:
        """Append a file somebody handed over, as a resource, and give the offset of its record."""
        record = self._writer.create_warc_record(
            uri,
            "resource",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="application/octet-stream",
            warc_headers_dict={"WARC-Record-ID": self._id(), "WARC-Date": at},
        )
        try:
            offset = self._file.tell()
            self._writer.write_record(record)
            return offset
        except OSError as error:
            raise _refused(self._folder, error) from error

    def commit(self, entries: Sequence[Entry], *, account: bool) -> tuple[Manifest, str, str]:
        """Make it durable under its name; gives the manifest, its digest and that of the exchanges.

        The records of *entries* that name no capture are in this one.
        """
        try:
            _close_synced(self._file)
            exchanges = _digest(self._path / EXCHANGES)
            name = f"{self._clock().astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{exchanges[:8]}"
            ours = tuple(
                replace(e, record=(name, e.record[1])) if e.record and not e.record[0] else e for e in entries
            )
            manifest = Manifest(capture=name, entries=ours, account=account)
            data = manifest_bytes(manifest)
            with open(self._path / MANIFEST, "xb") as file:
                file.write(data)
                _close_synced(file)
            sync_folder(self._path)
            os.rename(self._path, self._folder / name)
            sync_folder(self._folder)
        except OSError as error:
            self.discard()
            raise _refused(self._folder, error) from error
        return manifest, hashlib.sha256(data).hexdigest(), exchanges

    def discard(self) -> None:
        """Leave nothing behind; what the disk does not let go of is cleared by the next capture."""
        with suppress(OSError):  # it flushes, and may be refused once more
            self._file.close()
        shutil.rmtree(self._path, ignore_errors=True)

    def _record(self, kind: str, exchange: Exchange, body: bytes, headers: Any) -> Any:
        given = {"WARC-Record-ID": self._id(), "WARC-Date": exchange.received_at}
        if kind == "response" and exchange.truncated:
            given["WARC-Truncated"] = exchange.truncated
        return self._writer.create_warc_record(
            exchange.url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict=given,
        )

    def _write_program(self) -> None:
        from warcio.statusandheaders import StatusAndHeaders

        text = f"software: duediligence/{VERSION}\r\nformat: WARC File Format 1.1\r\n".encode()
        given = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", self._id()),
            ("WARC-Date", stamp(self._clock())),
        ]
        headers = StatusAndHeaders("", given, protocol="WARC/1.1")
        record = self._writer.create_warc_record(
            "", "warcinfo", payload=io.BytesIO(text), length=len(text), warc_headers=headers
        )
        try:
            self._writer.write_record(record)
        except OSError as error:
            raise _refused(self._folder, error) from error

    def _id(self) -> str:
        return f"<urn:uuid:{uuid.UUID(bytes=self._randomness(16), version=4)}>"


def _begun(folder: Path, name: str) -> tuple[Path, IO[bytes]]:
    """A part folder, and its file of exchanges open and held before anybody can see it as a part."""
    unheld, part = folder / f".{name}.new.part", folder / f".{name}.part"
    unheld.mkdir()
    try:
        file = open(unheld / EXCHANGES, "xb")  # noqa: SIM115 - open as long as the capture runs
        try:
            _hold(file)
            os.rename(unheld, part)
        except OSError:
            file.close()
            raise
    except OSError:
        shutil.rmtree(unheld, ignore_errors=True)
        raise
    return part, file


def _clear_dead(folder: Path) -> None:
    """Remove what captures that died left behind; one still running holds its file."""
    for part in folder.glob(".*.part"):
        if not part.is_dir() or part.is_symlink():
            continue
        try:
            young = part.name.endswith(".new.part")  # not yet held by whoever is making it
            alive = time.time() - part.stat().st_mtime < _DEAD_AFTER if young else _is_held(part / EXCHANGES)
        except OSError:
            alive = time.time() - part.stat().st_mtime < _DEAD_AFTER
        if not alive:
            shutil.rmtree(part, ignore_errors=True)


def _hold(file: IO[bytes]) -> None:
    """Show other programs that *file* is being written; it ends with the program, however that ends."""
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        # Some network drives and Windows have no such locks: there a dead folder is known by its age.
        return


def _is_held(path: Path) -> bool:
    """Whether a running program writes *path*; OSError where that cannot be told."""
    try:
        import fcntl
    except ImportError as error:
        raise OSError("no locks on this system") from error
    with open(path, "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _close_synced(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(folder: Path, error: OSError) -> NotSavedError:
    return NotSavedError(
        f"NOT saved: {folder} refused the capture ({error.strerror}). What was there is unchanged."
    )
