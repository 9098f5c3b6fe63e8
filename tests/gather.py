"""Captures as tests make them: a fixed clock, fixed randomness, little patience."""

import gzip
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from duediligence.evidence.capture import Captured, Upstream, capture
from duediligence.evidence.manifest import Entry
from duediligence.evidence.pace import Patience
from duediligence.repo import parse_repo, typed
from duediligence.sample.server import SAMPLE_REPO

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUICK = Patience(connect=0.5, read=0.4, answer=0.8, pauses=(0.01, 0.01, 0.01, 0.01), longest_wait=3)
"""As patient as a program on loopback needs to be."""


def declared(repo: str, bodies: Mapping[str, bytes]) -> Sequence[Upstream]:
    """What the front matter declares, as the Hub's database repeats it, and what ``mentions`` names."""
    data = json.loads(bodies["info"]).get("cardData") or {}
    kinds = {"datasets": "datasets", "base_model": "models", "mentions": "datasets"}
    return [
        Upstream(typed(kind, name), follow=key != "mentions")
        for key, kind in kinds.items()
        for name in data.get(key, [])
    ]


def gather(
    folder: Path,
    repo: str = SAMPLE_REPO,
    *,
    seed: int = 1,
    clock: Callable[[], datetime] = lambda: NOON,
    patience: Patience = QUICK,
    **given: Any,
) -> Captured:
    """Capture *repo* into *folder*."""
    given.setdefault("read_upstream", declared)
    randomness = random.Random(seed).randbytes
    return capture(folder, parse_repo(repo), clock=clock, randomness=randomness, patience=patience, **given)


def ticking() -> Callable[[], datetime]:
    """A clock that goes on a millisecond each time it is looked at."""
    now = [NOON]

    def look() -> datetime:
        now[0] += timedelta(milliseconds=1)
        return now[0]

    return look


def entry(done: Captured, resource: str, repo: str = SAMPLE_REPO) -> Entry:
    """The one entry for *resource* of *repo*."""
    (found,) = [e for e in done.manifest.entries if (e.repo, e.resource) == (repo, resource)]
    return found


def states(done: Captured) -> dict[tuple[str, str], str]:
    """State of every resource."""
    return {(e.repo, e.resource): e.state for e in done.manifest.entries}


def exchanges(folder: Path, done: Captured) -> bytes:
    """The exchanges of a capture, unpacked."""
    return gzip.decompress((folder / done.manifest.capture / "exchanges.warc.gz").read_bytes())
