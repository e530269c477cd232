"""When a number is not given: too unlike the patients learned from, or too close to call.

Distance: Mahalanobis over the terms, with Ledoit-Wolf's covariance. Sets: conformal prediction by
group (Mondrian; Vovk 2012), on scores of folds the model had not seen; a patient in several groups
gets the widest set.
"""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.table import Numbers

FEWEST_OF_GROUP = 100
"""A smaller group has no threshold of its own: too few to promise it anything."""
UNLIKE = 0.995
"""The share of development patients nearer than the distance from which one is called unlike."""


def covariance(terms: Numbers) -> Numbers:
    """Return the inverse covariance of ``terms``."""
    from sklearn.covariance import LedoitWolf

    return np.asarray(np.linalg.pinv(LedoitWolf().fit(terms).covariance_))


def distances(terms: Numbers, inverse: Numbers, owners: Numbers) -> tuple[Numbers, Numbers]:
    """Return each row's squared distance, and each input's part; parts add up to the distance."""
    part = (terms @ inverse) * terms
    inputs = (owners[:, None] == np.arange(int(owners.max()) + 1)).astype(float)
    return np.asarray(part.sum(axis=1)), np.asarray(part @ inputs)


def quantile(scores: Numbers, coverage: float) -> float:
    """Return the conformal quantile: the ceil((n + 1) coverage)-th smallest score."""
    place = ceil((len(scores) + 1) * coverage)
    return 1.0 if place > len(scores) else float(np.sort(scores)[place - 1])


def thresholds(
    probability: Numbers,
    outcome: NDArray[np.int64],
    groups: Mapping[str, Sequence[str]],
    coverage: float,
) -> dict[str, float]:
    """Return the threshold of everyone (``""``) and of each group, ``column=value``."""
    scores = np.where(outcome == 1, 1 - probability, probability)
    found = {"": quantile(scores, coverage)}
    for column, values in groups.items():
        held = np.array(values)
        for value in np.unique(held):
            if (held == value).sum() >= FEWEST_OF_GROUP:
                found[f"{column}={value}"] = quantile(scores[held == value], coverage)
    return found


def widest(found: Mapping[str, float], groups: Mapping[str, Sequence[str]], rows: int) -> Numbers:
    """Return each row's threshold: the widest among everyone's and its groups'."""
    limit = np.full(rows, found[""])
    for column, values in groups.items():
        own = np.array([found.get(f"{column}={value}", 0.0) for value in values])
        limit = np.maximum(limit, own)
    return limit


def shift(terms: Numbers) -> float:
    """Return how far the mean of new ``terms`` lies from development's, in sampling errors.

    Terms are standardised on development, where this is the largest of many near-normal numbers;
    above 5 the coverage measured there is not promised here.
    """
    spread = np.maximum(terms.std(axis=0), 0.2)
    return float(np.max(np.abs(terms.mean(axis=0)) / spread) * np.sqrt(len(terms)))
