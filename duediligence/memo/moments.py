"""What happened in a case and what lies ahead, each with its day and its kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from duediligence.analysis.keydate import KeyDate


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One kind of thing that happens in a case."""

    name: str
    """As a row of the picture is called."""

    one: str
    """One of them, in a sentence."""

    many: str


LANES = (
    Lane(name="Looks at the Hub", one="look at the Hub or a page", many="looks at the Hub or a page"),
    Lane(name="Changes of the sources", one="changed fact", many="changed facts"),
    Lane(name="Answers and entries", one="answer or other entry", many="answers and other entries"),
    Lane(name="Letters", one="letter", many="letters"),
    Lane(name="Memos", one="memo", many="memos"),
    Lane(name="Dates to watch", one="date to watch", many="dates to watch"),
)
"""In the order of the rows."""

LOOKS, CHANGES, ENTRIES, LETTERS, MEMOS, DATES = (lane.name for lane in LANES)

_KINDS = {"captured": LOOKS, "attached": LOOKS, "sent": LETTERS}
_KINDS |= dict.fromkeys(("issued", "signed", "unsigned"), MEMOS)
"""Event to row; everything else a person put in the record is an entry."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something on one day, in the time zone of the case."""

    on: date
    lane: str
    """The name of one of `LANES`."""

    what: str
    ahead: bool
    """Whether it has yet to come."""

    count: int = 1


def moments(
    events: Sequence[Mapping[str, Any]],
    *,
    zone: tzinfo,
    today: date,
    changes: Mapping[str, int] | None = None,
    dates: Sequence[KeyDate] = (),
) -> tuple[Moment, ...]:
    """The moments of a case, the earliest first.

    Args:
        events: the record, as `Record.chronology` has it; what has no readable time is left out.
        zone: the time zone of the case.
        today: the day from which something lies ahead.
        changes: name of a capture to how many facts it found changed.
        dates: dates that can end or change the matter; those without a day, or answered, are left out.
    """
    found = [*_happened(events, zone, changes or {}), *(_dated(one, today) for one in to_watch(dates))]
    return tuple(sorted(found, key=lambda one: one.on))


def to_watch(dates: Sequence[KeyDate]) -> list[KeyDate]:
    """Those of *dates* that have a day and wait for something, the earliest first."""
    found = [one for one in dates if one.last is not None and one.state in ("running", "passed")]
    return sorted(found, key=lambda one: one.last or date.max)


def _happened(
    events: Sequence[Mapping[str, Any]], zone: tzinfo, changes: Mapping[str, int]
) -> Iterator[Moment]:
    for event in events:
        on, kind = _day(str(event.get("at", "")), zone), str(event.get("event", ""))
        if on is None:
            continue
        yield Moment(on=on, lane=_KINDS.get(kind, ENTRIES), what=kind, ahead=False)
        changed = changes.get(str(event.get("capture", "")), 0)
        if changed and kind in ("captured", "attached"):
            yield Moment(on=on, lane=CHANGES, what="changed", ahead=False, count=changed)


def _dated(one: KeyDate, today: date) -> Moment:
    assert one.first is not None and one.last is not None
    # Of two days the earlier one is the one to watch, until it has passed.
    on = one.first if one.first >= today else one.last
    return Moment(on=on, lane=DATES, what=one.title, ahead=on >= today)


def _day(stamp: str, zone: tzinfo) -> date | None:
    try:
        at = datetime.fromisoformat(stamp)
        # A time without a zone would be read in that of the machine.
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()
    except (ValueError, OverflowError):
        return None
