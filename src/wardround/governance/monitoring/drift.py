"""Whether the values of a window are spread otherwise than at validation: PSI and KS.

They see what a mean does not (wider, two humps, other levels), and need a window to see it in.
PSI: the symmetric divergence of shares of ten bins; without drift it is (1/n + 1/m) times a
chi-square (Yurdakul 2018), and by that its interval is found and its chance firing limited: the
usual limits of 0.1 and 0.2 alone fire in every small window. KS: its interval is that of
Dvoretzky, Kiefer and Wolfowitz with Massart's constant, for both samples.
"""

from math import log, sqrt

import numpy as np

from wardround.governance.monitoring.check import FEWEST, LOOKS, Check, surer, too_few
from wardround.governance.validation import Column, Measured
from wardround.kernel import InvalidInput

BINS = 10
MATTERS = 0.2
"""A PSI below this changes little for a model (the usual limit of credit scoring)."""


def psi(reference: Column, recent: Column, name: str, looks: int = LOOKS) -> Check:
    """Return the population stability index of a window; of words, its levels are the bins."""
    from scipy.stats import chi2

    before, now = _counts(reference, recent, name)
    n, m, free = int(now.sum()), int(before.sum()), len(before) - 1
    unit = 1 / max(n, 1) + 1 / m
    least = float(chi2.ppf(surer(looks), free)) * unit
    limit = max(MATTERS, least)
    rule = (
        f"fires from {limit:.2f}: the more of {MATTERS:g} and of what chance gives in a window of "
        f"{n} once in {looks / (1 - surer(1)):,.0f} looks"
    )
    if n < FEWEST:
        return too_few("distribution (PSI)", name, n, rule, m)
    shares_now, shares = _shares(now), _shares(before)
    value = float(((shares_now - shares) * np.log(shares_now / shares)).sum())
    low, high = _psi_interval(value, unit, free)
    fires = value >= limit
    return Check(
        kind="distribution (PSI)",
        subject=name,
        n=n,
        reference_n=m,
        value=Measured(value=value, low=low, high=max(high, value)),
        limit=limit,
        rule=rule,
        fires=fires,
        said="Spread otherwise than at validation." if fires else "Spread as at validation.",
    )


def ks(reference: Column, recent: Column, name: str, looks: int = LOOKS) -> Check:
    """Return the Kolmogorov-Smirnov distance of a window of numbers from validation."""
    from scipy.stats import ks_2samp

    before, now = _numbers(reference, name), _numbers(recent, name)
    _some(before, name)
    alpha = 1 - surer(looks)
    rule = f"fires when p is below {alpha:.4f} ({1 - surer(1):g} shared among {looks} looks)"
    if len(now) < FEWEST:
        return too_few("distribution (KS)", name, len(now), rule, len(before))
    found = ks_2samp(before, now, method="asymp")
    distance = float(found.statistic)
    band = sum(sqrt(log(2 / 0.025) / (2 * size)) for size in (len(before), len(now)))
    fires = bool(found.pvalue < alpha)
    return Check(
        kind="distribution (KS)",
        subject=name,
        n=len(now),
        reference_n=len(before),
        value=Measured(
            value=distance, low=max(0.0, distance - band), high=min(1.0, distance + band)
        ),
        rule=rule,
        fires=fires,
        said="Spread otherwise than at validation." if fires else "Spread as at validation.",
    )


def _psi_interval(value: float, unit: float, free: int) -> tuple[float, float]:
    """Return the PSIs for which what was found is in the middle 95 % (non-central chi-square)."""
    from scipy.optimize import brentq
    from scipy.stats import chi2, ncx2

    seen = value / unit

    def end(share: float) -> float:
        if float(chi2.cdf(seen, free)) <= share:
            return 0.0
        top = 4 * seen + 100
        return float(brentq(lambda far: float(ncx2.cdf(seen, free, far)) - share, 1e-9, top)) * unit

    return end(0.975), end(0.025)


def _shares(counts: np.ndarray) -> np.ndarray:
    """Return shares of bins; half a patient is added to each, so that none is empty."""
    return np.asarray((counts + 0.5) / (counts.sum() + 0.5 * len(counts)))


def _counts(reference: Column, recent: Column, name: str) -> tuple[np.ndarray, np.ndarray]:
    if any(isinstance(value, str) for value in reference):
        before, now = [str(value) for value in reference], [str(value) for value in recent]
        levels = sorted({*before, *now})
        if len(levels) < 2:
            raise InvalidInput("All values are the same at validation and now.", where=name)
        counted = [np.array([values.count(one) for one in levels]) for values in (before, now)]
        return counted[0], counted[1]
    known, new = _numbers(reference, name), _numbers(recent, name)
    _some(known, name)
    edges = np.unique(np.quantile(known, np.arange(1, BINS) / BINS))
    edges = edges[edges > known.min()]
    if not len(edges):
        edges = np.array([np.nextafter(known.min(), np.inf)])
    where = [np.searchsorted(edges, values, side="right") for values in (known, new)]
    bins = [np.bincount(each, minlength=len(edges) + 1) for each in where]
    return bins[0], bins[1]


def _numbers(values: Column, name: str) -> np.ndarray:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInput("A value is no number.", where=name) from None
    return numbers[~np.isnan(numbers)]


def _some(known: np.ndarray, name: str) -> None:
    if len(known) < FEWEST or known.min() == known.max():
        raise InvalidInput(
            "There is too little at validation to compare with: few values, or one alone.",
            where=name,
            mend=f"At least {FEWEST} values are needed, and two that differ.",
        )
