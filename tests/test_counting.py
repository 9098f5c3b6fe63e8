"""Periods are counted as the rules say, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.analysis.counting import days_later, holiday, months_later, working_day, year_end

_HAMBURG = "DE-HH"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 10, 1), date(2026, 11, 2)),  # 1 November is a Sunday
        (date(2026, 10, 2), date(2026, 11, 2)),
        (date(2026, 10, 5), date(2026, 11, 5)),  # a weekend would hide a day too many
        (date(2026, 9, 30), date(2026, 10, 30)),
        (date(2027, 1, 30), date(2027, 3, 1)),
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 11, 25), date(2026, 12, 28)),  # Christmas, its second day, a Sunday
    ],
)
def test_a_month_ends_with_the_same_number_or_the_last_day_on_a_working_day(received, due):
    """Regulation 1182/71, Article 3; counted with the holidays of Hamburg."""
    assert working_day(months_later(received, 1), _HAMBURG) == due


def test_whose_holidays_count_changes_the_day():
    """31 October is a holiday in Hamburg and none in Bavaria; 26 October is one in Austria."""
    assert holiday(date(2028, 10, 31), _HAMBURG) == "Reformation Day"
    assert working_day(date(2028, 10, 31), _HAMBURG) == date(2028, 11, 1)
    assert working_day(date(2028, 10, 31), "DE-BY") == date(2028, 10, 31)
    assert working_day(date(2026, 10, 26), "AT") == date(2026, 10, 27)


def test_without_a_calendar_weekends_alone_are_counted():
    """Nothing is guessed for a place that is not on file."""
    assert working_day(date(2026, 12, 25), None) == date(2026, 12, 25)
    assert working_day(date(2026, 12, 26), None) == date(2026, 12, 28)


def test_limitation_ends_with_the_third_year_after_the_year_of_knowledge():
    """Sections 195 and 199 BGB: first or last day of the year, the end is the same."""
    assert year_end(date(2023, 1, 1), 3) == year_end(date(2023, 12, 31), 3) == date(2026, 12, 31)


def test_thirty_days_are_counted_from_the_day_after():
    """As the Information Commissioner counts: day one is the day after receipt."""
    assert days_later(date(2026, 6, 1), 30) == date(2026, 7, 1)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 36))
def test_months_never_skip_a_month_and_never_end_later_than_the_number(start, months):
    """Whatever the day: the month is right, and the day is that number or the month's last."""
    end = months_later(start, months)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
