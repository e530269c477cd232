"""What is said of missing inputs, and of conformal sets."""

import numpy as np

from wardround.governance.validation.model import Coverage, Missing
from wardround.governance.validation.predictions import Flags, Predictions
from wardround.governance.validation.proportions import newcombe, wilson

EVERYBODY = "everybody"


def missing(data: Predictions) -> list[Missing]:
    """Return how often each input was missing, most often first, and among whom."""
    yes = data.outcomes == 1
    found = []
    for column, absent in data.missing.items():
        with_ = int((absent & yes).sum()), int(yes.sum())
        without = int((absent & ~yes).sum()), int((~yes).sum())
        one = Missing(
            column=column,
            n=int(absent.sum()),
            share=wilson(int(absent.sum()), len(absent)),
            with_outcome=wilson(*with_),
            without_outcome=wilson(*without),
            difference=newcombe(with_, without),
        )
        found.append(one)
    return sorted(found, key=lambda one: (-one.n, one.column))


def coverage(data: Predictions) -> list[Coverage]:
    """Return coverage and answered share of the conformal sets: of all, and of each group.

    Of a group of any size: the interval says how little a small one tells.
    """
    if data.sets is None:
        return []
    rows = [(EVERYBODY, EVERYBODY, np.ones(len(data), dtype=bool))]
    for column, levels in data.groups.items():
        rows += [(column, level, levels == level) for level in sorted(set(levels.tolist()))]
    return [_coverage(data, data.sets, *row) for row in rows]


def _coverage(data: Predictions, sets: Flags, column: str, level: str, rows: Flags) -> Coverage:
    chosen, truth = sets[rows], data.outcomes[rows].astype(int)
    held = chosen[np.arange(len(truth)), truth]
    answered = chosen.sum(axis=1) == 1
    return Coverage(
        column=column,
        level=level,
        n=len(truth),
        covered=wilson(int(held.sum()), len(truth)),
        answered=wilson(int(answered.sum()), len(truth)),
        right_if_answered=wilson(int(held[answered].sum()), int(answered.sum()))
        if answered.any()
        else None,
    )
