"""Similar patients without keeping one: cells of twenty or more, each known by its summary.

Patients are alike if each input adds alike to their result. A cell keeps its centre, how many had
the outcome, the quartiles and shares of its inputs, and how often the model missed by how much;
never a row.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers

FEWEST = 20
MOST = 60
BINS = 100
"""Of a hundredth each, for how little the true outcome was expected."""
NARROW = 0.5
"""What a cell has in common: half of the spread of all, or less."""
MOST_OF_THEM = 0.8
TOLD = 4


@dataclass(frozen=True)
class Cells:
    """The cells of the development patients."""

    centres: Numbers
    """``(cells, inputs)`` of what inputs add, in log-odds."""
    sizes: Numbers
    events: Numbers
    quartiles: Numbers
    """``(cells + 1, inputs, 3)`` of numbers and yes-no's; the last is of all patients."""
    shares: list[Numbers]
    """For each input ``(cells + 1, categories + 1)``: the share of each category; missing last."""
    missed: Numbers
    """``(cells, BINS)``: counts of how little the true outcome was expected, unseen."""

    def nearest(self, parts: Numbers, many: int = 1) -> NDArray[np.int64]:
        """Return for each row the places of its ``many`` nearest cells, the nearest first."""
        away = ((parts[:, None, :] - self.centres[None, :, :]) ** 2).sum(axis=2)
        return np.argsort(away, axis=1, kind="stable")[:, :many]


@dataclass(frozen=True)
class Similar:
    """Patients learned from who were like this one, as one group."""

    patients: int
    events: int
    share: float
    low: float
    high: float
    """Wilson's interval of the share, at 95 %."""
    common: tuple[tuple[str, str], ...]
    """Inputs in which they are alike, and how: a range holds half of them."""


def learn(
    spec: Spec, rows: Numbers, parts: Numbers, outcome: NDArray[np.int64], missed: Numbers
) -> Cells:
    """Return the cells of ``rows``; ``parts`` is what each input adds, ``missed`` its scores."""
    from sklearn.cluster import KMeans

    many = max(1, min(MOST, len(rows) // (3 * FEWEST)))
    means = KMeans(many, n_init=3, random_state=spec.seed).fit(parts)
    place = _joined(np.asarray(means.labels_), parts)
    cells = np.unique(place)
    members = [place == cell for cell in cells]
    bins = np.minimum((missed * BINS).astype(int), BINS - 1)
    everyone = [*members, np.ones(len(rows), dtype=bool)]
    return Cells(
        centres=np.array([parts[member].mean(axis=0) for member in members]),
        sizes=np.array([float(member.sum()) for member in members]),
        events=np.array([float(outcome[member].sum()) for member in members]),
        quartiles=np.array([_quartiles(rows[member]) for member in everyone]),
        shares=[
            np.array([_shares(rows[member, index], len(item.categories)) for member in everyone])
            for index, item in enumerate(spec.inputs)
        ],
        missed=np.array(
            [np.bincount(bins[member], minlength=BINS).astype(float) for member in members]
        ),
    )


def similar(spec: Spec, cells: Cells, parts: Numbers) -> list[list[Similar]]:
    """Return for each row its three nearest cells, the nearest first."""
    found = {}
    nearest = cells.nearest(parts, 3)
    for cell in np.unique(nearest):
        patients, events = int(cells.sizes[cell]), int(cells.events[cell])
        low, high = wilson(events, patients)
        common = tuple(_common(spec, cells, int(cell)))
        found[cell] = Similar(patients, events, events / patients, low, high, common)
    return [[found[cell] for cell in row] for row in nearest]


def wilson(events: int, patients: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's interval of a share (1927, JASA 22:209)."""
    share = events / patients
    middle = (share + z * z / (2 * patients)) / (1 + z * z / patients)
    half = z / (1 + z * z / patients)
    half *= float(np.sqrt(share * (1 - share) / patients + z * z / (4 * patients**2)))
    return max(0.0, middle - half), min(1.0, middle + half)


def _joined(place: NDArray[Any], parts: Numbers) -> NDArray[Any]:
    """Return the cells with those below ``FEWEST`` joined to the nearest other."""
    place = place.copy()
    while True:
        names, sizes = np.unique(place, return_counts=True)
        if len(names) == 1 or sizes.min() >= FEWEST:
            return place
        small = names[sizes.argmin()]
        others = [name for name in names if name != small]
        middle = parts[place == small].mean(axis=0)
        away = [((parts[place == name].mean(axis=0) - middle) ** 2).sum() for name in others]
        place[place == small] = others[int(np.argmin(away))]


def _quartiles(rows: Numbers) -> Numbers:
    found = np.full((rows.shape[1], 3), np.nan)
    for index in range(rows.shape[1]):
        known = rows[~np.isnan(rows[:, index]), index]
        if len(known) >= FEWEST:  # the quartiles of a few would be nearly their values
            found[index] = np.quantile(known, (0.25, 0.5, 0.75))
    return found


def _shares(column: Numbers, categories: int) -> Numbers:
    codes = [np.mean(column == code) for code in range(max(categories, 2))]
    return np.array([*codes, np.mean(np.isnan(column))])


def _common(spec: Spec, cells: Cells, cell: int) -> list[tuple[str, str]]:
    told: list[tuple[float, str, str]] = []
    for index, item in enumerate(spec.inputs):
        shares, everyone = cells.shares[index][cell], cells.shares[index][-1]
        if shares[-1] >= MOST_OF_THEM > everyone[-1]:
            told.append((float(everyone[-1] / shares[-1]), item.column, "mostly not measured"))
        elif item.kind != "number":
            best = int(shares[:-1].argmax())
            names = item.categories or ("no", "yes")
            if shares[best] >= MOST_OF_THEM > everyone[best]:
                says = f"{names[best]} in {100 * shares[best]:.0f} %"
                told.append((float(everyone[best] / shares[best]), item.column, says))
        else:
            low, _, high = cells.quartiles[cell, index]
            least, _, most = cells.quartiles[-1, index]
            if np.isfinite(low) and most > least and (high - low) <= NARROW * (most - least):
                says = f"{low:.4g} to {high:.4g} {item.unit}".removesuffix(" 1")
                told.append((float((high - low) / (most - least)), item.column, says))
    return [(column, says) for _, column, says in sorted(told)[:TOLD]]
