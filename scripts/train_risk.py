"""Train the risk models that ship, and print what each does on patients it has not seen.

    python scripts/train_risk.py DATA [NAME]

DATA is the folder with ``support2`` and ``heart``. SUPPORT2 is split 75/25 by a fixed seed; the
heart model learns from Cleveland and is tried in Hungary, as it is and recalibrated on half of it.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import yaml  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from wardround.engines.tabular import Model, Spec, read_spec, recalibrate, train
from wardround.engines.tabular.calibration import chance

MODELS = Path(__file__).parents[1] / "src/wardround/capabilities/risk/models"
HEART = "age sex cp trestbps chol fbs restecg thalach exang oldpeak slope ca thal num".split()
SEED = 20261128

Columns = dict[str, list[object]]


def support2(data: Path) -> tuple[Columns, Columns]:
    with (data / "support2/support2_dev.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    table: Columns = {name: [row[name] for row in rows] for name in rows[0]}
    table["dead180"] = [int(row["death"] == "1" and float(row["d.time"]) <= 180) for row in rows]
    order = np.random.default_rng(SEED).permutation(len(rows))
    cut = int(0.75 * len(rows))
    return take(table, order[:cut]), take(table, order[cut:])


def heart(data: Path) -> tuple[Columns, Columns]:
    sites = []
    for site in ("cleveland", "hungarian"):
        with (data / f"heart/processed.{site}.data").open(newline="") as file:
            rows = [dict(zip(HEART, row, strict=True)) for row in csv.reader(file) if row]
        table: Columns = {name: [_tidy(row[name]) for row in rows] for name in HEART}
        table["trestbps"] = ["" if value == "0" else value for value in table["trestbps"]]
        table["disease"] = [int(float(row["num"]) > 0) for row in rows]
        sites.append(table)
    return sites[0], sites[1]


def report(model: Model, spec: Spec, table: Columns) -> dict[str, object]:
    said = model.predict(table)
    died = np.array([int(str(value)) for value in table[spec.outcome.column]])
    covered = said.sets[np.arange(len(died)), died]
    slope = LogisticRegression(C=np.inf).fit(said.odds[:, None], died)
    by_group: dict[str, float] = {}
    for column in spec.groups:
        values = np.array([str(value) or "not known" for value in table[column]])
        for value in np.unique(values):
            if (values == value).sum() >= 100:
                by_group[f"{column}={value}"] = round(float(covered[values == value].mean()), 3)
    answered = said.answer >= 0
    return {
        "n": len(died),
        "auroc": round(float(roc_auc_score(died, said.probability)), 4),
        "brier": round(float(brier_score_loss(died, said.probability)), 4),
        "slope": round(float(slope.coef_[0, 0]), 3),
        "observed_to_expected": round(float(died.mean() / said.probability.mean()), 3),
        "coverage": round(float(covered.mean()), 3),
        "answered": round(float(answered.mean()), 3),
        "right_when_answered": round(float((said.answer == died)[answered].mean()), 3),
        "unlike": round(float(said.unlike.mean()), 4),
        "shift": round(model.shift(table), 2),
        "promise": said.promise,
        "coverage_by_group": by_group,
    }


def main(data: Path, names: list[str]) -> None:
    for folder in sorted(MODELS.iterdir()):
        if not folder.is_dir() or (names and folder.name not in names):
            continue
        spec = read_spec(yaml.safe_load((folder / "spec.yaml").read_text()))
        inside, outside = (heart if folder.name.startswith("heart") else support2)(data)
        trained = train(spec, inside)
        digest = trained.model.save(folder / "model.skops")
        found = {
            "model": spec.name,
            "digest": digest,
            "chosen": trained.chosen,
            "calibration": trained.model.calibration,
            "nested_auroc": round(trained.nested_auroc, 4),
            "costs": trained.costs and vars(trained.costs),
            "cells": len(trained.model.cells.sizes),
            "warned_of": [
                (one.group, says)
                for one in trained.model.standings[1:]
                for says in one.worse_than(trained.model.standings[0])
            ],
            "losses": {name: round(loss, 4) for name, loss in trained.losses.items()},
            "unseen": report(trained.model, spec, outside),
        }
        if folder.name.startswith("heart"):
            rows = len(outside["disease"])
            order = np.random.default_rng(SEED).permutation(rows)
            half, other = take(outside, order[: rows // 2]), take(outside, order[rows // 2 :])
            found["in turns, recalibrated"] = _in_turns(trained.model, outside)
            found["half as it is"] = report(trained.model, spec, other)
            found["half recalibrated"] = report(recalibrate(trained.model, half), spec, other)
        print(json.dumps(found, indent=2))


def _in_turns(model: Model, table: Columns) -> dict[str, float]:
    """Recalibrate on four fifths of a site and look at the fifth, five times; pooled."""
    died = np.array([int(str(value)) for value in table["disease"]])
    turn = np.random.default_rng(SEED).permutation(len(died)) % 5
    odds, covered, answered = np.empty(len(died)), np.empty(len(died)), np.empty(len(died))
    for fold in range(5):
        out = np.flatnonzero(turn == fold)
        site = recalibrate(model, take(table, np.flatnonzero(turn != fold)))
        said = site.predict(take(table, out))
        odds[out] = said.odds
        covered[out] = said.sets[np.arange(len(out)), died[out]]
        answered[out] = said.answer >= 0
    slope = LogisticRegression(C=np.inf).fit(odds[:, None], died).coef_[0, 0]
    probability = chance(odds)
    return {
        "auroc": round(float(roc_auc_score(died, odds)), 4),
        "brier": round(float(brier_score_loss(died, probability)), 4),
        "slope": round(float(slope), 3),
        "observed_to_expected": round(float(died.mean() / probability.mean()), 3),
        "coverage": round(float(covered.mean()), 3),
        "answered": round(float(answered.mean()), 3),
    }


def take(table: Columns, order: np.ndarray) -> Columns:
    return {name: [values[place] for place in order] for name, values in table.items()}


def _tidy(value: str) -> str:
    """Cleveland writes 1.0 where Hungary writes 1."""
    return value.removesuffix(".0")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
