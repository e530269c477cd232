"""From when to when an edition holds, as the name of its file tells, or a person says."""

import re
from datetime import date, timedelta

from wardround.kernel import InvalidInput

ALWAYS = (date.min, date.max)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(r"([0-9]{1,2})[-_]([0-9]{1,2})[-_](20[0-9]{2})")
_MONTH_YEAR = re.compile(rf"(?:^|[-_ ])({_MONTH})[a-z]*[-_ ](?:[0-9]{{1,2}}[-_ ])?(20[0-9]{{2}})")
_YEAR_MONTH = re.compile(rf"(20[0-9]{{2}})[-_ ]({_MONTH})")
_NCCI = re.compile(r"(?:^|[-_])v([0-9]{2})([0-9])(?:r[0-9])?")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def named_start(name: str, holds: str) -> date | None:
    """Return the first day that a file's name tells, if it tells one.

    ``MCR_MUE_…_Eff_01-01-2026``, ``…April-1-2026…``, ``HCPC2026_JAN_…``, ``ccipra-v320r0-f1`` (the
    NCCI's version 32.0 is of the first quarter of 2026), ``icd10cm-order-2026`` (a fiscal year
    begins on October 1 of the year before).
    """
    low = name.lower()
    if found := _DAY.search(low):
        return _date(int(found[3]), int(found[1]), int(found[2]))
    if found := _MONTH_YEAR.search(low):
        return date(int(found[2]), _MONTHS.index(found[1]) + 1, 1)
    if found := _YEAR_MONTH.search(low):
        return date(int(found[1]), _MONTHS.index(found[2]) + 1, 1)
    if holds == "quarter" and (found := _NCCI.search(low)) and int(found[2]) < 4:
        return date(1994 + int(found[1]), 3 * int(found[2]) + 1, 1)
    if holds in {"fiscal", "year"} and (found := _YEAR.search(low)):
        return first_of(int(found[1]), holds)
    return None


def first_of(year: int, holds: str) -> date:
    """Return the first day of a fiscal or a calendar year."""
    return date(year - 1, 10, 1) if holds == "fiscal" else date(year, 1, 1)


def end_of(start: date, holds: str) -> date:
    """Return the last day of the period in which ``start`` lies."""
    if holds == "fiscal":
        return date(start.year + (start.month >= 10), 9, 30)
    if holds == "quarter":
        month = 3 * ((start.month - 1) // 3) + 4
        after = date(start.year + month // 13, (month - 1) % 12 + 1, 1)
        return after - timedelta(days=1)
    return date(start.year, 12, 31)


def span(name: str, holds: str, start: date | None, end: date | None) -> tuple[date, date]:
    """Return the first and last day of an edition; raise ``InvalidInput`` if nothing tells them."""
    if holds == "always" and start is None:
        return ALWAYS[0], end or ALWAYS[1]
    first = start or named_start(name, holds)
    if first is None:
        raise InvalidInput(
            "The name of the file does not tell from when it holds.",
            where=name,
            mend="Say it: --from YYYY-MM-DD",
        )
    last = end or (ALWAYS[1] if holds == "always" else end_of(first, holds))
    if last < first:
        raise InvalidInput(f"It would end on {last}, before it begins on {first}.", where=name)
    return first, last


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
