"""The area under each reader's ROC curve, and how the errors of all the areas go together.

The area is the trapezoidal one: ties count half (Bamber 1975). Its covariances are DeLong's (1988)
or of the jackknife over cases, which for this area follows from the same placements.
"""

import numpy as np
from scipy.stats import rankdata

from wardround.governance.readers.model import Curve
from wardround.governance.readers.study import Flags
from wardround.governance.validation import Floats

METHODS = ("jackknife", "delong")


def areas(ratings: Floats, truth: Flags, method: str = "jackknife") -> tuple[Floats, Floats]:
    """Return the area for each row of ratings, and the covariances of the areas."""
    placed = [_placements(row, truth) for row in ratings]
    above = np.array([one for one, _ in placed])
    below = np.array([one for _, one in placed])
    found = above.mean(axis=1)
    if method == "delong":
        return found, means(above)[1] + means(below)[1]
    yes, no = above.shape[1], below.shape[1]
    without = [(yes * found[:, None] - above) / (yes - 1), (no * found[:, None] - below) / (no - 1)]
    return found, jackknifed(np.concatenate(without, axis=1))


def jackknifed(without: Floats) -> Floats:
    """Return the covariances of figures, one a row, found with each case in turn left out."""
    n = without.shape[1]
    apart = without - without.mean(axis=1, keepdims=True)
    return np.asarray((n - 1) / n * apart @ apart.T)


def means(values: Floats) -> tuple[Floats, Floats]:
    """Return the mean of each row over cases, and the covariances of the means."""
    cov = np.atleast_2d(np.cov(values)) / values.shape[1]
    return values.mean(axis=1), np.asarray(cov)


def roc(ratings: Floats, truth: Flags) -> Curve:
    """Return one reader's curve: from no case called to all of them."""
    steps = [np.inf, *np.unique(ratings)[::-1]]
    false = [float((ratings[~truth] >= step).mean()) for step in steps]
    true = [float((ratings[truth] >= step).mean()) for step in steps]
    return Curve(x=false, y=true)


def mean_curve(curves: list[Curve], points: int = 101) -> Curve:
    """Return the mean sensitivity of the readers at the same specificity.

    Its area is the mean of the readers' areas, but for the width of a step.
    """
    at = np.linspace(0, 1, points)
    heights = [np.interp(at, *_upright(one)) for one in curves]
    return Curve(x=[0.0, *at.tolist()], y=[0.0, *np.mean(heights, axis=0).tolist()])


def _upright(curve: Curve) -> tuple[Floats, Floats]:
    """Return the curve with one height for each place, the highest where it rises straight up."""
    x, y = np.array(curve.x), np.array(curve.y)
    last = np.r_[x[1:] != x[:-1], True]
    return x[last], y[last]


def _placements(row: Floats, truth: Flags) -> tuple[Floats, Floats]:
    """Return, of each case, the share of the other kind that it stands on the right side of."""
    yes, no = row[truth], row[~truth]
    ranks = rankdata(row)
    above = (ranks[truth] - rankdata(yes)) / len(no)
    below = 1 - (ranks[~truth] - rankdata(no)) / len(yes)
    return above, below
