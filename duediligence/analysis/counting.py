"""How periods are counted, day by day: months, years, ends of years, and days on which nobody works."""

import calendar
from datetime import date, timedelta
from functools import cache

# Regulation 1182/71, Article 3(4), moves the end off Saturdays, Sundays and holidays.
_SATURDAY = 5


def months_later(start: date, months: int) -> date:
    """The day with the same number *months* later, or the last day of that month where there is none.

    Regulation (EEC, Euratom) No 1182/71, Article 3(2)(c): the day of the event itself is not counted, so a
    period that begins on the 2nd ends with the 2nd.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def year_end(start: date, years: int) -> date:
    """The last day of the year that lies *years* after the year of *start*: sections 195 and 199 BGB."""
    return date(start.year + years, 12, 31)


def days_later(start: date, days: int) -> date:
    """The last of *days* days, the first of which is the day after *start*."""
    return start + timedelta(days=days)


def working_day(day: date, place: str | None) -> date:
    """*day*, or the next day that is no Saturday, no Sunday and no public holiday of *place*.

    *place* is an ISO 3166 code such as ``DE`` or ``DE-HH``; without one, or for a place whose calendar is
    not known, weekends alone are counted: see `has_calendar`.
    """
    while day.weekday() >= _SATURDAY or holiday(day, place):
        day += timedelta(days=1)
    return day


def holiday(day: date, place: str | None) -> str | None:
    """The name of the public holiday on *day* in *place*; ``None`` when it is none, or nobody knows."""
    known = _holidays(place, day.year) if place else None
    name = known.get(day) if known else None
    return str(name) if name else None


def has_calendar(place: str | None) -> bool:
    """Whether the public holidays of *place* are known."""
    return place is not None and _holidays(place, 2026) is not None


@cache
def _holidays(place: str, year: int) -> dict[date, str] | None:
    # Slow to load, and only needed where a period ends on a working day.
    import holidays

    country, _, part = place.partition("-")
    try:
        return dict(holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US"))
    except NotImplementedError:
        return None if not part else _holidays(country, year)
