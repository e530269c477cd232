"""An image beside the one before: what the difference of two probabilities says, and does not.

The model reads one image at a time and does not see change. Two probabilities of one patient differ
by position, exposure and chance alone as well; ``NOISE`` is how much. A larger difference is worth
a look at both images, and is no finding of progress.
"""

from typing import Literal

import numpy as np

from wardround.capabilities.radiology.reading import Read
from wardround.kernel import Noun

NOISE = 2.4
"""Log-odds by which 95 of 100 images change when only position and exposure do (evaluate.py)."""
MEASURED = "wardround-chest"
"""The model that this was measured of; of no other is it known."""

Course = Literal["higher", "lower", "no difference", "not compared"]


class Change(Noun):
    """What can be said of one finding between two images."""

    code: str
    display: str
    course: Course
    before: float | None = None
    now: float | None = None
    difference: float | None = None
    """Of the calibrated probabilities."""
    says: str


def compare(now: Read, before: Read) -> tuple[Change, ...]:
    """Return for each finding of ``now`` how it stands to the image before."""
    known = {one.code: one.probability for one in before.findings}
    return tuple(
        change_of(
            one.code, one.display, one.probability, known.get(one.code), _why_not(now, before)
        )
        for one in now.findings
    )


def _why_not(now: Read, before: Read) -> str:
    """Return why two images are not compared, or nothing."""
    for read, which in ((now, "This image"), (before, "The image before")):
        if read.stopped:
            return f"{which} did not pass the gates."
    if now.model != before.model:
        return "The image before was read by another model; read it again to compare."
    return ""


def change_of(code: str, display: str, share: float, earlier: float | None, why: str) -> Change:
    """Return what two probabilities of one finding say, or ``why`` they are not compared."""
    if earlier is None:
        why = why or "The image before has no such finding."
    if why or earlier is None:
        return Change(code=code, display=display, course="not compared", now=share, says=why)
    moved = _odds(share) - _odds(earlier)
    course: Course = "no difference"
    says = "The two probabilities differ no more than two images of one day do."
    if abs(moved) > NOISE:
        course = "higher" if moved > 0 else "lower"
        says = f"The probability is {course} than before; the model does not see what has changed."
    return Change(
        code=code,
        display=display,
        course=course,
        before=earlier,
        now=share,
        difference=share - earlier,
        says=says,
    )


def _odds(share: float) -> float:
    inside = min(max(share, 1e-6), 1 - 1e-6)
    return float(np.log(inside / (1 - inside)))
