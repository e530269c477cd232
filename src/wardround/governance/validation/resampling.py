"""Intervals by resampling patients: a thousand cohorts drawn from this one, measured all at once.

The whole cohort is drawn anew, with replacement, not the patients with and without the outcome
apart: drawn apart, the number with the outcome would be the same in each, and the intervals of all
that hangs on it (O:E, Brier, PPV, net benefit) would be too narrow; ``tests/governance`` shows by
how much. Intervals are percentiles of what was found (Efron and Tibshirani 1993). BCa would
correct a bias that these measures hardly have with the numbers that ``Predictions`` asks for, and
its jackknife has to fit the slope once for each patient. The model and its baselines are measured
on the same draws, so that a difference has an interval of its own.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from wardround.governance.validation.calibrating import (
    EDGE,
    Smooth,
    intercepts,
    logit,
    slopes,
)
from wardround.governance.validation.model import Measured
from wardround.governance.validation.predictions import Floats
from wardround.governance.validation.ranking import Ranking

RESAMPLES = 1000
SEED = 20261128
_AT_ONCE = 100
_CELLS = 1_000_000
"""What is held at once: a large cohort is drawn fewer times together."""
_FEWEST = 2
_UNKNOWN = 0.025

Found = dict[str, Floats]


def draws(outcomes: Floats, seed: int, resamples: int) -> Iterator[Floats]:
    """Yield how often each patient is in each drawn cohort, some cohorts at a time.

    One with fewer than two patients with the outcome, or without it, is drawn again.
    """
    chance = np.random.default_rng(seed)
    rows = len(outcomes)
    made = 0
    while made < resamples:
        wanted = min(_AT_ONCE, max(_CELLS // rows, 1), resamples - made)
        drawn = chance.integers(0, rows, (wanted, rows)) + rows * np.arange(wanted)[:, None]
        weights = np.bincount(drawn.ravel(), minlength=wanted * rows).reshape(wanted, rows)
        yes = weights @ outcomes
        kept = weights[(yes >= _FEWEST) & (rows - yes >= _FEWEST)].astype(np.float64)
        made += len(kept)
        if len(kept):
            yield kept


class Yardstick:
    """All measures of one set of predictions, for any weights of its rows."""

    def __init__(self, outcomes: Floats, risks: Floats) -> None:
        self._y, self._p = outcomes, risks
        self.ranking = Ranking(outcomes, risks)
        self._x = logit(risks)
        kept = np.clip(risks, EDGE, 1 - EDGE)
        self._loss = -(outcomes * np.log(kept) + (1 - outcomes) * np.log1p(-kept))
        self._squared = (outcomes - risks) ** 2

    def measure(self, weights: Floats) -> Found:
        """Return each measure for each row of weights."""
        n = weights.sum(axis=1)
        auroc, auprc = self.ranking.areas(weights)
        brier = weights @ self._squared / n
        observed, expected = weights @ self._y / n, weights @ self._p / n
        return {
            "auroc": auroc,
            "auprc": auprc,
            "brier": brier,
            "scaled_brier": 1 - brier / (observed * (1 - observed)),
            "log_loss": weights @ self._loss / n,
            "o_to_e": observed / np.maximum(expected, 1e-12),
            "intercept": intercepts(self._y, self._x, weights),
            "slope": slopes(self._y, self._x, weights),
        }


class Curves:
    """The calibration curve and the decision curve of one set of predictions."""

    def __init__(self, outcomes: Floats, risks: Floats, thresholds: Floats) -> None:
        self.smooth = Smooth(outcomes, risks)
        self._risks = risks
        self._y = outcomes
        flagged = risks[:, None] >= thresholds[None, :]
        odds = thresholds / (1 - thresholds)
        self._model = flagged * (outcomes[:, None] - (1 - outcomes[:, None]) * odds)
        self._odds = odds

    def measure(self, weights: Floats) -> Found:
        """Return the curves, and the mean distance of calibration from the diagonal (ICI)."""
        n = weights.sum(axis=1, keepdims=True)
        smooth = self.smooth.at(weights)
        observed = (weights @ self._y)[:, None] / n
        everybody = observed - (1 - observed) * self._odds
        return {"smooth": smooth, "model": weights @ self._model / n, "all": everybody}

    def ici(self, smooth: Floats) -> float:
        """Return the mean distance of the smooth curve from the diagonal."""
        fitted = np.interp(self._risks, self.smooth.grid, smooth)
        return float(np.abs(fitted - self._risks).mean())


def resampled(
    measures: Sequence[Callable[[Floats], Found]], outcomes: Floats, seed: int, resamples: int
) -> list[tuple[Found, Found]]:
    """Return, for each measuring function, what it finds here and in all drawn cohorts."""
    whole = [measure(np.ones((1, len(outcomes)))) for measure in measures]
    parts: list[list[Found]] = [[] for _ in measures]
    for weights in draws(outcomes, seed, resamples):
        for kept, measure in zip(parts, measures, strict=True):
            kept.append(measure(weights))
    drawn = [
        {name: np.concatenate([part[name] for part in kept]) for name in kept[0]} for kept in parts
    ]
    return list(zip(whole, drawn, strict=True))


def interval(found: float, drawn: Floats) -> Measured:
    """Return a measure with the middle 95 % of what the drawn cohorts gave.

    Where more than one in forty of them gave no number, an end of the interval is not known.
    """
    known = drawn[~np.isnan(drawn)]
    if len(known) < (1 - _UNKNOWN) * len(drawn):
        return Measured(value=float(found))
    low, high = np.quantile(known, (0.025, 0.975))
    return Measured(value=float(found), low=float(low), high=float(high))


def intervals(whole: Found, drawn: Found) -> dict[str, Measured]:
    """Return the measures that have a value; the slope of faultless predictions has none."""
    return {
        name: interval(values[0], drawn[name])
        for name, values in whole.items()
        if not np.isnan(values[0])
    }
