import sys
from itertools import combinations
from math import factorial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import Trained, load, train, trees
from wardround.engines.tabular.table import numbers, outcomes
from wardround.kernel import Unavailable


def unlike_a_sum(rows: int = 900, seed: int = 1) -> dict[str, list[object]]:
    """What no sum of single inputs can say: a and b must be of one sign."""
    data = table(rows, seed)
    draw = np.random.default_rng(seed + 100)
    a, b = (np.array([float(str(value)) for value in data[name]]) for name in ("a", "b"))
    data["died"] = [int(value) for value in draw.random(rows) < np.where(a * b > 0, 0.85, 0.15)]
    return data


@pytest.fixture(scope="module")
def grown() -> Trained:
    return train(spec(forms=["additive", "trees"]), unlike_a_sum())


def test_trees_are_chosen_where_they_are_better_and_not_where_they_are_not(grown: Trained) -> None:
    assert "trees" in grown.chosen
    assert grown.nested_auroc > 0.75
    sums = train(spec(forms=["additive", "trees"]), table(900))
    assert "knots" in sums.chosen


def test_their_parts_add_up_and_a_saved_model_says_the_same(grown: Trained, tmp_path: Path) -> None:
    new = unlike_a_sum(300, 2)
    said = grown.model.predict(new)
    text = grown.model.form.text  # type: ignore[union-attr]
    whole = trees.odds(text, numbers(grown.model.spec, new))
    assert np.allclose(said.base + said.contributions.sum(axis=1), whole, atol=1e-9)
    digest = grown.model.save(tmp_path / "model.skops")
    again = load(tmp_path / "model.skops", digest).predict(new)
    assert (again.odds == said.odds).all()
    assert (tmp_path / "model.skops").stat().st_size < 1_000_000


def test_growing_twice_gives_the_same_trees(grown: Trained) -> None:
    data = unlike_a_sum()
    rows, outcome = numbers(spec(), data), outcomes(spec(), data)
    assert trees.grow(spec(), rows, outcome, 4, 30) == trees.grow(spec(), rows, outcome, 4, 30)


def test_the_parts_are_shapley_values_by_their_definition() -> None:
    """Every coalition is asked, as Lundberg 2020, algorithm 1, does; exact and slow."""
    data = unlike_a_sum()
    plan = spec()
    rows = numbers(plan, data)
    text = trees.grow(plan, rows, outcomes(plan, data), 4, 12)
    forest = trees._booster(text).dump_model()["tree_info"]
    base, parts = trees.parts(text, rows[:6])
    inputs = range(rows.shape[1])
    for row, found in zip(rows[:6], parts, strict=True):
        worth = {
            frozenset(some): sum(
                expected(tree["tree_structure"], row, set(some)) for tree in forest
            )
            for size in range(len(inputs) + 1)
            for some in combinations(inputs, size)
        }
        assert base == pytest.approx(worth[frozenset()], abs=1e-6)
        for one in inputs:
            others = [some for some in worth if one not in some]
            share = sum(
                factorial(len(some))
                * factorial(len(inputs) - len(some) - 1)
                / factorial(len(inputs))
                * (worth[some | {one}] - worth[some])
                for some in others
            )
            assert found[one] == pytest.approx(share, abs=1e-6)


def expected(node: dict[str, Any], row: np.ndarray, known: set[int]) -> float:
    if "leaf_value" in node:
        return float(node["leaf_value"])
    left, right = node["left_child"], node["right_child"]
    if node["split_feature"] in known:
        return expected(left if goes_left(node, row) else right, row, known)
    sizes: list[float] = [
        side.get("internal_count", side.get("leaf_count")) for side in (left, right)
    ]
    return sum(
        size * expected(side, row, known) for size, side in zip(sizes, (left, right), strict=True)
    ) / sum(sizes)


def goes_left(node: dict[str, Any], row: np.ndarray) -> bool:
    value = row[node["split_feature"]]
    if node["decision_type"] == "==":
        return not np.isnan(value) and str(int(value)) in node["threshold"].split("||")
    if np.isnan(value) and node["missing_type"] == "NaN":
        return bool(node["default_left"])
    return bool(np.nan_to_num(value) <= node["threshold"])


def test_without_lightgbm_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(Unavailable, match="LightGBM, which is not installed") as refused:
        trees.grow(spec(), np.zeros((10, 4)), np.zeros(10, dtype=np.int64), 4, 1)
    assert "wardround[lightgbm]" in str(refused.value.mend)


def test_the_engine_loads_without_lightgbm() -> None:
    import subprocess

    check = "import sys, wardround.engines.tabular; print('lightgbm' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", check], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "False"
