"""Whether predicted risks come true: in the large, along the scale, and as a smooth curve.

Calibration-in-the-large and slope: Cox 1958; Van Calster et al. 2019 (doi
10.1186/s12916-019-1466-7). The smooth curve is a local line with tricube weights over three
quarters of the patients (loess, as Austin and Steyerberg 2014, doi 10.1002/sim.5941); the ICI is
its mean distance from the diagonal (Austin and Steyerberg 2019, doi 10.1002/sim.8281). The ECE has
ten bins of as many patients each.
"""

import numpy as np

from wardround.governance.validation.predictions import Floats

EDGE = 1e-6
"""Risks of 0 and 1 have no logit and an endless loss: they count as this near to them."""

BINS = 10
SPAN = 0.75
GRID = 61
_STEPS = 30
_CLOSE = 1e-7
_LEAST = 1e-12


def logit(risks: Floats) -> Floats:
    """Return the log-odds of risks, of 0 and 1 those of ``EDGE``."""
    kept = np.clip(risks, EDGE, 1 - EDGE)
    return np.asarray(np.log(kept) - np.log1p(-kept))


def intercepts(outcomes: Floats, scores: Floats, weights: Floats) -> Floats:
    """Return how far the log-odds lie off on average: 0 when right, below 0 when too high."""
    found = np.zeros(len(weights))
    observed = weights @ outcomes
    for _ in range(_STEPS):
        fitted = chance(found[:, None] + scores[None, :])
        spread = np.einsum("bn,bn->b", weights, fitted * (1 - fitted))
        miss = observed - np.einsum("bn,bn->b", weights, fitted)
        step = miss / np.maximum(spread, _LEAST)
        found += np.clip(step, -2, 2)
        if np.abs(step).max() < _CLOSE:
            break
    return np.where(np.abs(step) < _CLOSE, found, np.nan)


def slopes(outcomes: Floats, scores: Floats, weights: Floats) -> Floats:
    """Return the slope of outcomes on log-odds: 1 when right, below 1 when too extreme.

    It is not a number where there is none: the predictions part the outcomes without a fault, or
    are all the same.
    """
    yes, yes_x = weights @ outcomes, weights @ (outcomes * scores)
    start, slope = logit(yes / weights.sum(axis=1)), np.zeros(len(weights))
    for _ in range(_STEPS):
        fitted = chance(start[:, None] + slope[:, None] * scores[None, :])
        expected = weights * fitted
        miss, miss_x = yes - expected.sum(axis=1), yes_x - expected @ scores
        spread = expected * (1 - fitted)
        a, b, c = spread.sum(axis=1), spread @ scores, spread @ scores**2
        whole = a * c - b**2
        flat = whole <= _LEAST * a * c
        whole = np.where(flat, 1, whole)
        step, turn = (c * miss - b * miss_x) / whole, (a * miss_x - b * miss) / whole
        start += np.clip(step, -2, 2)
        slope += np.clip(turn, -2, 2)
        moved = np.maximum(np.abs(step), np.abs(turn))
        if moved.max() < _CLOSE:
            break
    return np.where((moved < _CLOSE) & ~flat, slope, np.nan)


def chance(scores: Floats) -> Floats:
    """Return the risks of log-odds."""
    return np.asarray(1 / (1 + np.exp(-scores)))


def bin_edges(risks: Floats) -> list[np.ndarray]:
    """Return the rows of each bin: as many patients in each; equal risks are not parted."""
    order = np.argsort(risks, kind="stable")
    ordered = risks[order]
    cuts = np.linspace(0, len(risks), BINS + 1).round().astype(int)[1:-1]
    cuts = np.unique(np.searchsorted(ordered, ordered[cuts], side="left"))
    return [rows for rows in np.split(order, cuts) if len(rows)]


def ece(outcomes: Floats, risks: Floats, bins: list[np.ndarray]) -> float:
    """Return the expected calibration error: the bins' mean distance, weighed by patients."""
    far = [abs(outcomes[rows].mean() - risks[rows].mean()) * len(rows) for rows in bins]
    return float(sum(far) / len(risks))


class Smooth:
    """The loess curve of outcomes on risks, for any weights of the rows."""

    def __init__(self, outcomes: Floats, risks: Floats) -> None:
        low, high = np.quantile(risks, (0.005, 0.995))
        self.grid = np.linspace(low, high, GRID) if high > low else np.array([low])
        far = np.abs(risks[:, None] - self.grid[None, :])
        nearest = max(int(SPAN * len(risks)) - 1, 1)
        reach = np.maximum(np.partition(far, nearest, axis=0)[nearest], 1e-9)
        kernel = np.clip(1 - (far / reach) ** 3, 0, None) ** 3
        x = risks[:, None] - self.grid[None, :]
        y = outcomes[:, None]
        self._parts = [kernel, kernel * x, kernel * x**2, kernel * y, kernel * x * y]

    def at(self, weights: Floats) -> Floats:
        """Return the share with the outcome at each point of the grid, between 0 and 1."""
        k, kx, kxx, ky, kxy = (weights @ part for part in self._parts)
        whole = k * kxx - kx**2
        flat = whole <= 1e-12 * k**2
        line = (kxx * ky - kx * kxy) / np.where(flat, 1, whole)
        found = np.where(flat, ky / np.maximum(k, 1e-12), line)
        return np.asarray(np.clip(found, 0, 1))
