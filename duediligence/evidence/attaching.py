"""Pages a person adds by hand, from an address or a file: kept as received, in a capture of their own."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duediligence.errors import BadInputError, HubUnreachableError
from duediligence.evidence.entries import numbered
from duediligence.evidence.exchange import Reply
from duediligence.evidence.manifest import PAGES, Entry, Manifest
from duediligence.evidence.new_capture import NewCapture
from duediligence.evidence.pace import Patience
from duediligence.ledger import stamp

MOST_BYTES = 8 << 20


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
    url = f"file:{file.name}"
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
    only_if_not: str | None = None,
) -> Attached | None:
    """Ask for *address* and keep what came as a page about *repo*; no token goes with the question.

    With *only_if_not*, the digest of a body, nothing is kept when that very body came again, or no answer
    did: then ``None``.

    Raises:
        BadInputError: it is no address of the web.
        HubUnreachableError: there was no answer.
        NotSavedError: the disk refused.
    """
    # The client behind it is slow to load, and only a question to the network needs it.
    from duediligence.evidence import hub

    reply = hub.page(address, clock=clock, patience=patience or Patience())
    answer = reply.answer
    if answer is None or answer.status >= 500 or answer.truncated:
        if only_if_not is not None:
            return None
        why = reply.problem or "the answer was not whole" if answer is None or answer.truncated else ""
        raise HubUnreachableError(
            f"{address} gave no page ({why or f'status {answer.status if answer else 0}'}). Nothing was kept."
        )
    digest = hashlib.sha256(answer.body).hexdigest()
    if only_if_not == digest:
        return None
    new = NewCapture(folder, clock=clock, randomness=randomness)
    offset = _kept(new, reply)
    state = (
        "present" if answer.status < 300 and answer.body else "empty" if answer.status < 300 else "not_found"
    )
    body = answer.body if state == "present" else None
    entry = _entry(repo, address, address, state, answer.received_at, body, ("", offset))
    return _committed(new, entry, known)


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
        sha256=hashlib.sha256(body).hexdigest() if body else None,
        length=len(body) if body else None,
        evidence=None,
        record=record,
    )


def _committed(new: NewCapture, entry: Entry, known: Sequence[Manifest]) -> Attached:
    manifest, digest, exchanges = new.commit(numbered([entry], known), account=False)
    return Attached(manifest=manifest, manifest_sha256=digest, exchanges_sha256=exchanges)
