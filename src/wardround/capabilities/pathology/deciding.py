"""What a pathologist can do with a measure, each as one edit of the draft."""

from math import isfinite
from uuid import uuid4

from pydantic import ValidationError

from wardround.capabilities.pathology.model import SLIDE, Marked, Measure, Report, State
from wardround.engines.images import Region
from wardround.kernel import Edit, ImageRegion, InvalidInput, Json, first_fault


def confirm(report: Report, measure_id: str) -> Edit:
    """Take a measure as it was read."""
    place, measure = _find(report, measure_id)
    return _put(place, measure, state=State.CONFIRMED, value=measure.read, why="")


def correct(report: Report, measure_id: str, value: float, why: str = "") -> Edit:
    """Put a person's own number in its place."""
    place, measure = _find(report, measure_id)
    if not isfinite(value) or value < 0:
        raise InvalidInput("A measure is a number from 0 on.", where="value")
    return _put(place, measure, state=State.CORRECTED, value=value, why=why.strip())


def reject(report: Report, measure_id: str, why: str = "") -> Edit:
    """Leave a measure out of the report."""
    place, measure = _find(report, measure_id)
    return _put(place, measure, state=State.REJECTED, value=measure.read, why=why.strip())


def restore(report: Report, measure_id: str) -> Edit:
    """Take a decision back."""
    place, measure = _find(report, measure_id)
    return _put(place, measure, state=State.SUGGESTED, value=measure.read, why="")


def confirm_all(report: Report) -> Edit:
    """Take every measure that is not decided yet as it was read."""
    taken: list[Json] = [
        (
            one.model_copy(update={"state": State.CONFIRMED})
            if one.state is State.SUGGESTED
            else one
        ).model_dump(mode="json")
        for one in report.measures
    ]
    return Edit(op="replace", path="/measures", value=taken)


def mark(report: Report, display: str, region: Region) -> Edit:
    """Draw a region on the slide, and say what is there."""
    within(report, region)
    if not display.strip():
        raise InvalidInput("A region has a name.", where="display", mend="Say what is there.")
    name = " ".join(display.split())
    try:
        new = Marked(id=f"marked-{uuid4().hex[:12]}", display=name, region=region)
    except ValidationError as error:
        raise InvalidInput(
            "This cannot stand in a report.",
            where=first_fault(error),
            mend="Say it in fewer words.",
        ) from None
    value = new.model_dump(mode="json")
    return Edit(op="add", path="/marked/-", value=value, sources=(source(region),))


def unmark(report: Report, marked_id: str) -> Edit:
    """Take a drawn region away."""
    ids = [one.id for one in report.marked]
    if marked_id not in ids:
        raise InvalidInput("There is no such region in this draft.", where=marked_id)
    return Edit(op="remove", path=f"/marked/{ids.index(marked_id)}")


def source(region: Region) -> ImageRegion:
    """Return a region as the evidence of a claim."""
    return ImageRegion(input=SLIDE, **region.model_dump(exclude={"image"}))


def within(report: Report, region: Region) -> None:
    """Raise ``InvalidInput`` where a region is not on the slide."""
    slide = report.slide
    if region.x + region.width > slide.columns or region.y + region.height > slide.rows:
        raise InvalidInput(
            "This region leaves the slide.",
            where="region",
            mend=f"The slide has {slide.columns} columns and {slide.rows} rows.",
        )


def _find(report: Report, measure_id: str) -> tuple[int, Measure]:
    place = report.place(measure_id)
    if place is None:
        raise InvalidInput("There is no such measure in this draft.", where=measure_id)
    return place, report.measures[place]


def _put(place: int, measure: Measure, **changed: object) -> Edit:
    value = measure.model_copy(update=changed).model_dump(mode="json")
    return Edit(op="replace", path=f"/measures/{place}", value=value)
