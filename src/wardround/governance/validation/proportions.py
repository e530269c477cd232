"""Shares and differences of shares, with intervals that hold where there are few patients.

Share: Wilson 1927. Difference of two independent shares: Newcombe 1998, method 10 (doi
10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
"""

from math import sqrt

from wardround.governance.validation.model import Measured

LEVEL = 0.95


def wilson(hits: float, n: float, level: float = LEVEL) -> Measured:
    """Return a share with its interval; of none of nobody, the interval is all there is."""
    from scipy.stats import norm

    if n == 0:
        raise ValueError("a share of nobody")
    z = float(norm.ppf((1 + level) / 2))
    share = hits / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    low, high = max(middle - reach, 0.0), min(middle + reach, 1.0)
    return Measured(value=share, low=min(low, share), high=max(high, share))


def newcombe(
    first: tuple[float, float], second: tuple[float, float], level: float = LEVEL
) -> Measured:
    """Return the first share (hits, n) less the second, with its interval."""
    one, two = wilson(*first, level), wilson(*second, level)
    difference = one.value - two.value
    low = difference - sqrt((one.value - _low(one)) ** 2 + (_high(two) - two.value) ** 2)
    high = difference + sqrt((_high(one) - one.value) ** 2 + (two.value - _low(two)) ** 2)
    return Measured(value=difference, low=low, high=high)


def _low(found: Measured) -> float:
    return found.value if found.low is None else found.low


def _high(found: Measured) -> float:
    return found.value if found.high is None else found.high
