"""From which probability to act: what a miss harms against what a false alarm harms.

With calibrated probabilities the best threshold follows from the two harms alone,
``1 / (1 + miss / false alarm)`` (Pauker and Kassirer 1980, NEJM 302:1109); nothing needs to be
weighted or repeated in training. The threshold at which the development patients would have
cost least is shown beside it: where both differ, it is chance or calibration.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.table import Numbers


@dataclass(frozen=True)
class Costs:
    """Two thresholds and what each cost, in false alarms for each 100 patients."""

    ratio: float
    threshold: float
    cost: float
    empirical: float
    empirical_cost: float
    low: float
    high: float
    """Thresholds between which the cost differs by less than its sampling error."""


def threshold(ratio: float) -> float:
    """Return the probability from which acting harms less than not acting."""
    return 1 / (1 + ratio)


def cost(probability: Numbers, outcome: NDArray[np.int64], ratio: float, limit: float) -> Numbers:
    """Return what acting from ``limit`` on costs in each patient, in false alarms."""
    act = probability >= limit
    return np.asarray(ratio * ((outcome == 1) & ~act) + ((outcome == 0) & act))


def weigh(probability: Numbers, outcome: NDArray[np.int64], ratio: float) -> Costs:
    """Return both thresholds on probabilities that are unseen by what made them."""
    limits = np.append(np.unique(np.round(probability, 3)), 1.0)
    each = {float(limit): cost(probability, outcome, ratio, limit) for limit in limits}
    totals = {limit: float(value.mean()) for limit, value in each.items()}
    best = min(totals, key=lambda limit: totals[limit])
    near = []
    for limit, value in each.items():
        apart = value - each[best]
        if apart.mean() <= 1.96 * apart.std() / np.sqrt(len(apart)):
            near.append(limit)
    ours = threshold(ratio)
    return Costs(
        ratio=ratio,
        threshold=ours,
        cost=100 * float(cost(probability, outcome, ratio, ours).mean()),
        empirical=best,
        empirical_cost=100 * totals[best],
        low=min(near),
        high=max(near),
    )
