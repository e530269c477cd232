"""What would change the result, in the model's arithmetic: not what would change the patient.

Each measurement the spec lists is moved alone, the others left as they are, until the probability
crosses a limit. Age, sex and diagnoses are never moved: the spec refuses to list them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wardround.engines.tabular import calibration
from wardround.engines.tabular.forms import odds
from wardround.engines.tabular.table import Numbers, Table, numbers
from wardround.kernel import InvalidInput

if TYPE_CHECKING:
    from wardround.engines.tabular.model import Model

STEPS = 400
"""Into which the plausible range of a number is cut; the last step is then halved."""
HALVINGS = 20
LABEL = "In the model's arithmetic, not advice: the other values stay as they are."


@dataclass(frozen=True)
class Change:
    """The smallest change of one input, alone, that takes the probability across the limit."""

    column: str
    meaning: str
    unit: str
    was: float
    to: float
    probability: float
    """After the change: just beyond the limit."""


def changes(model: "Model", table: Table, limit: float, row: int = 0) -> list[Change]:
    """Return for each input that can do it its smallest change across ``limit``.

    ``limit`` is a probability. The smallest in terms of the input's plausible range comes first. An
    input that is not measured, or cannot do it within its range, is not among them.
    """
    if not 0 < limit < 1:
        raise InvalidInput("A limit is a probability, above 0 and below 1.", where="limit")
    values = numbers(model.spec, {name: [held[row]] for name, held in table.items()})[0]
    above = _chance(model, values[None, :])[0] >= limit
    found: list[tuple[float, Change]] = []
    for index, item in enumerate(model.spec.inputs):
        if item.column not in model.spec.changing or np.isnan(values[index]):
            continue
        if item.low is None or item.high is None:
            continue
        grid = np.linspace(item.low, item.high, STEPS + 1)
        crossed = (_at(model, values, index, grid) >= limit) != above
        if not crossed.any():
            continue
        far = np.where(crossed, np.abs(grid - values[index]), np.inf)
        to = _nearest(model, values, index, float(grid[far.argmin()]), limit)
        change = Change(
            item.column,
            item.meaning,
            item.unit,
            float(values[index]),
            to,
            float(_at(model, values, index, np.array([to]))[0]),
        )
        found.append((abs(to - values[index]) / (item.high - item.low), change))
    return [change for _, change in sorted(found, key=lambda one: one[0])]


def _nearest(model: "Model", values: Numbers, index: int, beyond: float, limit: float) -> float:
    """Return a place beyond the limit as near as halving finds between the value and ``beyond``.

    The grid's step before ``beyond`` had not crossed, so the crossing lies within that step.
    """
    item = model.spec.inputs[index]
    step = ((item.high or 0.0) - (item.low or 0.0)) / STEPS
    before = _chance(model, values[None, :])[0] >= limit
    toward = float(np.sign(values[index] - beyond))
    near = beyond + toward * min(step, abs(values[index] - beyond))
    for _ in range(HALVINGS):
        middle = (near + beyond) / 2
        if (_at(model, values, index, np.array([middle]))[0] >= limit) != before:
            beyond = middle
        else:
            near = middle
    return beyond


def _at(model: "Model", values: Numbers, index: int, places: Numbers) -> Numbers:
    rows = np.repeat(values[None, :], len(places), axis=0)
    rows[:, index] = places
    return _chance(model, rows)


def _chance(model: "Model", rows: Numbers) -> Numbers:
    raw = odds(model.form, model.design, rows)
    return calibration.chance(calibration.apply(model.calibration, model.calibration_weights, raw))
