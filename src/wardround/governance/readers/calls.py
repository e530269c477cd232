"""Ratings as calls at a threshold: sensitivity and specificity of each reader, in pairs.

A reader's interval is Wilson's, the difference of the two arms Newcombe's for pairs (1998, Stat Med
17:2635-2650, method 10), p is exact (McNemar). The mean of the readers is analysed as the area is.
"""

from math import sqrt

import numpy as np
from scipy.stats import binomtest

from wardround.governance.readers.areas import means
from wardround.governance.readers.model import Compared, OneReader, Rate
from wardround.governance.readers.rockette import compare
from wardround.governance.readers.study import Flags
from wardround.governance.validation import Measured, wilson


def right_calls(names: tuple[str, ...], right: Flags) -> Compared:
    """Return the share of right calls; ``right`` is arms by readers by cases of one kind."""
    rows = right.reshape(-1, right.shape[2]).astype(float)
    theta, cov = means(rows)
    found = compare(names, theta.reshape(right.shape[:2]), cov, (0.0, 1.0))
    each = [_reader(name, right[0, at], right[1, at]) for at, name in enumerate(names)]
    return found.model_copy(update={"readers": each})


def rate(hits: int, n: int) -> Rate:
    """Return a share with Wilson's interval, or none of nobody."""
    return Rate(hits=hits, n=n, share=wilson(hits, n) if n else None)


def _reader(name: str, unaided: Flags, aided: Flags) -> OneReader:
    n = len(unaided)
    gained, lost = int((aided & ~unaided).sum()), int((unaided & ~aided).sum())
    p = float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0
    return OneReader(
        reader=name,
        unaided=wilson(int(unaided.sum()), n),
        aided=wilson(int(aided.sum()), n),
        difference=paired(aided, unaided),
        p=p,
    )


def paired(first: Flags, second: Flags) -> Measured:
    """Return the first share less the second, of the same cases, with its interval."""
    n = len(first)
    one, two = wilson(int(first.sum()), n), wilson(int(second.sum()), n)
    both, neither = int((first & second).sum()), int((~first & ~second).sum())
    only, other = int((first & ~second).sum()), int((~first & second).sum())
    phi = _phi(both, only, other, neither, n)
    gap = one.value - two.value
    down, up = one.value - _low(one), _high(one) - one.value
    down_, up_ = two.value - _low(two), _high(two) - two.value
    low = gap - sqrt(max(down**2 - 2 * phi * down * up_ + up_**2, 0.0))
    high = gap + sqrt(max(up**2 - 2 * phi * up * down_ + down_**2, 0.0))
    return Measured(value=gap, low=low, high=high)


def _phi(both: int, only: int, other: int, neither: int, n: int) -> float:
    """Return the correlation of the pairs, with Newcombe's correction of continuity."""
    edges = (both + only) * (other + neither) * (both + other) * (only + neither)
    if edges == 0:
        return 0.0
    cross = both * neither - only * other
    return (max(cross - n / 2, 0.0) if cross > 0 else cross) / float(np.sqrt(edges))


def _low(found: Measured) -> float:
    return found.value if found.low is None else found.low


def _high(found: Measured) -> float:
    return found.value if found.high is None else found.high
