"""How the review page shows a report: its images, the regions on them, and each finding."""

from typing import Any, NamedTuple

from wardround.capabilities.radiology.deciding import KINDS
from wardround.capabilities.radiology.headline import kind_of, percent
from wardround.capabilities.radiology.heat import Layer, layer, place_of
from wardround.capabilities.radiology.impression import said
from wardround.capabilities.radiology.model import Finding, Picture, Report
from wardround.kernel import Draft


class Row(NamedTuple):
    """One finding as the page shows it; ``regions`` are the numbers of its marks.

    ``drawn`` are those of a person or a detection; ``rests`` is where the answer rests, in words.
    """

    place: int
    finding: Finding
    percent: str
    says: str
    regions: list[int]
    drawn: list[int]
    rests: str


class Mark(NamedTuple):
    """One region on an image; ``claim`` is the number of the evidence of its finding."""

    number: int
    claim: int
    name: str
    image: int
    frame: int
    x: int
    y: int
    width: int
    height: int
    rests: bool = False
    """Whether it is where an answer rests, and no region of a finding."""


def page(draft: Draft) -> dict[str, Any]:
    """Return the report with what the page draws of it; of an abstained draft its images alone."""
    if not draft.content:
        images = [_unread(draft.id, place) for place in range(len(draft.inputs))]
        return {"report": None, "images": images, "marks": [], "layer": Layer(), "begin": 0}
    report = Report.model_validate(draft.content)
    numbers = {item.claim: number for number, item in enumerate(draft.evidence)}
    marks = _marks(report, numbers)
    rows = [
        Row(
            place,
            one,
            percent(one.probability),
            _says(one),
            [m.number for m in marks if m.name == one.id],
            [m.number for m in marks if m.name == one.id and not m.rests],
            _rests(report, one),
        )
        for place, one in enumerate(report.findings)
    ]
    names = {one.id: one.display for one in report.findings}
    pictures = report.study.pictures
    return {
        "report": report,
        "kind": kind_of(report.study),
        "rows": rows,
        "images": [_image(draft.id, place, one) for place, one in enumerate(pictures)],
        "marks": [mark._replace(name=names[mark.name]) for mark in marks],
        "layer": layer(report),
        "begin": next((place for place, one in enumerate(pictures) if one.read), 0),
        "said": said(report),
        "failed": any(not one.passed for one in report.checks),
        "reasons": KINDS,
    }


def _marks(report: Report, numbers: dict[str, int]) -> list[Mark]:
    drawn = [
        (place, one.id, region, False)
        for place, one in enumerate(report.findings)
        for region in one.regions
    ]
    resting = [
        (place, one.id, one.resting.region, True)
        for place, one in enumerate(report.findings)
        if one.resting and one.resting.region
    ]
    return [
        Mark(number, numbers.get(f"/findings/{place}", -1), name, **at.model_dump(), rests=rests)
        for number, (place, name, at, rests) in enumerate([*drawn, *resting])
    ]


def _rests(report: Report, finding: Finding) -> str:
    """Return where the answer rests, in words; nothing where it was not asked."""
    rests = finding.resting
    if rests is None:
        return ""
    if rests.region is None:
        return "Where this rests could not be shown: the check failed."
    where = place_of(rests.region, report.study.pictures[rests.region.image])
    return (
        f"Where the answer rests (checked): most at the {where} of the image as shown, "
        f"{rests.share:.0%} of what speaks for it; {len(rests.cells)} areas in all."
    )


def _says(finding: Finding) -> str:
    side = "likely present" if finding.likely else "likely absent"
    return f"model: {side}" if finding.sure else f"model: {side}, not sure"


def _image(draft: str, place: int, picture: Picture) -> dict[str, Any]:
    named = [picture.view, picture.laterality]
    return {
        "address": f"/drafts/{draft}/images/{place}",
        "name": " ".join(part for part in named if part) or f"Image {place + 1}",
        "read": picture.read,
        "rows": picture.rows,
        "columns": picture.columns,
        "frames": picture.frames,
        "spacing": picture.spacing,
    }


def _unread(draft: str, place: int) -> dict[str, Any]:
    """Return an image of which nothing is known: the viewer learns its size when it loads it."""
    return {
        "address": f"/drafts/{draft}/images/{place}",
        "name": f"Image {place + 1}",
        "rows": 0,
        "columns": 0,
        "frames": 1,
        "spacing": None,
    }
