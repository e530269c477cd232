"""How a site's recalibrated model does on patients that it was not recalibrated on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.holding import taken
from wardround.engines.tabular.model import Model
from wardround.engines.tabular.site import recalibrate
from wardround.engines.tabular.table import Numbers, Table, outcomes

TURNS = 5


@dataclass(frozen=True)
class Turns:
    """Probabilities and sets of each row, by a model recalibrated on four fifths of the others."""

    probability: Numbers
    sets: NDArray[np.bool_]


def in_turns(model: Model, table: Table) -> Turns:
    """Recalibrate on four fifths of a site and predict the fifth, five times.

    Raise ``InvalidInput`` where there are too few to recalibrate.
    """
    outcome = outcomes(model.spec, table)
    turn = np.empty(len(outcome), dtype=np.int64)
    draw = np.random.default_rng(model.spec.seed)
    for value in (0, 1):
        places = draw.permutation(np.flatnonzero(outcome == value))
        turn[places] = np.arange(len(places)) % TURNS
    probability = np.empty(len(outcome))
    sets = np.empty((len(outcome), 2), dtype=bool)
    for one in range(TURNS):
        held = turn == one
        said = recalibrate(model, taken(table, ~held)).predict(taken(table, held))
        probability[held], sets[held] = said.probability, said.sets
    return Turns(probability, sets)
