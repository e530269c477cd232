"""The plots of a reader study: ROC of the readers' mean and of each, FROC and AFROC."""

from math import ceil

from wardround.governance.readers.model import Curve, Located, ReaderStudy
from wardround.governance.readers.reading import ARMS
from wardround.governance.validation import Axes, Picture

_ROLES = dict(zip(ARMS, ("other", "model"), strict=True))
_SHARES = (0.0, 1.0)
_FOUND = "Lesions found"
_LEAST = 1.25
"""False marks per case are numbers, not shares: their axis goes beyond 1."""


def rocs(found: ReaderStudy) -> list[Picture]:
    """Return the curve of the mean, then of each reader, unaided and aided."""
    shown = []
    for name, curves in found.roc.items():
        title = "The readers' mean (ROC)" if name == "mean" else f"R{name[1:]} (ROC)"
        says = "Dashed without the AI, drawn through with it; on the dotted line, chance."
        labels = ("Called without the disease (1 - specificity)", "Called with it (sensitivity)")
        axes = Axes(title, says, _SHARES, _SHARES, labels)
        axes.line([0, 1], [0, 1], "ideal")
        shown.append(_both(axes, curves))
    return shown


def frocs(found: Located) -> list[Picture]:
    """Return the readers' mean FROC and AFROC curves."""
    most = max(max(one.x) for one in found.froc.values())
    froc = Axes(
        "Lesions found, and false marks (FROC)",
        "The mean of the readers, from their surest mark to their last.",
        (0.0, _LEAST if most <= 1 else float(ceil(most))),
        _SHARES,
        ("False marks per case", _FOUND),
    )
    afroc = Axes(
        "Lesions found, and cases marked for nothing (AFROC)",
        "The mean of the readers; the straight end is of what nobody marked.",
        _SHARES,
        _SHARES,
        ("Cases without disease, with a false mark", _FOUND),
    )
    return [_both(froc, found.froc), _both(afroc, found.curve)]


def _both(axes: Axes, curves: dict[str, Curve]) -> Picture:
    for arm in ARMS:
        axes.line(curves[arm].x, curves[arm].y, _ROLES[arm], arm)
    return axes.picture
