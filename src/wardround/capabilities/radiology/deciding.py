"""What a radiologist can do with a finding, each as one edit of the draft."""

from collections.abc import Sequence
from uuid import uuid4

from pydantic import ValidationError

from wardround.capabilities.radiology.model import IMAGE, Finding, Report, State
from wardround.engines.images import Region
from wardround.kernel import Edit, ImageRegion, InvalidInput, first_fault

KINDS = (
    "Not there",
    "Known, and unchanged",
    "Another cause explains it",
    "Artefact or technique",
    "Too little to tell",
    "Other",
)
"""Why a finding is decided against the model: a few kinds, so that they can be counted."""


def confirm(report: Report, finding_id: str, why: str = "") -> Edit:
    """Say that a finding is there; against the model, with a reason."""
    return _decided(report, finding_id, State.CONFIRMED, why)


def deny(report: Report, finding_id: str, why: str = "") -> Edit:
    """Say that a finding is not there; what a person added goes altogether."""
    place, finding = _find(report, finding_id)
    if finding.state is State.ADDED:
        return Edit(op="remove", path=f"/findings/{place}")
    return _decided(report, finding_id, State.ABSENT, why)


def restore(report: Report, finding_id: str) -> Edit:
    """Take a decision back."""
    place, finding = _find(report, finding_id)
    if finding.state is State.ADDED:
        return _put(place, finding)
    return _put(place, finding, state=State.SUGGESTED, why="")


def reword(report: Report, finding_id: str, words: str) -> Edit:
    """Write what the report says of a finding."""
    place, finding = _find(report, finding_id)
    return _put(place, finding, words=" ".join(words.split()))


def mark(report: Report, finding_id: str, regions: Sequence[Region]) -> Edit:
    """Draw where a finding is, instead of where the model saw it."""
    place, finding = _find(report, finding_id)
    within(report, regions)
    edit = _put(place, finding, regions=tuple(regions), area=None)
    return edit.model_copy(update={"sources": sources(regions)})


def add(report: Report, display: str, regions: Sequence[Region], words: str = "") -> Edit:
    """Add a finding that the model did not tell, with where it is."""
    within(report, regions)
    if not display.strip():
        raise InvalidInput("A finding has a name.", where="display", mend="Name what you see.")
    try:
        new = Finding(
            id=f"added-{uuid4().hex[:12]}",
            display=" ".join(display.split()),
            state=State.ADDED,
            regions=tuple(regions),
            words=" ".join(words.split()),
        )
    except ValidationError as error:
        raise InvalidInput(
            "This cannot stand in a report.",
            where=first_fault(error),
            mend="Say it in fewer words.",
        ) from None
    value = new.model_dump(mode="json")
    return Edit(op="add", path="/findings/-", value=value, sources=sources(regions))


def sources(regions: Sequence[Region]) -> tuple[ImageRegion, ...]:
    """Return regions as the evidence of a claim."""
    return tuple(
        ImageRegion(
            input=IMAGE.format(one.image), **one.model_dump(exclude={"image"}, mode="python")
        )
        for one in regions
    )


def within(report: Report, regions: Sequence[Region]) -> None:
    """Raise ``InvalidInput`` where a region is not on an image of the study."""
    pictures = report.study.pictures
    for one in regions:
        if one.image >= len(pictures) or one.frame >= pictures[one.image].frames:
            raise InvalidInput("There is no such image in this study.", where="regions")
        picture = pictures[one.image]
        if one.x + one.width > picture.columns or one.y + one.height > picture.rows:
            raise InvalidInput(
                "This region leaves the image.",
                where="regions",
                mend=f"The image has {picture.columns} columns and {picture.rows} rows.",
            )


def _decided(report: Report, finding_id: str, state: State, why: str) -> Edit:
    place, finding = _find(report, finding_id)
    decided = finding.model_copy(update={"state": state, "why": why.strip()})
    if decided.against and finding.sure and not decided.why:
        raise InvalidInput(
            "The model is sure of the opposite: say why you decide otherwise.",
            where="why",
            mend="A few words are enough.",
        )
    return _put(place, decided)


def _find(report: Report, finding_id: str) -> tuple[int, Finding]:
    place = report.place(finding_id)
    if place is None:
        raise InvalidInput("There is no such finding in this draft.", where=finding_id)
    return place, report.findings[place]


def _put(place: int, finding: Finding, **changed: object) -> Edit:
    value = finding.model_copy(update=changed).model_dump(mode="json")
    return Edit(op="replace", path=f"/findings/{place}", value=value)
