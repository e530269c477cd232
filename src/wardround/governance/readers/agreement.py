"""How far readers agree: Cohen's kappa of each pair, Fleiss' of all, Krippendorff's alpha.

Cohen 1960, Fleiss 1971 on calls; Krippendorff's alpha for intervals on ratings (2011). Their own
intervals are of the jackknife over cases. Where every call is the same, chance agrees as well, and
there is none.
"""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from wardround.governance.readers.model import Agreement, Pair
from wardround.governance.readers.reading import ARMS
from wardround.governance.readers.rockette import measured
from wardround.governance.readers.study import Flags
from wardround.governance.validation import Floats, Measured


def agreement(names: tuple[str, ...], ratings: Floats, calls: Flags) -> Agreement | None:
    """Return the agreement in each arm, or nothing for one reader; arms by readers by cases."""
    if len(names) < 2:
        return None
    pairs = []
    for one, two in combinations(range(len(names)), 2):
        unaided, aided = (_jackknifed(arm[[one, two]].astype(float), cohen) for arm in calls)
        pairs.append(Pair(readers=(names[one], names[two]), unaided=unaided, aided=aided))
    return Agreement(
        pairs=pairs,
        fleiss={
            arm: _jackknifed(found.astype(float), fleiss)
            for arm, found in zip(ARMS, calls, strict=True)
        },
        krippendorff={
            arm: _jackknifed(found, krippendorff) for arm, found in zip(ARMS, ratings, strict=True)
        },
    )


def cohen(calls: Floats) -> float | None:
    """Return kappa of two readers by cases: agreement beyond chance, each with its own habit."""
    one, two = calls
    seen = float((one == two).mean())
    a, b = one.mean(), two.mean()
    return _beyond(seen, float(a * b + (1 - a) * (1 - b)))


def fleiss(calls: Floats) -> float | None:
    """Return kappa of readers by cases: agreement beyond chance, one habit for all."""
    readers = len(calls)
    yes = calls.sum(axis=0)
    no = readers - yes
    seen = float(((yes * (yes - 1) + no * (no - 1)) / (readers * (readers - 1))).mean())
    share = float(calls.mean())
    return _beyond(seen, share**2 + (1 - share) ** 2)


def krippendorff(ratings: Floats) -> float | None:
    """Return alpha for intervals: one less the disagreement within cases over that of all."""
    everything = float(ratings.var(ddof=1))
    if everything <= 0:
        return None
    return 1 - float(ratings.var(axis=0, ddof=1).mean()) / everything


def _beyond(seen: float, chance: float) -> float | None:
    return None if 1 - chance < 1e-12 else (seen - chance) / (1 - chance)


def _jackknifed(values: Floats, of: Callable[[Floats], float | None]) -> Measured | None:
    found = of(values)
    if found is None:
        return None
    n = values.shape[1]
    # Cases that were answered alike are missed alike: each kind is left out once.
    _, firsts, kinds = np.unique(values, axis=1, return_index=True, return_inverse=True)
    without = [of(np.delete(values, at, axis=1)) for at in firsts]
    if None in without:
        return Measured(value=found)
    spread = np.var(np.array(without, dtype=np.float64)[kinds.ravel()]) * (n - 1)
    return measured(found, float(spread), None, (-1.0, 1.0))
