"""How well patients with the outcome are told from those without: AUROC, AUPRC, and their curves.

AUROC: Hanley and McNeil 1982. AUPRC is the average precision, a sum of steps: straight lines
between points of a precision-recall curve promise what no threshold gives (Davis and Goadrich
2006). Two AUROCs of the same patients: DeLong et al. 1988, by the midranks of Sun and Xu 2014 (doi
10.1109/LSP.2014.2337313).
"""

from dataclasses import dataclass

import numpy as np

from wardround.governance.validation.predictions import Floats


class Ranking:
    """Predictions in their order, for which areas are had for any weights of the rows."""

    def __init__(self, outcomes: Floats, risks: Floats) -> None:
        self._order = np.argsort(-risks, kind="stable")
        ordered = risks[self._order]
        self._starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        self.thresholds = ordered[self._starts]
        self._yes = outcomes[self._order]

    def counts(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return those with and without the outcome at each risk, from the highest down."""
        ordered = weights[:, self._order]
        yes = np.add.reduceat(ordered * self._yes, self._starts, axis=1)
        return yes, np.add.reduceat(ordered, self._starts, axis=1) - yes

    def areas(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return AUROC and AUPRC for each row of weights."""
        yes, no = self.counts(weights)
        true, false = yes.cumsum(axis=1), no.cumsum(axis=1)
        positives = true[:, -1]
        auroc = (no * (true - yes / 2)).sum(axis=1) / (positives * false[:, -1])
        flagged = np.maximum(true + false, 1)
        auprc = (yes * true / flagged).sum(axis=1) / positives
        return auroc, auprc

    def curves(self, points: int = 200) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Return the points of the ROC and of the precision-recall curve, thinned to be drawn."""
        yes, no = self.counts(np.ones((1, len(self._yes))))
        true, false = np.r_[0, yes[0].cumsum()], np.r_[0, no[0].cumsum()]
        roc = false / false[-1], true / true[-1]
        precision = true[1:] / (true[1:] + false[1:])
        pr = true[1:] / true[-1], precision
        return _thinned(*roc, points), _thinned(*pr, points)


def _thinned(x: Floats, y: Floats, points: int) -> tuple[Floats, Floats]:
    kept = np.unique(np.linspace(0, len(x) - 1, points).round().astype(int))
    return x[kept], y[kept]


@dataclass(frozen=True)
class Delong:
    """Two AUROCs on the same patients, their difference, its standard error and p."""

    first: float
    second: float
    difference: float
    error: float
    p: float

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of the difference."""
        from scipy.stats import norm

        reach = float(norm.ppf(0.975)) * self.error
        return self.difference - reach, self.difference + reach


def delong(outcomes: Floats, first: Floats, second: Floats) -> Delong:
    """Compare two sets of predictions for the same patients by their AUROC."""
    from scipy.stats import norm

    yes = outcomes == 1
    placed = [_placements(risks, yes) for risks in (first, second)]
    areas = [float(with_.mean()) for with_, _ in placed]
    with_yes = np.cov([with_ for with_, _ in placed]) / yes.sum()
    with_no = np.cov([without for _, without in placed]) / (~yes).sum()
    both = with_yes + with_no
    error = float(np.sqrt(max(both[0, 0] + both[1, 1] - 2 * both[0, 1], 0.0)))
    difference = areas[0] - areas[1]
    p = float(2 * norm.sf(abs(difference) / error)) if error > 0 else 1.0
    return Delong(areas[0], areas[1], difference, error, p)


def _placements(risks: Floats, yes: np.ndarray) -> tuple[Floats, Floats]:
    """Return the share of the others whom each patient ranks above, or below, as they should.

    Of each with the outcome, those without it who rank lower; of each without it, those with it
    who rank higher.
    """
    from scipy.stats import rankdata

    positives, negatives = risks[yes], risks[~yes]
    overall = rankdata(risks)
    above = (overall[yes] - rankdata(positives)) / len(negatives)
    below = 1 - (overall[~yes] - rankdata(negatives)) / len(positives)
    return above, below
