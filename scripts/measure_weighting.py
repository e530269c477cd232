"""Show on SUPPORT2 what weighting or repeating the rarer outcome does, beside a threshold by cost.

    python -m scripts.measure_weighting DATA

Hospital death, a quarter of the patients; five folds of the three quarters that are learned from,
each predicted by a model that had not seen it. A miss is taken to harm as four false alarms.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import yaml  # type: ignore[import-untyped]
from scripts.train_risk import MODELS, support2
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from wardround.engines.tabular import read_spec, threshold
from wardround.engines.tabular.costs import cost
from wardround.engines.tabular.design import learn
from wardround.engines.tabular.splits import at_random
from wardround.engines.tabular.table import Numbers, numbers, outcomes

RATIO = 4.0
Fit = Callable[[Numbers, np.ndarray], LogisticRegression]


def plain(terms: Numbers, outcome: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=0.03, solver="newton-cholesky").fit(terms, outcome)


def weighted(terms: Numbers, outcome: np.ndarray) -> LogisticRegression:
    line = LogisticRegression(C=0.03, solver="newton-cholesky", class_weight="balanced")
    return line.fit(terms, outcome)


def repeated(terms: Numbers, outcome: np.ndarray) -> LogisticRegression:
    draw = np.random.default_rng(1)
    rare = np.flatnonzero(outcome == 1)
    more = draw.choice(rare, int((outcome == 0).sum()) - len(rare))
    rows = np.concatenate([np.arange(len(outcome)), more])
    return plain(terms[rows], outcome[rows])


def thinned(terms: Numbers, outcome: np.ndarray) -> LogisticRegression:
    draw = np.random.default_rng(1)
    rare = np.flatnonzero(outcome == 1)
    rows = np.concatenate([rare, draw.choice(np.flatnonzero(outcome == 0), len(rare), False)])
    return plain(terms[rows], outcome[rows])


def main(data: Path) -> None:
    spec = read_spec(yaml.safe_load((MODELS / "support2-hospital-death/spec.yaml").read_text()))
    table = support2(data)[0]
    rows, outcome = numbers(spec, table), outcomes(spec, table)
    folds = at_random(outcome, spec.seed)
    ways: list[tuple[str, Fit, float]] = [
        ("as they are, threshold .5", plain, 0.5),
        (f"as they are, threshold by cost ({threshold(RATIO):.2g})", plain, threshold(RATIO)),
        ("classes weighted alike, threshold .5", weighted, 0.5),
        ("classes weighted alike, threshold by cost", weighted, threshold(RATIO)),
        ("the dead repeated until half, threshold .5", repeated, 0.5),
        ("the living thinned to half, threshold .5", thinned, 0.5),
    ]
    print("| trained on | AUROC | Brier | slope | O:E | missed | false alarms | cost of 100 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, fit, limit in ways:
        said = np.empty(len(outcome))
        for fold in np.unique(folds):
            inside = folds != fold
            design = learn(spec, rows[inside], 4)
            line = fit(design.terms(rows[inside]), outcome[inside])
            said[~inside] = line.predict_proba(design.terms(rows[~inside]))[:, 1]
        odds = np.log(said / (1 - said))
        slope = LogisticRegression(C=np.inf).fit(odds[:, None], outcome).coef_[0, 0]
        act = said >= limit
        print(
            f"| {name} | {roc_auc_score(outcome, said):.3f} | "
            f"{brier_score_loss(outcome, said):.3f} | {slope:.2f} | "
            f"{outcome.mean() / said.mean():.2f} | {100 * (~act)[outcome == 1].mean():.0f} % | "
            f"{100 * act[outcome == 0].mean():.0f} % | "
            f"{100 * cost(said, outcome, RATIO, limit).mean():.1f} |"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
