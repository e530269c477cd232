"""Time, as a port: what needs the time takes a ``Clock``, so that a test can hold it still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's present moment, in UTC."""
    return datetime.now(UTC)
