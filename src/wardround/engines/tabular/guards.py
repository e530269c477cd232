"""When a number is not given: too unlike the patients learned from, or too close to call.

Distance: Mahalanobis over the terms, with Ledoit-Wolf's covariance. Sets: conformal prediction
that covers in every group at once, on scores of folds the model had not seen.
"""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.table import Numbers

FEWEST_OF_GROUP = 100
"""A smaller group has no threshold of its own: too few to promise it anything."""
MARGIN = 0.01
"""Asked of groups beyond the promise: each varies by chance, and the lowest of a dozen most."""
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


def scores(probability: Numbers, outcome: NDArray[np.int64]) -> Numbers:
    """Return how little each true outcome was expected."""
    return np.asarray(np.where(outcome == 1, 1 - probability, probability))


def thresholds(
    missed: Numbers, groups: Mapping[str, Sequence[str]], coverage: float
) -> dict[str, float]:
    """Return what everyone's threshold (``""``) is and what each group, ``column=value``, adds.

    One quantile regression of the scores ``missed`` on all groups together: by its first-order
    conditions the share within the threshold is ``coverage`` or more in each group at once, a
    patient in several included, where the widest of separate thresholds would give more than was
    promised, and fewer answers (Gibbs, Cherian and Candes 2023, arXiv 2305.12616, section 2).
    """
    names, columns = _large(groups)
    if not columns:
        return {"": quantile(missed, coverage)}
    level = min(coverage + MARGIN, (1 + coverage) / 2)
    place = np.column_stack([np.ones(len(missed)), *columns])
    return dict(zip(["", *names], _regress(place, missed, level), strict=True))


def limits(found: Mapping[str, float], groups: Mapping[str, Sequence[str]], rows: int) -> Numbers:
    """Return each row's threshold: everyone's and what its groups add."""
    limit = np.full(rows, found[""])
    for column, values in groups.items():
        limit += np.array([found.get(f"{column}={value}", 0.0) for value in values])
    return np.asarray(np.clip(limit, 0.0, 1.0))


def _large(groups: Mapping[str, Sequence[str]]) -> tuple[list[str], list[Numbers]]:
    names, columns = [], []
    for column, values in groups.items():
        held = np.array(values)
        for value in np.unique(held):
            if FEWEST_OF_GROUP <= (held == value).sum() < len(held):
                names.append(f"{column}={value}")
                columns.append((held == value).astype(float))
    return names, columns


def _regress(place: Numbers, missed: Numbers, level: float) -> list[float]:
    """Return the coefficients of the quantile regression, by its dual linear programme."""
    from scipy.optimize import linprog

    rows = len(missed)
    found = linprog(
        -missed,
        A_eq=place.T,
        b_eq=np.zeros(place.shape[1]),
        bounds=np.tile([level - 1, level], (rows, 1)),
        method="highs",
    )
    return [-float(value) for value in found.eqlin.marginals]


def shift(terms: Numbers) -> float:
    """Return how far the mean of new ``terms`` lies from development's, in sampling errors.

    Terms are standardised on development, where this is the largest of many near-normal numbers;
    above 5 the coverage measured there is not promised here.
    """
    spread = np.maximum(terms.std(axis=0), 0.2)
    return float(np.max(np.abs(terms.mean(axis=0)) / spread) * np.sqrt(len(terms)))
