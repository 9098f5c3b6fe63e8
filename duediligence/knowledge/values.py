"""The values answers and facts are written in: dates of three precisions, numbers, places."""

import math
import re
from collections.abc import Mapping
from datetime import date, timedelta

from duediligence.knowledge.place_names import code_of

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
# ISO 3166-2: the country, a dash, one to three letters or digits. Which of them exist is not checked:
# the list changes several times a year.
_PLACE = re.compile(r"([A-Z]{2})(?:-[A-Z0-9]{1,3})?")
_NOT_A_CODE = {"UK": "GB", "EL": "GR"}


def period(text: str) -> tuple[date, date] | None:
    """First and last day of ``2026``, ``2026-11`` or ``2026-11-22``; ``None`` when it is no date."""
    match = _DATE.fullmatch(text) if text[:1].isdigit() else None
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    following = (first.year + 1, 1) if month in (None, 12) else (first.year, first.month + 1)
    # The last year a date can hold has no first day after it.
    last = date(*following, 1) - timedelta(days=1) if following[0] <= date.max.year else date.max
    return first, last


def is_date(text: str) -> bool:
    """Whether *text* is a real date in one of the three precisions."""
    return period(text) is not None


def is_number(text: str) -> bool:
    """Whether *text* is a finite number such as ``1.2e24``."""
    return _NUMBER.fullmatch(text) is not None and math.isfinite(float(text))


def is_place(text: str) -> bool:
    """Whether *text* has the form of a country or subdivision code."""
    return _PLACE.fullmatch(text) is not None


def place_problem(text: str, places: Mapping[str, str]) -> str | None:
    """Why *text* is no country or subdivision, and what it may mean; ``None`` when it is one.

    *places* maps the code of each country to its name.
    """
    match = _PLACE.fullmatch(text)
    if match is not None and match[1] in places:
        return None
    instead = _NOT_A_CODE.get(text.upper()[:2])
    if instead and (len(text) == 2 or text[2] == "-"):
        return f"{text!r} is no ISO 3166 code; write {instead}{text[2:].upper()}"
    upper = _PLACE.fullmatch(text.upper())
    if upper is not None and upper[1] in places:
        return f"{text!r} is no ISO 3166 code; write {text.upper()}"
    named = code_of(text, places)
    if named:
        return f"{text!r} is no ISO 3166 code; write {named}"
    return f"{text!r} is no ISO 3166 code; allowed: a country such as DE, or a subdivision such as DE-HH"
