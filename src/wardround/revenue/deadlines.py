"""By when a denial is to be answered."""

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from tomllib import loads

from wardround.revenue.reasons import NO_APPEAL


def due_on(
    filing: str, decided: date, serviced: date | None, remarks: tuple[str, ...] = ()
) -> date:
    """Return the last day: to appeal, or to file anew where there is no appeal (MA130)."""
    days = _days().get(filing) or _days()["other"]
    if NO_APPEAL in remarks and serviced is not None:
        return serviced + timedelta(days=days["filing"])
    return decided + timedelta(days=days["appeal"])


@cache
def _days() -> dict[str, dict[str, int]]:
    return loads((files(__package__) / "deadlines.toml").read_text("utf-8"))
