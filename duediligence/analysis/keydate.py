"""One date that can end or change a matter, and how it was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

FIXED = "Dates that cannot be moved"
MOVABLE = "Days people set, which can be moved"


@dataclass(frozen=True, kw_only=True)
class KeyDate:
    """A date counted from an answer, watched for in the law, or named by somebody."""

    kind: str
    """``period``, ``watched`` or ``named``."""

    id: str
    """Of the period, the legal source, or the question."""

    ref: str | None = None
    about: str | None = None
    title: str
    """What ends or happens then."""

    state: str
    """``running``, ``passed``, ``met`` (answered in time or late, but answered), ``start_missing`` (the day
    it begins is not on file) or ``open`` (not known whether it runs)."""

    first: date | None = None
    last: date | None = None
    """The day it ends; two days where the beginning is only known as a month or a year."""

    counted: str = ""
    """How the day was counted, in words."""

    note: str = ""
    approximate: bool = False
    """Whether the length itself is only about so long."""

    rests_on: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    authorities: tuple[Mapping[str, Any], ...] = ()
    launch: str = ""
    """Where it lies against the planned start: ``before`` or ``after`` it; empty when that is not known."""

    next_step: str = ""
    owner: str = "you"

    @property
    def movable(self) -> bool:
        """Whether people set it themselves: a planned start, a day an answer is wanted by."""
        return self.kind == "named"

    @property
    def on(self) -> str:
        """The day, or the two days, as people write them; empty when there is none."""
        if self.first is None or self.last is None:
            return ""
        about = "about " if self.approximate else ""
        if self.first == self.last:
            return f"{about}{_day(self.last)}"
        return f"{about}{_day(self.first)} to {_day(self.last)}"

    def __str__(self) -> str:
        """One line: the day, what ends, how it was counted."""
        start = self.on or "No date"
        passed = " (this date has passed; counsel)" if self.state == "passed" else ""
        met = " (answered)" if self.state == "met" else ""
        why = self.counted or "; ".join(self.missing)
        if self.kind == "watched" and self.launch == "before":
            why += "; before the planned start"
        return f"{start}{passed}{met}: {self.title}{f' ({why})' if why else ''}"

    def to_json(self) -> dict[str, Any]:
        """Days are ISO 8601 or null."""
        return {
            "kind": self.kind,
            "id": self.id,
            "ref": self.ref,
            "about": self.about,
            "title": self.title,
            "state": self.state,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "approximate": self.approximate,
            "counted": self.counted,
            "note": self.note,
            "launch": self.launch or None,
            "rests_on": [dict(ref) for ref in self.rests_on],
            "missing": list(self.missing),
            "authorities": [dict(one) for one in self.authorities],
            "next_step": self.next_step,
            "owner": self.owner,
        }


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
