"""Work days as 21 CFR 803.3 means them: Monday to Friday, except Federal holidays.

The holidays are those of 5 U.S.C. 6103(a), on the day they are observed: one that falls on a
Saturday on the Friday before (6103(b)), one on a Sunday on the Monday after (E.O. 11582). Days on
which only the offices of one place are closed, as Inauguration Day is, count as work days.
"""

from datetime import date, timedelta

_MONDAY, _THURSDAY = 0, 3
_ONE_DAY = timedelta(days=1)


def holidays(year: int) -> frozenset[date]:
    """Return the Federal holidays of a year, each on the day it would be observed."""
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)]
    if year >= 2021:  # Pub. L. 117-17
        fixed.append((6, 19))
    floating = (
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        _nth(year, 6, _MONDAY, 1) - 7 * _ONE_DAY,  # the last Monday of May
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 10, _MONDAY, 2),
        _nth(year, 11, _THURSDAY, 4),
    )
    return frozenset({*(_observed(date(year, *day)) for day in fixed), *floating})


def is_work_day(day: date) -> bool:
    """Whether it is one; New Year's Day may be observed in the year before."""
    free = holidays(day.year) | holidays(day.year + 1)
    return day.weekday() < 5 and day not in free


def after_work_days(day: date, count: int) -> date:
    """Return the day that is ``count`` work days after ``day``, which itself is not counted."""
    while count:
        day += _ONE_DAY
        count -= is_work_day(day)
    return day


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _observed(day: date) -> date:
    return day + {5: -_ONE_DAY, 6: _ONE_DAY}.get(day.weekday(), timedelta(0))
