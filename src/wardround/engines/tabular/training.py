"""Train a model: choose by cross-validation, calibrate by evidence, keep what its guards need.

No row is weighted or repeated: that leaves the ranking as it was and spoils the probabilities.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular import (
    calibration,
    cells,
    costs,
    forms,
    guards,
    leakage,
    promises,
    splits,
    standing,
)
from wardround.engines.tabular.costs import Costs
from wardround.engines.tabular.design import learn
from wardround.engines.tabular.forms import Candidate
from wardround.engines.tabular.model import Model
from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers, Table, groups, numbers, outcomes
from wardround.kernel import InvalidInput


class HeldOut(NamedTuple):
    """What the nested choice did on one part of the spec's split."""

    name: str
    patients: int
    events: int
    auroc: float
    observed_to_expected: float


@dataclass(frozen=True)
class Trained:
    """A model, and the evidence by which its form was chosen."""

    model: Model
    chosen: str
    losses: dict[str, float]
    """Cross-validated log loss of each candidate and each calibration."""
    nested_auroc: float
    """AUROC with the choice of candidate made anew for each part held out."""
    parts: list[HeldOut]
    unseen: Numbers
    """Each row's calibrated probability by models that had not seen it; NaN where a split by time
    has nothing before it."""
    costs: Costs | None
    """The threshold of the spec's harms, beside the one that cost least."""


def train(spec: Spec, table: Table) -> Trained:
    """Return the model that ``spec`` asks for; raise ``InvalidInput`` if ``table`` is not fit."""
    from sklearn.metrics import log_loss, roc_auc_score

    rows, outcome, held = numbers(spec, table), outcomes(spec, table), groups(spec, table)
    if len(rows) != len(outcome):
        raise InvalidInput(
            "Columns differ in length.", where=spec.outcome.column, mend="Give each every row."
        )
    leakage.refuse(spec, rows, outcome)
    parts = splits.parts(spec, table, outcome)
    best, losses = _choose(spec, rows, outcome)
    nested, odds = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    place = np.zeros(len(rows), dtype=np.int64)
    for number, part in enumerate(parts):
        own = _choose(spec, rows[part.inside], outcome[part.inside])[0]
        found = forms.odds_outside(
            spec, tuple({own, best}), rows, outcome, part.inside, part.outside
        )
        nested[part.outside], odds[part.outside] = found[own], found[best]
        place[part.outside] = number
    known = ~np.isnan(odds)  # of a split by time, the first patients have nothing before them
    rated, was = odds[known], outcome[known]
    kinds = calibration.choose(rated, was, place[known])
    kind = min(kinds, key=lambda name: (round(kinds[name], 4), calibration.KINDS.index(name)))
    weights = calibration.fit(kind, rated, was)
    unseen = np.full(len(rows), np.nan)
    unseen[known] = calibration.chance(calibration.apply(kind, weights, rated))
    losses |= kinds | {"chosen": float(log_loss(was, unseen[known]))}
    seen = {name: list(np.array(values)[known]) for name, values in held.items()}
    design = learn(spec, rows, best.knots)
    form = forms.fit(spec, best, rows, outcome, design)
    terms = design.terms(rows)
    inverse = guards.covariance(terms)
    away = guards.distances(terms, inverse, design.owners)[0]
    missed = guards.scores(unseen[known], was)
    added = forms.parts(form, design, rows, terms)[1]
    model = Model(
        spec=spec,
        design=design,
        form=form,
        calibration=kind,
        calibration_weights=weights,
        inverse=inverse,
        farthest=float(np.quantile(away, guards.UNLIKE)),
        thresholds=guards.thresholds(missed, seen, spec.coverage),
        cells=cells.learn(spec, rows[known], added[known], was, missed),
        standings=standing.stand(unseen[known], was, seen),
        promise=promises.of_development(int(known.sum())),
    )
    return Trained(
        model=model,
        chosen=str(best),
        losses=losses,
        nested_auroc=float(roc_auc_score(was, nested[known])),
        parts=[_held_out(part, nested, outcome) for part in parts],
        unseen=unseen,
        costs=(
            costs.weigh(unseen[known], was, spec.harms.miss / spec.harms.false_alarm)
            if spec.harms
            else None
        ),
    )


def _held_out(part: splits.Part, nested: Numbers, outcome: NDArray[np.int64]) -> HeldOut:
    said, was = nested[part.outside], outcome[part.outside]
    return HeldOut(
        part.name,
        len(was),
        int(was.sum()),
        standing.auroc(said, was)[0],
        float(was.sum() / calibration.chance(said).sum()),
    )


def _choose(
    spec: Spec, rows: Numbers, outcome: NDArray[np.int64]
) -> tuple[Candidate, dict[str, float]]:
    from sklearn.metrics import log_loss

    candidates = tuple(one for form in spec.forms for one in forms.CANDIDATES[form])
    folds = splits.at_random(outcome, spec.seed + 1)
    odds = {candidate: np.empty(len(rows)) for candidate in candidates}
    for fold in range(splits.FOLDS):
        outside = folds == fold
        found = forms.odds_outside(spec, candidates, rows, outcome, ~outside, outside)
        for candidate, value in found.items():
            odds[candidate][outside] = value
    losses = {
        candidate: float(log_loss(outcome, calibration.chance(value)))
        for candidate, value in odds.items()
    }
    named = {str(candidate): loss for candidate, loss in losses.items()}
    return min(losses, key=lambda candidate: losses[candidate]), named
