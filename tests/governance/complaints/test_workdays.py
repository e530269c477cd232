"""Federal holidays as the Office of Personnel Management lists them, and as pandas has them."""

from datetime import date, timedelta

import pytest
from pandas.tseries.holiday import USFederalHolidayCalendar

from tests.governance.complaints.made import day
from wardround.governance.complaints import after_work_days, holidays, is_work_day

LISTED = {
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}
"""As OPM lists them; 31 December is New Year's Day of the year after, observed."""


@pytest.mark.parametrize("year", LISTED)
def test_holidays_as_listed(year: int) -> None:
    found = holidays(year) | {d for d in holidays(year + 1) if d.year == year}
    found = {d for d in found if d.year == year}
    assert sorted(found) == [day(f"{year}-{d}") for d in LISTED[year].split()]


def test_every_day_of_twenty_years_as_pandas_has_it() -> None:
    first, last = date(2022, 1, 1), date(2041, 12, 31)
    free = {d.date() for d in USFederalHolidayCalendar().holidays(first, last)}
    for number in range((last - first).days + 1):
        one = first + timedelta(days=number)
        assert is_work_day(one) == (one.weekday() < 5 and one not in free), one


def test_juneteenth_is_one_since_2021() -> None:
    assert date(2020, 6, 19) not in holidays(2020)


@pytest.mark.parametrize(
    ("aware", "count", "due"),
    [
        ("2026-11-16", 5, "2026-11-23"),  # over a weekend
        ("2026-11-20", 10, "2026-12-07"),  # over Thanksgiving; the Friday after it counts
        ("2026-11-21", 1, "2026-11-23"),  # from a Saturday
        ("2026-12-24", 5, "2027-01-04"),  # Christmas, and New Year's Day on a Friday
        ("2027-12-23", 5, "2028-01-03"),  # both observed on the Friday before
        ("2026-07-02", 1, "2026-07-06"),  # the Fourth on a Saturday is observed on the Friday
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_work_days_after(aware: str, count: int, due: str) -> None:
    assert after_work_days(day(aware), count) == day(due)
