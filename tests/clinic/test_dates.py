"""Dates of the sample data move with the clinic's day."""

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.clinic.dates import set_dates
from wardround.kernel import InvalidInput

DAY = date(2028, 2, 29)


def test_days_and_times() -> None:
    text = "{{day}} {{day-29}} {{day+1}} {{day 08:30}}"
    assert (
        set_dates(text, DAY, UTC, where="x")
        == "2028-02-29 2028-01-31 2028-03-01 2028-02-29T08:30:00+00:00"
    )


def test_times_carry_the_offset_of_the_zone() -> None:
    zone = timezone(timedelta(hours=-5))
    assert set_dates("{{day 08:30}}", DAY, zone, where="x") == "2028-02-29T08:30:00-05:00"


def test_born_on_a_day_that_year_lacks() -> None:
    assert set_dates("{{age 3y 0d}}", DAY, UTC, where="x") == "2025-02-28"


@given(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    st.integers(0, 100),
    st.integers(1, 364),
)
def test_an_age_is_reached_on_the_day(day: date, years: int, days: int) -> None:
    born = date.fromisoformat(set_dates(f"{{{{age {years}y {days}d}}}}", day, UTC, where="x"))
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    assert age == years


@pytest.mark.parametrize("word", ["{{today}}", "{{day 25:00}}", "{{day-}}", "{{age 3y}}", "{{}}"])
def test_an_unknown_placeholder_is_refused_with_its_line(word: str) -> None:
    with pytest.raises(InvalidInput, match=r"patients/x\.json, line 2") as raised:
        set_dates(f"[\n{word}]", DAY, UTC, where="patients/x.json")
    assert raised.value.mend
