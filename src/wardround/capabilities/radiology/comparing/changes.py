"""What two reports on one patient say of each finding, and what may be said of the difference.

What is compared is what people decided. That a finding appeared or is gone is said only where both
reports decided on it, the earlier one is signed, and both are of one kind, one side and one view;
else the reason is said. That something is better or worse is never said: nobody measured it.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from wardround.capabilities.radiology.comparing.comparison import MEASURED, change_of
from wardround.capabilities.radiology.headline import kind_of, percent
from wardround.capabilities.radiology.model import Finding, Picture, Report, State
from wardround.kernel import Draft, Status

Course = Literal["appeared", "gone", "unchanged", "undecided", "unmentioned", "not compared"]

OTHER_MODEL = (
    "Another model, or another version of it, read the other study: the probabilities are not "
    "compared."
)
UNMEASURED = "How much two images of one day differ by this model was not measured."
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
    model = None if why_model else newer.model.name
    lines = (_line(before, after, why, model) for before, after in _groups(then, now))
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


def _groups(then: Report, now: Report) -> Iterator[tuple[list[Finding], list[Finding]]]:
    """Yield what either report says of one thing, those of the newer report first.

    Two of a kind, such as two nodules, stay together: which was which is not known.
    """
    left = [*now.findings, *then.findings]
    while left:
        first = left[0]
        left = [one for one in left if not _same(first, one)]
        yield (
            [one for one in then.findings if _same(first, one)],
            [one for one in now.findings if _same(first, one)],
        )


def _same(one: Finding, other: Finding) -> bool:
    """Whether two findings are of one kind: by code, or by name where one has none."""
    if one.code and other.code:
        return (one.system, one.code) == (other.system, other.code)
    return one.display.casefold().split() == other.display.casefold().split()


def _state(found: list[Finding]) -> str:
    states = {state_of(one) for one in found}
    for state in ("present", "not decided", "absent"):
        if state in states:
            return state
    return "not mentioned"


def _line(before: list[Finding], after: list[Finding], why: str, model: str | None) -> Line:
    older, newer = _state(before), _state(after)
    course, says = _course(older, newer, why)
    told = "" if model is None else _told(before, after, model)
    display = (after or before)[0].display
    return Line(display, _counted(older, before), _counted(newer, after), course, says, told)


def _counted(state: str, found: list[Finding]) -> str:
    """Return a state with how many findings of one kind it is about, where they are several."""
    several = sum(state_of(one) == state for one in found)
    return f"{state} ({several})" if several > 1 else state


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


def _told(before: list[Finding], after: list[Finding], model: str) -> str:
    """Return what two probabilities of one finding say, by the model that told both."""
    if len(before) != 1 or len(after) != 1:
        return ""
    was, now = before[0], after[0]
    if was.probability is None or now.probability is None:
        return ""
    numbers = f"{percent(was.probability)} then, {percent(now.probability)} since."
    if model != MEASURED:
        return f"{numbers} {UNMEASURED}"
    moved = change_of(now.code, now.display, now.probability, was.probability, "")
    return f"{numbers} {moved.says}"
