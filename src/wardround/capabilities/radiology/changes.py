"""What two reports on one patient say of each finding, and what may be said of the difference.

What is compared is what people decided. That a finding appeared or is gone is said only where both
reports decided on it, the earlier one is signed, and both are of one kind, one side and one view;
else the reason is said. That something is better or worse is never said: nobody measured it.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from wardround.capabilities.radiology.comparison import Change, change_of
from wardround.capabilities.radiology.headline import kind_of, percent
from wardround.capabilities.radiology.model import Finding, Picture, Report, State
from wardround.kernel import Draft, Status

Course = Literal["appeared", "gone", "unchanged", "undecided", "unmentioned", "not compared"]

OTHER_MODEL = (
    "Another model, or another version of it, read the other study: the probabilities are not "
    "compared."
)
UNSIGNED = "The other study is not signed: what it says of its findings can still change."
_UNPAIRED = frozenset({"", "U"})
"""What DICOM writes for the side of a part that has none (PS3.3 C.8.11.2, Image Laterality)."""
_STATES = {
    State.CONFIRMED: "present",
    State.ADDED: "present",
    State.ABSENT: "absent",
    State.SUGGESTED: "not decided",
}
_COURSES: dict[tuple[str, str], tuple[Course, str]] = {
    ("absent", "present"): ("appeared", "Appeared"),
    ("present", "absent"): ("gone", "Gone"),
    ("present", "present"): ("unchanged", "Present in both"),
    ("absent", "absent"): ("unchanged", "Absent in both"),
}


class Line(NamedTuple):
    """One finding in two reports: what the older says, what the newer says, what that makes."""

    display: str
    older: str
    newer: str
    course: Course
    says: str
    model: str
    """What the two probabilities say; empty where they are not compared."""


class Comparison(NamedTuple):
    """Two reports, finding by finding.

    ``why`` is why no course is told, and ``why_model`` why probabilities are not compared.
    """

    lines: tuple[Line, ...]
    why: str
    why_model: str


def changes(older: Draft, newer: Draft, *, signed: Draft, why: str = "") -> Comparison:
    """Compare two drafted reports; ``signed`` is the one that must be signed to be compared with.

    ``why`` is a reason found already why they cannot be compared.
    """
    then, now = Report.model_validate(older.content), Report.model_validate(newer.content)
    why = why or unlike(then, now)
    why_model = why or ("" if older.model == newer.model else OTHER_MODEL)
    if not why and signed.status is not Status.SIGNED:
        why = UNSIGNED
    lines = (_line(before, after, why, why_model) for before, after in _pairs(then, now))
    return Comparison(tuple(lines), why, why_model if why_model != why else "")


def unlike(one: Report, other: Report) -> str:
    """Return why two studies are not compared by what they show, or nothing."""
    if kind_of(one.study) != kind_of(other.study):
        return f"The two are not of one kind: {kind_of(one.study)}, and {kind_of(other.study)}."
    image, beside = read_of(one), read_of(other)
    if _side(image) != _side(beside):
        return "The images that were read are not of the same side."
    if not image.view or not beside.view:
        return "Whether the images that were read are of one view is not known."
    if image.view != beside.view:
        return (
            f"The images that were read are of two views, {image.view} and {beside.view}: what "
            "looks different may be the view."
        )
    return ""


def read_of(report: Report) -> Picture:
    """Return the image of a study that the model read."""
    pictures = report.study.pictures
    return next((one for one in pictures if one.read), pictures[0])


def state_of(finding: Finding) -> str:
    """Return what a report says of a finding: ``present``, ``absent`` or ``not decided``."""
    return _STATES[finding.state]


def _side(picture: Picture) -> str:
    return "" if picture.laterality in _UNPAIRED else picture.laterality


def _pairs(then: Report, now: Report) -> Iterator[tuple[Finding | None, Finding | None]]:
    """Yield each finding of either report with that of the other, those of the newer first."""
    left = {_key(one): one for one in then.findings}
    for one in now.findings:
        yield left.pop(_key(one), None), one
    for one in left.values():
        yield one, None


def _key(finding: Finding) -> str:
    return finding.code or " ".join(finding.display.casefold().split())


def _line(before: Finding | None, after: Finding | None, why: str, why_model: str) -> Line:
    older = state_of(before) if before else "not mentioned"
    newer = state_of(after) if after else "not mentioned"
    known = after or before
    display = known.display if known else ""
    course, says = _course(older, newer, why)
    moved = None if why_model else _moved(before, after)
    return Line(display, older, newer, course, says, _told(moved))


def _course(older: str, newer: str, why: str) -> tuple[Course, str]:
    if why:
        return "not compared", "Not compared"
    if "not decided" in {older, newer}:
        return "undecided", "Not decided yet"
    if older == "not mentioned":
        return "unmentioned", "Not mentioned before"
    if newer == "not mentioned":
        return "unmentioned", "Not mentioned since"
    return _COURSES[older, newer]


def _moved(before: Finding | None, after: Finding | None) -> Change | None:
    if before is None or after is None or before.probability is None or after.probability is None:
        return None
    return change_of(after.code, after.display, after.probability, before.probability, "")


def _told(moved: Change | None) -> str:
    if moved is None:
        return ""
    return f"{percent(moved.before)} then, {percent(moved.now)} since. {moved.says}"
