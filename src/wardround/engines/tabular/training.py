"""Train a model: choose by cross-validation, calibrate by evidence, keep what its guards need.

No row is weighted or repeated: that leaves the ranking as it was and spoils the probabilities.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular import calibration, guards, leakage
from wardround.engines.tabular.design import learn
from wardround.engines.tabular.model import Model
from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers, Table, groups, numbers, outcomes
from wardround.kernel import InvalidInput

FOLDS = 5
KNOTS = (0, 4, 5)
CANDIDATES = tuple((knots, strength) for knots in KNOTS for strength in (0.003, 0.01, 0.03, 0.1))
"""Knots of each number's spline, and the inverse strength of the ridge penalty."""


@dataclass(frozen=True)
class Trained:
    """A model, and the evidence by which its form was chosen."""

    model: Model
    losses: dict[str, float]
    """Cross-validated log loss of each candidate and each calibration."""
    nested_auroc: float
    """AUROC with the choice of candidate made anew inside each outer fold."""


def train(spec: Spec, table: Table) -> Trained:
    """Return the model that ``spec`` asks for; raise ``InvalidInput`` if ``table`` is not fit."""
    from sklearn.metrics import log_loss, roc_auc_score

    rows, outcome, held = numbers(spec, table), outcomes(spec, table), groups(spec, table)
    if len(rows) != len(outcome):
        raise InvalidInput(
            "Columns differ in length.", where=spec.outcome.column, mend="Give each every row."
        )
    leakage.refuse(spec, rows, outcome)
    folds = _folds(outcome, spec.seed)
    best, losses = _choose(spec, rows, outcome)
    nested, odds = np.empty(len(rows)), np.empty(len(rows))
    for fold in range(FOLDS):
        inside = folds != fold
        own = _choose(spec, rows[inside], outcome[inside])[0]
        nested[~inside] = _odds(spec, rows, outcome, inside, own)[~inside]
        odds[~inside] = _odds(spec, rows, outcome, inside, best)[~inside]
    kinds = calibration.choose(odds, outcome, folds)
    kind = min(kinds, key=lambda name: (round(kinds[name], 4), calibration.KINDS.index(name)))
    weights = calibration.fit(kind, odds, outcome)
    unseen = calibration.chance(calibration.apply(kind, weights, odds))
    design = learn(spec, rows, best[0])
    terms = design.terms(rows)
    slopes, intercept = _fit(terms, outcome, best[1])
    inverse = guards.covariance(terms)
    away = guards.distances(terms, inverse, design.owners)[0]
    model = Model(
        spec=spec,
        design=design,
        slopes=slopes,
        intercept=intercept,
        calibration=kind,
        calibration_weights=weights,
        inverse=inverse,
        farthest=float(np.quantile(away, guards.UNLIKE)),
        thresholds=guards.thresholds(unseen, outcome, held, spec.coverage),
    )
    losses |= kinds | {"chosen": float(log_loss(outcome, unseen))}
    return Trained(model, losses, float(roc_auc_score(outcome, nested)))


def _folds(outcome: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    from sklearn.model_selection import StratifiedKFold

    folds = np.empty(len(outcome), dtype=np.int64)
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (_, outside) in enumerate(splitter.split(np.zeros(len(outcome)), outcome)):
        folds[outside] = fold
    return folds


def _choose(
    spec: Spec, rows: Numbers, outcome: NDArray[np.int64]
) -> tuple[tuple[int, float], dict[str, float]]:
    from sklearn.metrics import log_loss

    folds = _folds(outcome, spec.seed + 1)
    odds = {candidate: np.empty(len(rows)) for candidate in CANDIDATES}
    for fold in range(FOLDS):
        inside = folds != fold
        designs = {knots: learn(spec, rows[inside], knots) for knots in KNOTS}
        terms = {knots: design.terms(rows) for knots, design in designs.items()}
        for knots, strength in CANDIDATES:
            slopes, intercept = _fit(terms[knots][inside], outcome[inside], strength)
            odds[knots, strength][~inside] = terms[knots][~inside] @ slopes + intercept
    losses = {
        candidate: float(log_loss(outcome, calibration.chance(value)))
        for candidate, value in odds.items()
    }
    named = {f"knots {knots}, C {strength}": loss for (knots, strength), loss in losses.items()}
    return min(losses, key=lambda candidate: losses[candidate]), named


def _odds(
    spec: Spec,
    rows: Numbers,
    outcome: NDArray[np.int64],
    inside: NDArray[np.bool_],
    candidate: tuple[int, float],
) -> Numbers:
    design = learn(spec, rows[inside], candidate[0])
    terms = design.terms(rows)
    slopes, intercept = _fit(terms[inside], outcome[inside], candidate[1])
    return np.asarray(terms @ slopes + intercept)


def _fit(terms: Numbers, outcome: NDArray[np.int64], strength: float) -> tuple[Numbers, float]:
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=strength, max_iter=500).fit(terms, outcome)
    return np.asarray(line.coef_[0]), float(line.intercept_[0])
