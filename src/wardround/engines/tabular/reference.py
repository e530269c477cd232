"""How inputs and predictions were spread at validation: what monitoring compares with.

A hundred and one quantiles tell a spread and hold no row; the outermost are those of the half
hundredth, so that nobody's highest or lowest value is kept.
"""

import numpy as np

from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers, Table, numbers

PLACES = np.clip(np.linspace(0, 1, 101), 0.005, 0.995)


def reference_of(spec: Spec, table: Table, probability: Numbers) -> dict[str, object]:
    """Return the reference as JSON has it, for each input and for the predictions."""
    rows = numbers(spec, table)
    inputs: dict[str, object] = {}
    for index, item in enumerate(spec.inputs):
        column = rows[:, index]
        known = column[~np.isnan(column)]
        told: dict[str, object] = {
            "kind": item.kind,
            "quantiles": _quantiles(known),
            "missing": round(float(np.isnan(column).mean()), 6),
            "n": len(column),
        }
        if item.kind != "number":
            names = item.categories or ("0", "1")
            told["shares"] = {
                name: round(float((known == code).mean()), 6) if len(known) else 0.0
                for code, name in enumerate(names)
            }
        inputs[item.column] = told
    spread = {"quantiles": _quantiles(probability), "n": len(probability)}
    return {"inputs": inputs, "predictions": spread}


def _quantiles(known: Numbers) -> list[float]:
    """Return 101 quantiles; none where nothing is known. A category is its place in the spec."""
    return [float(f"{one:.6g}") for one in np.quantile(known, PLACES)] if len(known) else []
