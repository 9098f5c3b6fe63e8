"""Cases as tests make them: a clock that moves when told, fixed randomness, a fixed author."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from duediligence.case import Case

CARD = """---
license: mit
---
# A small encoder

This model was trained on LAION-2B-en, the English subset of LAION-5B.
Deployed use is out of scope.
"""
REPO = "models/example/encoder"


class Desk:
    """Somebody at a computer: a clock, dice, and cases opened with both."""

    def __init__(self, seed: int = 1) -> None:
        self.now = datetime(2026, 11, 22, 9, 14, 2, 118000, UTC)
        self._dice = random.Random(seed)

    def clock(self) -> datetime:
        """A moment later each time it is looked at."""
        self.now += timedelta(milliseconds=7)
        return self.now

    def later(self, **much: float) -> None:
        self.now += timedelta(**much)

    def new(self, folder: Path, repo: str = "example/encoder", counsel: str | None = None) -> Case:
        return Case.new(
            folder,
            repo,
            by="A. Example",
            zone="Europe/Berlin",
            counsel=counsel,
            clock=self.clock,
            randomness=self._dice.randbytes,
        )

    def open(self, folder: Path) -> Case:
        return Case(folder, clock=self.clock, randomness=self._dice.randbytes)
