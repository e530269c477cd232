"""A small model, trained once, of invented patients."""

from functools import cache
from typing import Any

import numpy as np

from wardround.capabilities.risk import Learned
from wardround.engines.tabular import read_spec, train
from wardround.kernel import Model

LOINC = "http://loinc.org"
SPEC: dict[str, Any] = {
    "name": "sodium-and-age",
    "version": "3",
    "intended_use": "Tests.",
    "prediction_time": "on arrival",
    "outcome": {"column": "died", "positive": "1", "meaning": "death", "known": "at discharge"},
    "inputs": [
        {"column": "age", "kind": "number", "meaning": "age", "unit": "a", "low": 0, "high": 120,
         "chart": "age"},
        {"column": "sex", "kind": "category", "meaning": "sex", "categories": ["female", "male"],
         "chart": "sex"},
        {"column": "glucose", "kind": "number", "meaning": "glucose", "unit": "mg/dL", "low": 20,
         "high": 1500, "codes": ["loinc|2345-7"], "analyte": "glucose", "valid": "24h"},
        {"column": "failure", "kind": "yes-no", "meaning": "heart failure",
         "codes": ["snomed|84114007"]},
    ],
    "groups": ["sex", "ward"],
    "harms": {"miss": 3, "false_alarm": 1},
    "changing": ["glucose"],
    "ages": [18, 100],
    "settings": ["IMP", "EMER"],
}  # fmt: skip


def table(rows: int = 700, seed: int = 3) -> dict[str, list[object]]:
    draw = np.random.default_rng(seed)
    age = np.clip(draw.normal(60, 15, rows), 18, 99).round(2)
    glucose = draw.lognormal(4.8, 0.35, rows).round(2)
    failure = draw.random(rows) < 0.3
    odds = 0.06 * (age - 60) + 0.02 * (glucose - 125) + 1.2 * failure - 1.2
    died = draw.random(rows) < 1 / (1 + np.exp(-odds))
    return {
        "age": list(age),
        "sex": ["male" if one < 0.5 else "female" for one in draw.random(rows)],
        "glucose": ["" if draw.random() < 0.15 else one for one in glucose],
        "failure": ["yes" if one else "no" for one in failure],
        "ward": ["north" if one < 0.5 else "south" for one in draw.random(rows)],
        "died": [int(one) for one in died],
    }


@cache
def learned() -> Learned:
    spec = read_spec(SPEC)
    model = train(spec, table()).model
    return Learned(model, Model(name=spec.name, version=spec.version, digest="0" * 64))
