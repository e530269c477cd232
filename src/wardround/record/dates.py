"""FHIR dates as what they are: ranges of time, as long as their precision says."""

import re
from calendar import isleap, monthrange
from datetime import UTC, datetime

from wardround.kernel import InvalidInput

Range = tuple[float, float]
"""Seconds since 1970 in UTC: from the first (inclusive) to the second (exclusive)."""

DAY = 24 * 60 * 60

_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?"
    r"(Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)


def date_range(text: str, where: str = "date") -> Range:
    """Return what a FHIR date or instant covers; one without a zone is in UTC."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise InvalidInput("This is not a FHIR date.", where=where, mend="Write 2026-03-14.")
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        begin = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            min(int(second or 0), 59), tzinfo=UTC,
        )  # fmt: skip
    except ValueError:
        raise InvalidInput("There is no such date.", where=where) from None
    low = begin.timestamp()
    if second is not None:
        high = low + 1
    elif minute is not None:
        high = low + 60
    elif day is not None:
        high = low + DAY
    elif month is not None:
        high = low + DAY * monthrange(begin.year, begin.month)[1]
    else:
        high = low + DAY * (366 if isleap(begin.year) else 365)
    if fraction is not None:
        low += float(f"0.{fraction}")
        high = low + 10.0 ** -len(fraction)
    if zone not in {None, "Z"}:
        sign = -1 if zone[0] == "-" else 1
        shift = sign * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)
        low, high = low - shift, high - shift
    return low, high
