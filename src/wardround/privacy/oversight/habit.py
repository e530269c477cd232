"""What is usual: at which hours somebody works, how many charts a day, and how far above is far."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from statistics import median

from wardround.kernel import InvalidInput, Noun

_SATURDAY = 5
_HOURS = 24
_CONSISTENT = 1.4826
"""Makes the median absolute deviation comparable with a standard deviation (Rousseeuw and Croux,
1993)."""
_LEAST_SPREAD = 0.2
"""Of the median: where everybody does nearly the same, one chart more is not far above."""


class OpenHours(Noun):
    """When the clinic is open, from Monday to Friday; for people of whom little is known."""

    opens: time
    closes: time

    def hold(self, at: datetime) -> bool:
        """Whether a moment of the clinic's clock is within them."""
        return at.weekday() < _SATURDAY and self.opens <= at.time() < self.closes


def read_hours(written: str, where: str = "hours") -> OpenHours:
    """Return hours such as ``07:00-19:00``; raise ``InvalidInput``, which says ``where``."""
    opens, _, closes = written.partition("-")
    try:
        found = OpenHours(
            opens=time.fromisoformat(opens.strip()), closes=time.fromisoformat(closes.strip())
        )
    except ValueError:
        found = None
    if found is None or not found.opens < found.closes:
        raise InvalidInput("These are no hours.", where=where, mend="Write 07:00-19:00.")
    return found


class Habit:
    """One person's history: the hours they opened charts in, and how many charts a day."""

    def __init__(self) -> None:
        self._hours: dict[tuple[bool, int], set[date]] = {}
        self._days: dict[date, int] = {}
        self._today: date | None = None
        self._seen: set[str] = set()

    def add(self, at: datetime, patient: str) -> None:
        """Add one opened chart; ``at`` is by the clinic's clock, later than those before."""
        day = at.date()
        if day != self._today:
            self._today, self._seen = day, set()
        self._seen.add(patient)
        self._days[day] = len(self._seen)
        self._hours.setdefault((_weekend(at), at.hour), set()).add(day)

    @property
    def days(self) -> Sequence[int]:
        """How many charts were opened on each day on which any was."""
        return list(self._days.values())

    def works_at(self, at: datetime, days: int) -> bool:
        """Whether they worked at this hour, or next to it, on so many days."""
        hours = [(_weekend(at), (at.hour + step) % _HOURS) for step in (-1, 0, 1)]
        return len(set[date]().union(*(self._hours.get(hour, set()) for hour in hours))) >= days


def far_above(value: float, others: Sequence[float], spread: float) -> bool:
    """Whether a value is above the median of others by so many of their deviations.

    The deviation is the median absolute one, so that one odd day hides no other; it is taken as
    one at least, and as a fifth of the median at least.
    """
    middle = median(others)
    deviation = _CONSISTENT * median(abs(one - middle) for one in others)
    return value > middle + spread * max(deviation, _LEAST_SPREAD * middle, 1)


def usual(others: Iterable[float]) -> str:
    """Return the median as it is shown, or that there is nothing to tell it from."""
    known = list(others)
    return f"{median(known):g}" if known else "not known"


def _weekend(at: datetime) -> bool:
    return at.weekday() >= _SATURDAY
