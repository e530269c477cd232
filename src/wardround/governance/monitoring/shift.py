"""Whether an input has moved: a two-sided CUSUM on its normal scores.

Each value becomes the normal score of its rank among the values at validation, so that a heavy
tail (creatinine, lactate) counts no more than its rank. The CUSUM (Page 1954) looks for a shift of
0.3 standard deviations: of all rules with as few false alarms it finds that shift soonest
(Moustakides 1986). Its limit is Siegmund's (1985), for one false alarm in
``PATIENTS_A_FALSE_ALARM`` patients over all inputs that are watched; the reference being a sample,
its mean may lie off, so the limit is set as if it lay off by 1.64 standard errors. Against EWMA
and a KS test of windows: ``scripts/measure_monitoring.py``.
"""

from math import exp, sqrt

import numpy as np

from wardround.governance.monitoring.check import FEWEST, Check, thinned, too_few
from wardround.governance.validation import Column, Floats, Measured
from wardround.kernel import InvalidInput

SHIFT = 0.3
"""The shift, in standard deviations, that is looked for."""

PATIENTS_A_FALSE_ALARM = 20_000
"""One false alarm over all inputs of a model in as many patients."""

REFERENCE = 1000
"""The fewest values at validation by which a shift of 0.3 can be told from chance in time."""

_OVERSHOOT = 1.166
_ALLOWANCE = SHIFT / 2


class Reference:
    """An input's values at validation, against which new ones are ranked."""

    def __init__(self, values: Column, name: str) -> None:
        self.name = name
        self._sorted = np.sort(_present(values, name))
        self.n = len(self._sorted)
        if self.n < REFERENCE:
            raise InvalidInput(
                f"{self.n} values at validation are too few to watch this input.",
                where=name,
                mend=f"At least {REFERENCE} are needed.",
            )
        own = self._raw(self._sorted)
        self._middle, self._spread = float(own.mean()), float(own.std())
        if self._spread == 0:
            raise InvalidInput(
                "This input had one value at validation: any other is a shift, and no statistics.",
                where=name,
                mend="Watch for other values by the input's plausible range.",
            )

    def scores(self, values: Floats) -> Floats:
        """Return normal scores: mean 0 and standard deviation 1 at validation."""
        return (self._raw(values) - self._middle) / self._spread

    def _raw(self, values: Floats) -> Floats:
        from scipy.stats import norm

        below = np.searchsorted(self._sorted, values, side="left")
        upto = np.searchsorted(self._sorted, values, side="right")
        ranks = ((below + upto) / 2 + 0.5) / (self.n + 1)
        return np.asarray(norm.ppf(ranks))


def limit(watched: int, reference_n: int) -> float:
    """Return the CUSUM's limit where so many inputs are watched, by so large a reference."""
    from scipy.optimize import brentq
    from scipy.stats import norm

    if watched < 1:
        raise InvalidInput("At least one input is watched.", where="watched")
    run = PATIENTS_A_FALSE_ALARM * watched * 2
    allowance = _ALLOWANCE - float(norm.ppf(0.95)) / sqrt(reference_n)

    def excess(height: float) -> float:
        b = 2 * allowance * (height + _OVERSHOOT)
        return (exp(b) - b - 1) / (2 * allowance**2) / run - 1

    return float(brentq(excess, 0.0, 300.0))


def sums(scores: Floats) -> tuple[Floats, Floats]:
    """Return the upper and the lower CUSUM after each patient."""
    upper, lower = np.empty(len(scores)), np.empty(len(scores))
    up = down = 0.0
    for at, score in enumerate(scores):
        up = max(0.0, up + score - _ALLOWANCE)
        down = max(0.0, down - score - _ALLOWANCE)
        upper[at], lower[at] = up, down
    return upper, lower


def shift(reference: Reference, values: Column, watched: int, kind: str = "input shift") -> Check:
    """Return whether an input moved, among its values since the watch began, in their order.

    Predictions are watched as an input is, as ``kind`` "output shift".

    The value is the mean normal score since the last time that the sum was 0: where the input is.
    """
    height = limit(watched, reference.n)
    rule = (
        f"fires when the CUSUM of normal scores (allowance {_ALLOWANCE:g}) passes {height:.1f}: "
        f"one false alarm in {PATIENTS_A_FALSE_ALARM:,} patients over {watched} inputs"
    )
    present = _present(values, reference.name)
    if len(present) < FEWEST:
        return too_few(kind, reference.name, len(present), rule, reference.n)
    scores = reference.scores(present)
    upper, lower = sums(scores)
    higher = upper.max() >= lower.max()
    path = upper if higher else lower
    passed = np.flatnonzero(path >= height)
    at = int(passed[0]) + 1 if len(passed) else None
    return Check(
        kind=kind,
        subject=reference.name,
        n=len(scores),
        reference_n=reference.n,
        value=_since(scores, path, at, reference.n),
        limit=height,
        rule=rule,
        fires=at is not None,
        said=_said(at, higher=bool(higher)),
        at=at,
        path=thinned([float(one) for one in path]),
    )


def _since(scores: Floats, path: Floats, at: int | None, reference_n: int) -> Measured:
    """Return the mean since the change, as the CUSUM dates it; since the start if there is none."""
    begin = 0
    if at is not None:
        zeros = np.flatnonzero(path[:at] == 0)
        begin = int(zeros[-1]) + 1 if len(zeros) else 0
    part = scores[begin:]
    mean = float(part.mean())
    reach = 1.96 * sqrt(1 / len(part) + 1 / reference_n)
    return Measured(value=mean, low=mean - reach, high=mean + reach)


def _said(at: int | None, *, higher: bool) -> str:
    if at is None:
        return "As at validation, as far as can be told."
    way = "higher" if higher else "lower"
    return f"Values are {way} than at validation; seen at patient {at}."


def _present(values: Column, name: str) -> Floats:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInput("A value is no number.", where=name) from None
    if np.isinf(numbers).any():
        raise InvalidInput("A value is endless.", where=name)
    return numbers[~np.isnan(numbers)]
