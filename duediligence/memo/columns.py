"""Days as columns of equal width: a few minutes and three years fit side by side, in their order."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

MOST = 10
"""Columns there is room for, today's among them."""

_LEAST_AHEAD = 3
"""Columns kept for what lies ahead, however much has happened."""

_NEAR = (4, 3, 2)
"""Days next to today that keep a column each while others share one, the more the better."""

_LONG = 14
"""Days without anything that are told."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, kw_only=True)
class Column:
    """Some days in a row, from *first* to *last* (both included), and what stands below them."""

    first: date
    last: date
    words: tuple[str, ...]
    """Lines below it: ``22 Nov`` and ``2026``."""


def columns(days: Collection[date], today: date) -> tuple[Column, ...]:
    """Columns for *days* and for *today*, at most `MOST`.

    Where there are more, the days far from today share columns by month, quarter or year; what is farther
    still stands in one column.
    """
    past = sorted({day for day in days if day < today}, reverse=True)
    ahead = sorted({day for day in days if day > today})
    room = MOST - 1
    on_right = min(len(ahead), max(room - len(past), _LEAST_AHEAD))
    left = _fold(past, room - on_right, "before")
    return (*reversed(left), _day(today), *_fold(ahead, on_right, "later"))


def gap(before: Column, behind: Column) -> str:
    """How much later *behind* begins than *before* ends, when that is long; else empty."""
    if (behind.first - before.last).days < _LONG:
        return ""
    months = (behind.first.year - before.last.year) * 12 + behind.first.month - before.last.month
    months -= behind.first.day < before.last.day
    if months < 2:
        return f"{(behind.first - before.last).days // 7} weeks"
    if months < 24:
        return f"{months} months"
    years, half = divmod(round(months / 6), 2)
    return f"{years}½ years" if half else f"{years} years"


def short(day: date) -> str:
    """``22 Nov 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _fold(days: Sequence[date], room: int, rest: str) -> list[Column]:
    """*days*, the nearest to today first, in at most *room* columns, likewise in that order."""
    if len(days) <= room:
        return [_day(day) for day in days]
    nears = [near for near in _NEAR if near < room]
    for period in (_month, _quarter, _year):
        for near in nears:
            grouped = list(dict.fromkeys(period(day) for day in days[near:]))
            if near + len(grouped) <= room:
                return _beside(days[:near], grouped, rest)
    near = nears[-1]
    shown, others = grouped[: room - near - 1], grouped[room - near - 1 :]
    ends = min(one.first for one in others), max(one.last for one in others)
    return _beside(days[:near], [*shown, Column(first=ends[0], last=ends[1], words=(rest,))], rest)


def _beside(near: Sequence[date], grouped: Sequence[Column], rest: str) -> list[Column]:
    """Days and behind them the months or years of others, said to be a rest where a day shown lies in one."""
    one = grouped[0]
    if one.first <= near[-1] <= one.last and one.words != (rest,):
        word = {"before": "earlier in", "later": "later in"}[rest]
        one = replace(one, words=(word, *one.words))
    return [*(_day(day) for day in near), one, *grouped[1:]]


def _day(day: date) -> Column:
    return Column(first=day, last=day, words=(f"{day.day} {_MONTHS[day.month - 1]}", str(day.year)))


def _month(day: date) -> Column:
    return _months(day, 1, lambda first: _MONTHS[first - 1])


def _quarter(day: date) -> Column:
    return _months(day, 3, lambda first: f"{_MONTHS[first - 1]}–{_MONTHS[first + 1]}")


def _year(day: date) -> Column:
    return _months(day, 12, lambda first: "")


def _months(day: date, length: int, named: Callable[[int], str]) -> Column:
    first = (day.month - 1) // length * length + 1
    turn = date(day.year, first + length - 1, 28) + timedelta(days=4)
    words = tuple(word for word in (named(first), str(day.year)) if word)
    return Column(first=date(day.year, first, 1), last=turn - timedelta(days=turn.day), words=words)
