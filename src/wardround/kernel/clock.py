"""Time, as a port: what needs the time takes a ``Clock``, so that a test can hold it still."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's present moment, in UTC."""
    return datetime.now(UTC)


def day_of(moment: object) -> date | None:
    """Return the day of a FHIR date or moment, on the clock it was written by.

    None of what is no date, and of a date that is known to the month or the year alone.
    """
    try:
        return date.fromisoformat(str(moment)[:10])
    except ValueError:
        return None
