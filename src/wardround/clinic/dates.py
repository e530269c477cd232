"""Dates of the sample data, written relative to the clinic's day and set when it is loaded.

    {{day}}  {{day-30}}  {{day+14}}   a date
    {{day-30 09:15}}                  that date at 09:15 on the clinic's clock, with its offset
    {{age 58y 131d}}                  the birth date of somebody 58 years and 131 days old

The data files hold these placeholders; nothing else in them depends on the day.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from wardround.kernel import InvalidInput

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_DAY = re.compile(r"day(?P<days>[+-]\d+)?(?: (?P<hour>\d\d):(?P<minute>\d\d))?")
_AGE = re.compile(r"age (?P<years>\d+)y (?P<days>\d+)d")


def set_dates(text: str, day: date, zone: tzinfo | None, *, where: str) -> str:
    """Return ``text`` with every placeholder replaced; ``InvalidInput`` where one is not known."""

    def replace(match: re.Match[str]) -> str:
        try:
            return _date(match[1], day, zone)
        except ValueError as error:
            line = text.count("\n", 0, match.start()) + 1
            raise InvalidInput(
                f"There is no such date as {match[0]}.",
                where=f"{where}, line {line}",
                mend="Write {{day-30}}, {{day-30 09:15}} or {{age 58y 131d}}.",
            ) from error

    return _PLACEHOLDER.sub(replace, text)


def at(day: date, moment: time, zone: tzinfo | None) -> datetime:
    """Return ``moment`` of ``day`` with its offset in ``zone``, or in the machine's own zone."""
    if zone is None:
        return datetime.combine(day, moment).astimezone()
    return datetime.combine(day, moment, tzinfo=zone)


def _date(word: str, day: date, zone: tzinfo | None) -> str:
    if age := _AGE.fullmatch(word):
        return _born(day, int(age["years"]), int(age["days"])).isoformat()
    if not (found := _DAY.fullmatch(word)):
        raise ValueError(word)
    that_day = day + timedelta(days=int(found["days"] or 0))
    if found["hour"] is None:
        return that_day.isoformat()
    return at(that_day, time(int(found["hour"]), int(found["minute"])), zone).isoformat()


def _born(day: date, years: int, days: int) -> date:
    birthday = day - timedelta(days=days)
    try:
        return birthday.replace(year=birthday.year - years)
    except ValueError:  # born on 29 February, and that year has none
        return birthday.replace(year=birthday.year - years, day=28)
