"""A score becomes a probability: as it is, by Platt's line, a beta curve or isotonic steps.

Platt 1999; beta: Kull, Silva Filho and Flach 2017 (AISTATS); isotonic: Zadrozny and Elkan 2002
(KDD). A kind is taken only if it lowers the log loss on folds it was not fitted on; what ties goes
to the smoother, which is named first.
"""

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.table import Numbers

KINDS = ("none", "platt", "beta", "isotonic")
OF_A_SITE = ("none", "intercept", "platt")
"""In order of how much a site must know to fit them (Vergouwe et al. 2017)."""


def chance(odds: Numbers) -> Numbers:
    """Return the probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)))


def bases(kind: str, odds: Numbers) -> Numbers:
    """Return what the calibration adds up: ``(rows, 1)`` or, for beta, ``(rows, 2)``."""
    if kind == "beta":
        return np.column_stack([-np.logaddexp(0, -odds), np.logaddexp(0, odds)])
    return odds[:, None]


def fit(kind: str, odds: Numbers, outcome: NDArray[np.int64]) -> Numbers:
    """Return weights and intercept, intercept last; of isotonic, its corners as two rows."""
    from sklearn.linear_model import LogisticRegression

    if kind == "none":
        return np.array([1.0, 0.0])
    if kind == "intercept":
        move = 0.0
        for _ in range(50):  # Newton's steps; the likelihood is concave
            expected = chance(odds + move)
            move += float((outcome - expected).sum() / (expected * (1 - expected)).sum())
        return np.array([1.0, move])
    if kind == "isotonic":
        return _corners(odds, outcome)
    line = LogisticRegression(C=np.inf, max_iter=1000).fit(bases(kind, odds), outcome)
    return np.append(line.coef_[0], line.intercept_[0])


def apply(kind: str, weights: Numbers, odds: Numbers) -> Numbers:
    """Return calibrated log-odds."""
    if kind == "isotonic":
        share = np.interp(odds, weights[0], weights[1])
        return np.asarray(np.log(share / (1 - share)))
    return np.asarray(bases(kind, odds) @ weights[:-1] + weights[-1])


def unseen(
    kind: str, odds: Numbers, outcome: NDArray[np.int64], folds: NDArray[np.int64]
) -> Numbers:
    """Return the probabilities of each fold by a calibration that was not fitted on it."""
    out = np.empty(len(odds))
    for fold in np.unique(folds):
        inside = folds != fold
        weights = fit(kind, odds[inside], outcome[inside])
        out[~inside] = apply(kind, weights, odds[~inside])
    return chance(out)


def choose(
    odds: Numbers,
    outcome: NDArray[np.int64],
    folds: NDArray[np.int64],
    kinds: tuple[str, ...] = KINDS,
) -> dict[str, float]:
    """Return the log loss of each kind on folds it was not fitted on."""
    from sklearn.metrics import log_loss

    return {kind: float(log_loss(outcome, unseen(kind, odds, outcome, folds))) for kind in kinds}


def _corners(odds: Numbers, outcome: NDArray[np.int64]) -> Numbers:
    """Return where isotonic regression bends, and the probabilities there.

    A step of none or of all is drawn in to one in twice as many as were seen: no outcome is
    impossible.
    """
    from sklearn.isotonic import IsotonicRegression

    least = 1 / (2 * len(odds))
    steps = IsotonicRegression(y_min=least, y_max=1 - least, out_of_bounds="clip")
    steps.fit(np.round(odds, 2), outcome)
    return np.vstack([steps.X_thresholds_, steps.y_thresholds_])
