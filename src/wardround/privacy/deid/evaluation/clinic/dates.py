"""Days around a visit, in the ways in which people write them."""

import random
from datetime import date, timedelta

from wardround.privacy.deid.evaluation.spoken import th

MONTHS = (
    "January February March April May June July August September October November December".split()
)
SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAYS_SHORT = "Mon Tue Wed Thu Fri Sat Sun".split()

WHOLE = (
    "{m:02}/{d:02}/{y}",
    "{m}/{d}/{y}",
    "{m}/{d}/{yy:02}",
    "{m:02}/{d:02}/{yy:02}",
    "{m:02}-{d:02}-{y}",
    "{m}-{d}-{yy:02}",
    "{y}-{m:02}-{d:02}",
    "{month} {d}, {y}",
    "{short} {d}, {y}",
    "{short}. {d}, {y}",
    "{d} {month} {y}",
    "{d}-{short}-{y}",
    "{d:02}{upper}{y}",
    "{d} {short} {yy:02}",
    "{month} {dth}, {y}",
    "the {dth} of {month} {y}",
    "{weekday}, {month} {d}, {y}",
    "{wd} {m}/{d}/{yy:02}",
    "{m}.{d}.{yy:02}",
    "{y}/{m:02}/{d:02}",
    "{month} {d} {y}",
    "{y}{m:02}{d:02}",
)
SHORTENED = (
    "{m}/{d}",
    "{m:02}/{d:02}",
    "{month} {d}",
    "{month} {dth}",
    "{short} {d}",
    "the {dth} of {month}",
    "{d} {short}",
    "{wd} {m}/{d}",
    "{weekday} {month} {d}",
    "{m}-{d}",
)
MONTHLY = (
    "{month} {y}",
    "{month} of {y}",
    "{short} {y}",
    "{m}/{y}",
    "{m:02}/{y}",
    "{short}-{yy:02}",
    "{month}",
)
HOLIDAYS = (
    "Thanksgiving",
    "Christmas Eve",
    "Christmas Day",
    "New Year's Eve",
    "the Fourth of July",
    "Labor Day",
    "Memorial Day",
    "Halloween",
    "Valentine's Day",
    "Easter Sunday",
    "St. Patrick's Day",
    "Juneteenth",
)


def visit_day(rng: random.Random) -> date:
    """Return a day of the last years on which someone may be seen."""
    return date(2014, 1, 2) + timedelta(days=rng.randrange(4300))


def before(day: date, rng: random.Random, days: int = 2200) -> date:
    """Return an earlier day, more often a near one."""
    return day - timedelta(days=1 + int(days * rng.random() ** 3))


def after(day: date, rng: random.Random) -> date:
    """Return a day within half a year."""
    return day + timedelta(days=1 + int(180 * rng.random() ** 2))


def born(day: date, age: int, rng: random.Random) -> date:
    """Return a birthday that makes someone so old on a day."""
    return date(day.year - age, day.month, min(day.day, 28)) - timedelta(days=rng.randrange(1, 364))


def written(day: date, pattern: str) -> str:
    """Return a day in one of the patterns."""
    return pattern.format(
        y=day.year,
        yy=day.year % 100,
        m=day.month,
        d=day.day,
        month=MONTHS[day.month - 1],
        short=SHORT[day.month - 1],
        upper=SHORT[day.month - 1].upper(),
        weekday=WEEKDAYS[day.weekday()],
        wd=WEEKDAYS_SHORT[day.weekday()],
        dth=th(day.day),
    )
