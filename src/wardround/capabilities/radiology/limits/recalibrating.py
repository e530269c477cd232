"""A model set anew for one site from a handful of its labelled cases.

With few cases only a shift of the log-odds can be learned, and it is drawn towards none by a normal
prior of its size between the pseudo-sites (Vergouwe et al. 2017, Statistics in Medicine 36:4529:
the fewer the cases, the less is refitted). The bounds move along, and are those of the site's own
cases from ``abstaining.FEWEST`` of each outcome.
"""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits.abstaining import FEWEST, Numbers, bounds_of
from wardround.capabilities.radiology.limits.limits import Bounds, Limits
from wardround.kernel import InvalidInput

LEAST = 20
"""Labelled cases without which nothing is refitted, of which ``EACH`` have either outcome."""
EACH = 5
SPREAD = 1.0
"""Standard deviation of the shift between sites, in log-odds."""


def recalibrate(limits: Limits, odds: Numbers, labels: NDArray[np.int64]) -> Limits:
    """Return the limits for a site, from log-odds (even odds before) and what was found to be true.

    The share of pneumonia among these cases is not learned from: cases for a check are picked, and
    the site declares its share. Raise ``InvalidInput`` for too few.
    """
    of = [int((labels == one).sum()) for one in (0, 1)]
    if len(odds) < LEAST or min(of) < EACH:
        raise InvalidInput(
            f"Too few cases: {of[0]} without and {of[1]} with pneumonia.",
            where="cases",
            mend=f"Bring {LEAST} or more, and {EACH} or more of each.",
        )
    if not np.isfinite(odds).all():
        raise InvalidInput("A log-odds is no number.", where="cases")
    move = _shift(odds, labels)
    if min(of) >= FEWEST:
        worst = bounds_of(odds + move, labels, limits.coverage)
    else:
        worst = Bounds(healthy=limits.worst.healthy, pneumonia=limits.worst.pneumonia)
    return limits.model_copy(
        update={"offset": limits.offset + move, "worst": worst, "cases": (of[0], of[1])}
    )


def _shift(odds: Numbers, labels: NDArray[np.int64]) -> float:
    """Return the likeliest shift under the prior, both outcomes weighing alike (Newton's steps)."""
    counts = np.bincount(labels, minlength=2)
    weight = (len(labels) / 2 / counts)[labels]
    move = 0.0
    for _ in range(50):
        expected = 1 / (1 + np.exp(-(odds + move)))
        slope = (weight * (labels - expected)).sum() - move / SPREAD**2
        bend = (weight * expected * (1 - expected)).sum() + 1 / SPREAD**2
        move += float(slope / bend)
    return move
