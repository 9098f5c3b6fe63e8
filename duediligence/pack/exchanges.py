"""The exchanges of a capture in a copy: whole records as received, those that are left out apart."""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What remains of a file of exchanges."""

    data: bytes
    left_out: int
    """Records that are not in it."""


def without(data: bytes, addresses: Collection[str]) -> Kept:
    """*data*, a WARC file, without the records about *addresses*; every other record byte for byte.

    Each record is compressed by itself, so that taking one out changes none of the others.
    """
    kept: list[bytes] = []
    left_out = 0
    for address, start, length, _ in _records(data):
        if address in addresses:
            left_out += 1
        else:
            kept.append(data[start : start + length])
    return Kept(data=data if not left_out else b"".join(kept), left_out=left_out)


def digests(data: bytes) -> frozenset[str]:
    """SHA-256 of every body in *data*, a WARC file."""
    return frozenset(digest for _, _, _, digest in _records(data))


def _records(data: bytes) -> Iterator[tuple[str, int, int, str]]:
    """Address, offset and length of each record, and the SHA-256 of its body."""
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(io.BytesIO(data))
    for record in records:
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        body = sha256(record.raw_stream.read()).hexdigest()
        records.read_to_end(record)
        yield address, records.get_record_offset(), records.get_record_length(), body
