"""Measure what sets of 90 % cover where patients differ: as they are, weighed, recalibrated.

    python -m scripts.measure_shift DATA

Heart: learned in Cleveland, asked in Hungary. SUPPORT2, on the three quarters that are learned
from: one disease class after another held out as if it were another site; and half of them, drawn
anew so that the sickest come four times as often.
"""

import sys
from pathlib import Path

import numpy as np
import yaml  # type: ignore[import-untyped]
from scripts.train_risk import MODELS, SEED, Columns, heart, support2, take
from sklearn.linear_model import LogisticRegression

from wardround.engines.tabular import Model, Spec, Trained, read_spec, recalibrate, reweigh, train
from wardround.engines.tabular.guards import quantile, scores
from wardround.engines.tabular.table import numbers, outcomes


def said(name: str, how: str, model: Model, table: Columns) -> None:
    found = model.predict(table)
    died = outcomes(model.spec, table)
    covered = found.sets[np.arange(len(died)), died]
    answered = found.answer >= 0
    promise = found.promise
    print(
        f"| {name} | {how} | {len(died)} | {100 * covered.mean():.1f} % | "
        f"{100 * answered.mean():.1f} % | {100 * (found.answer == died)[answered].mean():.1f} % | "
        f"{'yes' if promise.kept else 'no: ' + ' '.join(promise.reasons)} |"
    )


def by_classifier(trained: Trained, spec: Spec, inside: Columns, site: Columns) -> str:
    """Return coverage by a classifier's densities, which needs every row of development."""
    model = trained.model
    here, there = (model.design.terms(numbers(spec, table)) for table in (site, inside))
    both = np.vstack([there, here])
    which = np.repeat([0, 1], [len(there), len(here)])
    line = LogisticRegression(C=0.01, max_iter=500).fit(both, which)
    weight = np.exp(line.decision_function(there))
    missed = scores(trained.unseen, outcomes(spec, inside))
    order = np.argsort(missed)
    total = np.cumsum(weight[order]) / weight.sum()
    limit = missed[order][min(int(np.searchsorted(total, spec.coverage)), len(order) - 1)]
    worth = weight.sum() ** 2 / (weight**2).sum()
    chance, died = model.predict(site).probability, outcomes(spec, site)
    covered, plain = scores(chance, died) <= limit, quantile(missed, spec.coverage)
    one = ((chance <= limit).astype(int) + (1 - chance <= limit)) == 1
    return (
        f"{100 * covered.mean():.1f} % covered, {100 * one.mean():.1f} % answered, "
        f"worth {worth:.0f}; unweighed {100 * (scores(chance, died) <= plain).mean():.1f} %"
    )


def tried(name: str, spec: Spec, inside: Columns, site: Columns) -> None:
    trained = train(spec, inside)
    said(name, "as it is", trained.model, site)
    said(name, "weighed", reweigh(trained.model, site), site)
    rows = len(site[spec.outcome.column])
    turn = np.random.default_rng(SEED).permutation(rows) % 5
    covered, answered, right = np.empty(rows), np.empty(rows), np.empty(rows)
    died = outcomes(spec, site)
    for fold in range(5):
        out = np.flatnonzero(turn == fold)
        mended = recalibrate(trained.model, take(site, np.flatnonzero(turn != fold)))
        found = mended.predict(take(site, out))
        covered[out] = found.sets[np.arange(len(out)), died[out]]
        answered[out] = found.answer >= 0
        right[out] = found.answer == died[out]
    print(
        f"| {name} | recalibrated, in five turns | {rows} | {100 * covered.mean():.1f} % | "
        f"{100 * answered.mean():.1f} % | {100 * right[answered == 1].mean():.1f} % | "
        f"{'yes' if mended.promise.kept else 'no: ' + ' '.join(mended.promise.reasons)} |"
    )
    print(
        f"<!-- {name}, by a classifier: {by_classifier(trained, spec, inside, site)} -->",
        flush=True,
    )


def main(data: Path) -> None:
    print("| site | sets | n | covered | answered | right when answered | promised |")
    print("|---|---|---|---|---|---|---|")
    spec = read_spec(yaml.safe_load((MODELS / "heart-disease/spec.yaml").read_text()))
    tried("Hungary", spec, *heart(data))
    spec = read_spec(yaml.safe_load((MODELS / "support2-180-day-death/spec.yaml").read_text()))
    table = support2(data)[0]
    classes = np.array([str(value) for value in table["dzclass"]])
    draw = np.random.default_rng(SEED)
    half = draw.random(len(classes)) < 0.5
    sick = np.array([float(str(value or 0)) for value in table["aps"]])
    odds = np.where(sick > np.quantile(sick, 0.75), 4.0, 1.0) * ~half
    mix = draw.choice(len(classes), 1500, replace=False, p=odds / odds.sum())
    tried("sicker", spec, take(table, np.flatnonzero(half)), take(table, mix))
    for name in np.unique(classes):
        site, rest = np.flatnonzero(classes == name), np.flatnonzero(classes != name)
        tried(str(name), spec, take(table, rest), take(table, site))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
