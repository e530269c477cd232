"""A model's predictions, held against what happened."""

from collections.abc import Sequence

import numpy as np

from wardround.governance.validation import acting, comparing, lacking
from wardround.governance.validation.calibrating import bin_edges, ece
from wardround.governance.validation.model import (
    Bin,
    Calibration,
    Curve,
    Measured,
    Validation,
)
from wardround.governance.validation.predictions import Floats, Predictions
from wardround.governance.validation.proportions import wilson
from wardround.governance.validation.resampling import (
    RESAMPLES,
    SEED,
    Curves,
    Found,
    Yardstick,
    interval,
    intervals,
    resampled,
)
from wardround.kernel import InvalidInput

_PERFECT = 400
"""Cohorts drawn from the predictions themselves, as if each came true just as often."""

_BARS = 40
_FEWEST_DRAWS = 200


def validate(
    data: Predictions,
    *,
    thresholds: Sequence[float] = acting.TABLE,
    chosen: float | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Validation:
    """Return all that is measured of the predictions.

    Groups are compared at the risk ``chosen``, or at the share of patients with the outcome.
    """
    if resamples < _FEWEST_DRAWS:
        raise InvalidInput(
            f"{resamples} resamples give no interval.",
            where="resamples",
            mend=f"At least {_FEWEST_DRAWS}; {RESAMPLES} unless you have a reason.",
        )
    y, p = data.outcomes, data.risks
    if len(np.unique(p)) == 1:
        raise InvalidInput(
            "All predictions are the same, so the model tells nobody apart.", where="predictions"
        )
    [at] = acting.checked([float(y.mean()) if chosen is None else chosen])
    stick, curves = Yardstick(y, p), Curves(y, p, acting.STEPS)
    (whole, drawn), (lines, lines_drawn) = resampled(
        [stick.measure, curves.measure], y, seed, resamples
    )
    overall = intervals(whole, drawn)
    bins = bin_edges(p)
    overall["ece"] = Measured(value=ece(y, p, bins))
    overall["ici"] = Measured(value=curves.ici(lines["smooth"][0]))
    (roc_x, roc_y), (pr_x, pr_y) = stick.ranking.curves()
    told = comparing.groups(data, at, seed, resamples)
    return Validation(
        n=len(data),
        events=int(y.sum()),
        digest=data.digest(),
        seed=seed,
        resamples=resamples,
        overall=overall,
        calibration=_calibration(data, bins, curves, (lines, lines_drawn), seed),
        roc=_curve("model", roc_x, roc_y),
        pr=_curve("model", pr_x, pr_y),
        decision=acting.decision_curves(lines, lines_drawn, p),
        thresholds=acting.table(y, p, acting.checked([*thresholds, at])),
        chosen=at,
        compared=comparing.compared(data, seed, resamples),
        groups=told,
        gaps=comparing.gaps(data, told, at),
        missing=lacking.missing(data),
        coverage=lacking.coverage(data),
    )


def _curve(name: str, x: Floats, y: Floats) -> Curve:
    return Curve(name=name, x=[float(one) for one in x], y=[float(one) for one in y])


def _calibration(
    data: Predictions,
    bins: list[np.ndarray],
    curves: Curves,
    lines: tuple[Found, Found],
    seed: int,
) -> Calibration:
    y, p = data.outcomes, data.risks
    whole, drawn = lines
    low, high = np.quantile(drawn["smooth"], (0.025, 0.975), axis=0)
    edges = np.linspace(0, 1, _BARS + 1)
    smooth = _curve("model", curves.smooth.grid, whole["smooth"][0])
    ends = {"low": [float(one) for one in low], "high": [float(one) for one in high]}
    return Calibration(
        bins=[
            Bin(
                n=len(rows),
                predicted=float(p[rows].mean()),
                observed=wilson(int(y[rows].sum()), len(rows)),
            )
            for rows in bins
        ],
        smooth=smooth.model_copy(update=ends),
        histogram_yes=[int(one) for one in np.histogram(p[y == 1], edges)[0]],
        histogram_no=[int(one) for one in np.histogram(p[y == 0], edges)[0]],
        ece_if_perfect=_if_perfect(p, bins, seed),
    )


def _if_perfect(risks: Floats, bins: list[np.ndarray], seed: int) -> Measured:
    """Return the ECE of outcomes drawn from the predictions: its mean and middle 95 %."""
    chance = np.random.default_rng(seed)
    found = [
        ece((chance.random(len(risks)) < risks).astype(np.float64), risks, bins)
        for _ in range(_PERFECT)
    ]
    return interval(float(np.mean(found)), np.array(found))
