"""Readers and cases as random effects: the analysis of Obuchowski and Rockette.

Obuchowski and Rockette 1995 (Commun Stat Simul 24:285-308), with the denominator degrees of freedom
of Hillis 2007 (Stat Med 26:596-619, doi 10.1002/sim.2532). A figure of merit of each arm and reader
is theta; its errors have one variance and three covariances, of the same reader in the other arm
(cov1), of another reader in the same arm (cov2) and in the other (cov3). Where cov2 - cov3 comes
out negative it counts as none, as both papers have it.
"""

import numpy as np
from scipy.stats import norm, t

from wardround.governance.readers.model import Compared, Components, Contrast, OneReader
from wardround.governance.validation import Floats, Measured

LEVEL = 0.95
_TINY = 1e-15
Ends = tuple[float, float]
_OPEN = (-np.inf, np.inf)


def compare(
    names: tuple[str, ...], theta: Floats, covariance: Floats, ends: Ends = _OPEN
) -> Compared:
    """Return a figure of merit with and without the AI.

    ``theta`` is arms by readers, ``covariance`` that of its errors, in the same order by row;
    ``ends`` are what the figure can at most be, where its intervals end.
    """
    readers = theta.shape[1]
    cov = covariance.reshape(2, readers, 2, readers)
    parts = components(theta, cov)
    gain = float(theta[1].mean() - theta[0].mean())
    across = _extra(parts, readers)
    spread = 2 / readers * (parts.variance - parts.cov1 + (readers - 1) * across)
    return Compared(
        readers=[_reader(name, at, theta, cov, ends) for at, name in enumerate(names)],
        unaided=_arm(theta[0], cov[0, :, 0, :], ends),
        aided=_arm(theta[1], cov[1, :, 1, :], ends),
        random=_random(parts, gain, readers),
        fixed=contrast(gain, spread, None),
        components=parts,
    )


def components(theta: Floats, cov: Floats) -> Components:
    """Return mean squares, variance and covariances, averaged over arms and readers."""
    readers = theta.shape[1]
    arms = theta.mean(axis=1)
    same = np.eye(readers, dtype=bool)
    within = (cov[0, :, 0, :] + cov[1, :, 1, :]) / 2
    between = cov[0, :, 1, :]
    rest = theta - arms[:, None] - theta.mean(axis=0) + theta.mean()
    several = readers > 1
    return Components(
        ms_treatment=float(readers * ((arms - arms.mean()) ** 2).sum()),
        ms_interaction=float((rest**2).sum() / (readers - 1)) if several else None,
        variance=float(within[same].mean()),
        cov1=float(between[same].mean()),
        cov2=float(within[~same].mean()) if several else None,
        cov3=float(between[~same].mean()) if several else None,
    )


def contrast(difference: float, variance: float, df: float | None) -> Contrast:
    """Return a difference with its interval and p, from t, or z where ``df`` is none."""
    if variance <= _TINY:
        return Contrast(difference=Measured(value=difference), error=0.0)
    error = float(np.sqrt(variance))
    shape = norm if df is None else t(df)
    reach = float(shape.ppf((1 + LEVEL) / 2)) * error
    found = Measured(value=difference, low=difference - reach, high=difference + reach)
    p = float(2 * shape.sf(abs(difference) / error))
    return Contrast(difference=found, error=error, df=df, p=p)


def measured(value: float, variance: float, df: float | None, ends: Ends) -> Measured:
    """Return a figure with its interval, within its ends; with no spread it has none."""
    found = contrast(value, variance, df).difference
    if found.low is None or found.high is None:
        return found
    return Measured(value=value, low=max(found.low, ends[0]), high=min(found.high, ends[1]))


def _extra(parts: Components, readers: int) -> float:
    if readers == 1 or parts.cov2 is None or parts.cov3 is None:
        return 0.0
    return max(parts.cov2 - parts.cov3, 0.0)


def _random(parts: Components, gain: float, readers: int) -> Contrast | None:
    if parts.ms_interaction is None:
        return None
    denominator = parts.ms_interaction + readers * _extra(parts, readers)
    return contrast(
        gain, 2 / readers * denominator, _df(denominator, parts.ms_interaction, readers)
    )


def _df(denominator: float, mean_square: float, readers: int) -> float | None:
    """Return Hillis' degrees of freedom; where readers do not differ at all, the test is a z."""
    if mean_square <= _TINY:
        return None
    return float(denominator**2 / (mean_square**2 / (readers - 1)))


def _arm(theta: Floats, cov: Floats, ends: Ends) -> Measured:
    """Return the mean of one arm, from this arm's data alone (Hillis 2007, section 5)."""
    readers = len(theta)
    if readers == 1:
        return measured(float(theta[0]), float(cov[0, 0]), None, ends)
    mean_square = float(theta.var(ddof=1))
    cov2 = float(cov[~np.eye(readers, dtype=bool)].mean())
    denominator = mean_square + readers * max(cov2, 0.0)
    df = _df(denominator, mean_square, readers)
    return measured(float(theta.mean()), denominator / readers, df, ends)


def _reader(name: str, at: int, theta: Floats, cov: Floats, ends: Ends) -> OneReader:
    one, two = float(cov[0, at, 0, at]), float(cov[1, at, 1, at])
    gain = float(theta[1, at] - theta[0, at])
    found = contrast(gain, one + two - 2 * float(cov[0, at, 1, at]), None)
    return OneReader(
        reader=name,
        unaided=measured(float(theta[0, at]), one, None, ends),
        aided=measured(float(theta[1, at]), two, None, ends),
        difference=found.difference,
        p=found.p,
    )
