"""How inputs become terms: natural cubic splines, and a term that says a value is missing.

Each term belongs to one input, so a model that adds terms explains itself exactly, input by input.
The basis is Harrell's restricted cubic spline (Regression Modeling Strategies, 2nd ed., 2.4.5).
"""

from dataclasses import dataclass

import numpy as np

from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers

QUANTILES = {4: (0.05, 0.35, 0.65, 0.95), 5: (0.05, 0.275, 0.5, 0.725, 0.95)}
"""Harrell's places of knots, Table 2.3."""


@dataclass(frozen=True)
class Design:
    """What was learned of the inputs: knots, medians, centre and scale of every term."""

    knots: list[Numbers]
    levels: Numbers
    """For each input the number of its categories, 0 where it has none."""
    medians: Numbers
    centre: Numbers
    scale: Numbers
    owners: Numbers
    """For each term, the place of the input it belongs to."""

    def terms(self, rows: Numbers) -> Numbers:
        """Return the standardised terms, ``(rows, terms)``."""
        return (_raw(rows, self.knots, self.levels, self.medians)[0] - self.centre) / self.scale


def learn(spec: Spec, rows: Numbers, knots: int) -> Design:
    """Return the design for ``rows``; ``knots`` of 0 leaves numbers straight."""
    places: list[Numbers] = []
    medians = np.zeros(rows.shape[1])
    for index, item in enumerate(spec.inputs):
        known = rows[~np.isnan(rows[:, index]), index]
        medians[index] = np.median(known) if len(known) else 0.0
        place = np.zeros(0)
        if item.kind == "number" and knots and len(known):
            found = np.unique(np.quantile(known, QUANTILES[knots]))
            place = found if len(found) >= 3 else np.zeros(0)
        places.append(place)
    levels = np.array([float(len(item.categories)) for item in spec.inputs])
    raw, owners = _raw(rows, places, levels, medians)
    scale = raw.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    return Design(places, levels, medians, raw.mean(axis=0), scale, owners)


def _raw(
    rows: Numbers, knots: list[Numbers], levels: Numbers, medians: Numbers
) -> tuple[Numbers, Numbers]:
    terms: list[Numbers] = []
    owners: list[float] = []
    for index, place in enumerate(knots):
        column = rows[:, index]
        missing = np.isnan(column)
        value = np.where(missing, medians[index], column)
        if levels[index]:  # one term for each category but the first
            own = [np.where(missing, 0.0, value == code) for code in range(1, int(levels[index]))]
        else:
            own = [value, *_spline(value, place)]
        own.append(missing.astype(float))
        terms += own
        owners += [float(index)] * len(own)
    return np.column_stack(terms), np.array(owners)


def _spline(value: Numbers, knots: Numbers) -> list[Numbers]:
    if len(knots) < 3:
        return []
    last, before = knots[-1], knots[-2]
    span = (last - knots[0]) ** 2

    def cube(knot: float) -> Numbers:
        return np.asarray(np.maximum(value - knot, 0.0) ** 3)

    return [
        (
            cube(knot)
            - cube(before) * (last - knot) / (last - before)
            + cube(last) * (before - knot) / (last - before)
        )
        / span
        for knot in knots[:-2]
    ]
