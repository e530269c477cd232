"""How the review page shows an assessment: its inputs, what each adds, what was before.

Plots are shapes with numbers alone, drawn on the page without a script.
"""

from datetime import datetime
from typing import Any, NamedTuple

from wardround.capabilities.risk.assessing import spoken
from wardround.capabilities.risk.assessor import About
from wardround.capabilities.risk.model import Assessment, Entry, State
from wardround.capabilities.risk.score import Band, Kind, band_of

_UNITS = {
    "Cel": "°C",
    "[degF]": "°F",
    "mm[Hg]": "mmHg",
    "/min": "a minute",
    "a": "years",
    "{score}": "points",
    "{criteria}": "criteria",
    "{INR}": "",
    "1": "",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "10*3/uL": "10³/µL",
    "10*9/L": "10⁹/L",
}
"""UCUM as clinicians write it; what is not here is written as it is."""


class Row(NamedTuple):
    """One input as a line of the page; ``place`` is where it stands in the draft."""

    place: int
    entry: Entry
    value: str
    said: str
    """What the chart says, where it says it in another unit."""
    unit: str
    asks: bool
    """Whether a person is asked for it."""


class Bar(NamedTuple):
    """What one line adds, with the ends of its bar in hundredths of the width."""

    label: str
    amount: str
    start: float
    width: float
    lowers: bool


class Step(NamedTuple):
    """One band of a scale, and whether the result lies in it."""

    range: str
    band: Band
    here: bool


class Line(NamedTuple):
    """Results over time as points of a plot that is 100 wide and 30 high."""

    points: str
    last: tuple[float, float]
    lowest: str
    highest: str
    begin: datetime
    end: datetime


def page(made: Assessment, about: About) -> dict[str, Any]:
    """Return all that the page shows, by the names by which its template knows it."""
    open_questions = [
        entry for entry in made.inputs if entry.kind == Kind.YES_NO and not entry.state.counts
    ]
    return {
        "assessment": made,
        "about": about,
        "rows": rows(made),
        "number": "" if made.result is None else spoken(made.result),
        "unit": "" if made.result is None else written(about.unit).replace("%", ""),
        "bars": bars(made),
        "steps": steps(made, about),
        "line": line(made),
        "open_questions": len(open_questions),
        "otherwise": any(
            entry.state is State.STATED and entry.found is State.USED for entry in made.inputs
        ),
    }


def written(unit: str) -> str:
    """Return a unit as clinicians write it."""
    return _UNITS.get(unit, unit)


def shown(entry: Entry) -> str:
    """Return the value that counts, as a clinician reads it; empty where there is none."""
    value = entry.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str):
        return dict(entry.choices).get(value, value)
    return f"{round(value, 4):g} {written(entry.unit)}".strip()


def rows(made: Assessment) -> list[Row]:
    """Return the inputs: those first that a person is asked for."""
    found = []
    for place, entry in enumerate(made.inputs):
        value = shown(entry)
        chart = entry.says.replace("[degF]", "°F").replace("mm[Hg]", "mmHg").replace("Cel", "°C")
        elsewise = entry.resource is not None and chart not in {"", value, value.lower()}
        asks = entry.found is not State.USED
        numeric = entry.kind == Kind.QUANTITY
        said = chart if elsewise and numeric else ""
        found.append(Row(place, entry, value, said, written(entry.unit), asks))
    return sorted(found, key=lambda row: (not row.asks, not row.entry.needed))


def bars(made: Assessment) -> list[Bar]:
    """Return what each line adds, in the score's own order."""
    amounts = [part.amount for part in made.contributions]
    low, high = min([0.0, *amounts]), max([0.0, *amounts])
    span = (high - low) or 1.0
    return [
        Bar(
            part.label,
            f"{part.amount:+g}" if part.amount else "0",
            round(100 * (min(0.0, part.amount) - low) / span, 1),
            round(100 * abs(part.amount) / span, 1),
            part.amount < 0,
        )
        for part in made.contributions
    ]


def steps(made: Assessment, about: About) -> list[Step]:
    """Return the bands of the score, and in which the result, or its range, lies."""
    result = made.result
    ends = () if result is None else (result.low, result.high, result.value)
    met = {band_of(about.bands, end) for end in ends if end is not None}
    places = [place for place, band in enumerate(about.bands) if band in met]
    inside = range(min(places), max(places) + 1) if places else range(0)
    found = []
    for place, band in enumerate(about.bands):
        following = about.bands[place + 1] if place + 1 < len(about.bands) else None
        found.append(Step(_range(about, band, following), band, place in inside))
    return found


def line(made: Assessment) -> Line | None:
    """Return the results over time; none where there is but one."""
    points = [(point.at, point.value) for point in made.trend]
    now = None if made.result is None else made.result.value
    if now is not None and (not points or points[-1][1] != now):
        points.append((made.at, now))
    if len(points) < 2:
        return None
    begin, end = points[0][0], points[-1][0]
    values = [value for _, value in points]
    low, high = min(values), max(values)
    wide, tall = (end - begin).total_seconds() or 1.0, (high - low) or 1.0
    drawn = [
        (
            round(2 + 96 * (at - begin).total_seconds() / wide, 1),
            round(27 - 24 * (value - low) / tall, 1),
        )
        for at, value in points
    ]
    return Line(
        " ".join(f"{x},{y}" for x, y in drawn), drawn[-1], f"{low:g}", f"{high:g}", begin, end
    )


def _range(about: About, band: Band, following: Band | None) -> str:
    begin = "above " if band.above else ""
    if following is None:
        return f"{begin}{band.floor:g} and more" if not band.above else f"above {band.floor:g}"
    if about.decimals == 0 and not following.above:
        last = following.floor - 1
        return f"{band.floor:g}" if last == band.floor else f"{band.floor:g} to {last:g}"
    until = "up to" if following.above else "below"
    if band.floor == 0 and not band.above:
        return f"{until} {following.floor:g}"
    return f"{begin}{band.floor:g}, {until} {following.floor:g}"
