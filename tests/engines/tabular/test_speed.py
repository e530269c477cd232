"""How many rows a second a calibrated model with all its guards answers: `make bench` measures."""

from pathlib import Path
from typing import Any

import numpy as np

import wardround
from wardround.engines.tabular import Model, load

MODELS = Path(wardround.__file__).parent / "capabilities/risk/models"
ROWS = 5000


def filled(model: Model) -> dict[str, list[object]]:
    draw = np.random.default_rng(1)
    table: dict[str, list[object]] = {}
    for item in model.spec.inputs:
        if item.kind == "number":
            middle = model.design.medians[list(model.spec.inputs).index(item)]
            table[item.column] = [
                min(max(value, item.low or 0), item.high or 0)
                for value in middle * draw.uniform(0.8, 1.2, ROWS)
            ]
        else:
            names = item.categories or ("0", "1")
            table[item.column] = [names[code] for code in draw.integers(0, len(names), ROWS)]
    return table | {group: table.get(group, ["not known"] * ROWS) for group in model.spec.groups}


def test_a_model_with_its_guards_is_quick(benchmark: Any) -> None:
    import yaml  # type: ignore[import-untyped]

    folder = MODELS / "support2-180-day-death"
    card = yaml.safe_load((folder / "card.yaml").read_text(encoding="utf-8"))
    model = load(folder / "model.skops", card["digest"])
    table = filled(model)

    def answered() -> int:
        said, told = model.predict(table), model.warnings(table)
        return len(said.answer) + len(told) + len(model.similar(table))

    assert benchmark(answered) == 3 * ROWS
