"""Pages a person adds by hand, from an address or a file: kept as received, in a capture of their own."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from duediligence.errors import BadInputError, HubUnreachableError
from duediligence.evidence import archive
from duediligence.evidence.entries import numbered
from duediligence.evidence.exchange import Reply
from duediligence.evidence.manifest import PAGES, Entry, Manifest
from duediligence.evidence.new_capture import NewCapture
from duediligence.evidence.pace import Patience
from duediligence.ledger import stamp

MOST_BYTES = 8 << 20
_GONE = (404, 410)


@dataclass(frozen=True, kw_only=True)
class Attached:
    """What one addition put on disk."""

    manifest: Manifest
    manifest_sha256: str
    exchanges_sha256: str


def attach_file(
    folder: Path,
    file: Path,
    repo: str,
    *,
    known: Sequence[Manifest],
    clock: Callable[[], datetime],
    randomness: Callable[[int], bytes],
) -> Attached:
    """Keep *file* as a page about *repo*, under its name.

    Raises:
        BadInputError: it cannot be read, is empty, or is larger than 8 MB.
        NotSavedError: the disk refused.
    """
    try:
        body = file.read_bytes()
    except OSError as error:
        raise BadInputError(f"{file} cannot be read: {error.strerror}.") from error
    if not body or len(body) > MOST_BYTES:
        raise BadInputError(f"{file} is {'empty' if not body else 'larger than 8 MB'}; it was NOT kept.")
    new = NewCapture(folder, clock=clock, randomness=randomness)
    # A line break or a blank in a name would end, or break, the line of the archive that holds it.
    url = f"file:{quote(os.fsencode(file.name))}"
    offset = new.keep_file(url, body, stamp(clock()))
    entry = _entry(repo, file.name, url, "present", stamp(clock()), body, ("", offset))
    return _committed(new, entry, known)


def attach_page(
    folder: Path,
    address: str,
    repo: str,
    *,
    known: Sequence[Manifest],
    clock: Callable[[], datetime],
    randomness: Callable[[int], bytes],
    patience: Patience | None = None,
    before: Entry | None = None,
    kept_in: Path | None = None,
) -> Attached | None:
    """Ask for *address* and keep what came as a page about *repo*; no token goes with the question.

    With *before*, what is on file of it, only a page that differs is asked for, and nothing is kept when it
    is the same still, or no answer came: then ``None``. It lies in *kept_in*, else in *folder*.

    Raises:
        BadInputError: it is no address of the web.
        HubUnreachableError: there was no answer.
        NotSavedError: the disk refused.
    """
    # The client behind it is slow to load, and only a question to the network needs it.
    from duediligence.evidence import hub

    condition = _condition(kept_in or folder, before)
    reply = hub.page(address, clock=clock, patience=patience or Patience(), condition=condition)
    answer = reply.answer
    # Only these say what there is. A refusal, a wall against programs, too many questions: not got through.
    if answer is None or answer.truncated or not (answer.status < 300 or answer.status in _GONE):
        if before is not None:
            return None
        why = reply.problem or "the answer was not whole" if answer is None or answer.truncated else ""
        raise HubUnreachableError(
            f"{address} gave no page ({why or f'status {answer.status if answer else 0}'}). Nothing was kept."
        )
    state = "not_found" if answer.status in _GONE else "present" if answer.body else "empty"
    body = answer.body if state == "present" else None
    if before is not None and (before.state, before.sha256) == (state, _digest(body)):
        return None
    new = NewCapture(folder, clock=clock, randomness=randomness)
    offset = _kept(new, reply)
    entry = _entry(repo, address, address, state, answer.received_at, body, ("", offset))
    return _committed(new, entry, known)


def _condition(folder: Path, before: Entry | None) -> tuple[str, dict[str, str]]:
    if before is None or before.sha256 is None:
        return "", {}
    try:
        return archive.still_the_same(folder, before)
    except BadInputError:
        return "", {}  # altered or gone: it is asked for whole, and `verify` names the damage


def _kept(new: NewCapture, reply: Reply) -> int:
    offset = 0
    for exchange in reply.exchanges:
        offset = new.keep(exchange)
    return offset


def _entry(
    repo: str, name: str, url: str, state: str, at: str, body: bytes | None, record: tuple[str, int]
) -> Entry:
    return Entry(
        repo=repo,
        resource=f"{PAGES}{name}",
        url=url,
        state=state,
        revision=None,
        received_at=at,
        sha256=_digest(body),
        length=len(body) if body else None,
        evidence=None,
        record=record,
    )


def _digest(body: bytes | None) -> str | None:
    return hashlib.sha256(body).hexdigest() if body else None


def _committed(new: NewCapture, entry: Entry, known: Sequence[Manifest]) -> Attached:
    manifest, digest, exchanges = new.commit(numbered([entry], known), account=False)
    return Attached(manifest=manifest, manifest_sha256=digest, exchanges_sha256=exchanges)
