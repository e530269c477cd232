"""Whether predicted risks still come true, as outcomes arrive: a CUSUM on observed less expected.

The risk-adjusted CUSUM (Steiner et al. 2000, doi 10.1093/biostatistics/1.4.441) adds up how much
more likely each outcome is if the odds were half as high again, or two thirds of what is
predicted. Its limit is the logarithm of the patients a false alarm: no more false alarms than
that, whatever the mixture of risks (Lorden 1971), so it needs no simulation for each model.
"""

from math import log, sqrt

import numpy as np

from wardround.governance.monitoring.check import FEWEST, Check, thinned, too_few
from wardround.governance.monitoring.shift import PATIENTS_A_FALSE_ALARM
from wardround.governance.validation import Column, Floats, Measured, chance, logit
from wardround.kernel import InvalidInput

ODDS = 1.5
"""The change of odds that is looked for, upwards and downwards."""

LIMIT = log(2 * PATIENTS_A_FALSE_ALARM)


def calibration(outcomes: Column, risks: Column, name: str, offset: float = 0.0) -> Check:
    """Return whether outcomes still agree with predictions, in the order in which they came.

    ``offset`` is the calibration intercept at validation: the watch is for what changed since. The
    value is observed less expected as a share of patients; the path is their running difference in
    patients.
    """
    y, p = _checked(outcomes, risks, name)
    rule = (
        f"fires when the log-likelihood for odds {ODDS:g} times as high, or as low, passes "
        f"{LIMIT:.1f}: at most one false alarm in {PATIENTS_A_FALSE_ALARM:,} patients"
    )
    if len(y) < FEWEST:
        return too_few("calibration", name, len(y), rule)
    p = chance(logit(p) + offset)
    ways = {way: _path(y, p, odds) for way, odds in (("more", ODDS), ("fewer", 1 / ODDS))}
    way = max(ways, key=lambda one: float(ways[one].max()))
    passed = np.flatnonzero(ways[way] >= LIMIT)
    at = int(passed[0]) + 1 if len(passed) else None
    left = (y - p).sum() / len(y)
    reach = 1.96 * sqrt(float((p * (1 - p)).sum())) / len(y)
    said = "Predictions come true as often as they say."
    if at is not None:
        said = f"{way.capitalize()} patients have the outcome than predicted; seen at patient {at}."
    return Check(
        kind="calibration",
        subject=name,
        n=len(y),
        value=Measured(value=float(left), low=float(left - reach), high=float(left + reach)),
        limit=LIMIT,
        rule=rule,
        fires=at is not None,
        said=said,
        at=at,
        path=thinned([float(one) for one in ways[way]]),
    )


def observed_less_expected(outcomes: Column, risks: Column) -> list[float]:
    """Return the running difference, in patients, to be drawn beside the check."""
    y, p = _checked(outcomes, risks, "predictions")
    return thinned([float(one) for one in np.cumsum(y - p)])


def _path(outcomes: Floats, risks: Floats, odds: float) -> Floats:
    gains = outcomes * log(odds) - np.log1p((odds - 1) * risks)
    path = np.empty(len(gains))
    now = 0.0
    for at, gain in enumerate(gains):
        now = max(0.0, now + gain)
        path[at] = now
    return path


def _checked(outcomes: Column, risks: Column, name: str) -> tuple[Floats, Floats]:
    try:
        y, p = np.asarray(outcomes, dtype=np.float64), np.asarray(risks, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInput("A value is no number.", where=name) from None
    if len(y) != len(p):
        raise InvalidInput(f"There are {len(p)} predictions for {len(y)} outcomes.", where=name)
    if not np.isin(y, (0.0, 1.0)).all():
        raise InvalidInput("An outcome is neither 0 nor 1.", where=name)
    if not ((p >= 0) & (p <= 1)).all():
        raise InvalidInput("A prediction is no probability from 0 to 1.", where=name)
    return y, p
