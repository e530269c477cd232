"""Fit a model's calibration and its sets anew to one site; what it learned of the inputs stays.

A score keeps its ranking elsewhere more often than its probabilities (Van Calster et al. 2019,
BMC Medicine 17:230), and sets made at one site promise nothing at another. A line fitted to few
patients harms: the site's own folds say whether nothing, the intercept or the line is changed.
"""

from dataclasses import replace

import numpy as np

from wardround.engines.tabular import calibration, guards, promises
from wardround.engines.tabular.model import Model
from wardround.engines.tabular.table import Table, groups, outcomes
from wardround.kernel import InvalidInput

FEWEST = 20
"""Of each outcome: a line of two numbers needs ten of the rarer outcome for each."""
FOLDS = 5


def recalibrate(model: Model, table: Table) -> Model:
    """Return ``model`` with the calibration and thresholds of the site that ``table`` comes from.

    Thresholds stand on probabilities of folds that the calibration was not fitted on.
    """
    spec = model.spec
    odds, outcome = model.predict(table).raw_odds, outcomes(spec, table)
    fewest = int(min(outcome.sum(), len(outcome) - outcome.sum()))
    if fewest < FEWEST:
        raise InvalidInput(
            f"Too few to recalibrate: {fewest} of the rarer outcome.",
            where=spec.outcome.column,
            mend=f"Bring {FEWEST} of each outcome, or more.",
        )
    place = np.empty(len(outcome), dtype=np.int64)
    for value in (0, 1):
        same = outcome == value
        place[same] = np.arange(int(same.sum())) % FOLDS
    losses = calibration.choose(odds, outcome, place, calibration.OF_A_SITE)
    kind = min(losses, key=lambda name: losses[name])
    probability = calibration.unseen(kind, odds, outcome, place)
    return replace(
        model,
        calibration=kind,
        calibration_weights=calibration.fit(kind, odds, outcome),
        thresholds=guards.thresholds(
            guards.scores(probability, outcome), groups(spec, table), spec.coverage
        ),
        promise=promises.of_site(len(outcome)),
    )
