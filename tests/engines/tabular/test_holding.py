"""Who is held out, what is kept of a spread, and how recalibration is looked at."""

import json

import numpy as np
import pytest

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import hold_out, in_turns, outcomes, reference_of, train
from wardround.kernel import InvalidInput


def test_a_part_at_random_has_the_outcome_as_often_and_is_always_the_same() -> None:
    data = table()
    inside, held = hold_out(spec(), data)
    assert (len(inside["a"]), len(held["a"])) == (675, 225)
    share = np.mean(outcomes(spec(), data))
    assert abs(np.mean(outcomes(spec(), held)) - share) < 0.01
    assert hold_out(spec(), data)[1] == held


def test_the_last_in_time_and_named_sites_are_held_out() -> None:
    data = table() | {"day": [f"2026-01-{1 + row % 28:02}" for row in range(900)]}
    held = hold_out(spec(split={"kind": "temporal", "column": "day"}), data)[1]
    assert min(map(str, held["day"])) == "2026-01-22"
    by_ward = {"kind": "site", "column": "ward", "sites": ["north"]}
    inside, held = hold_out(spec(split=by_ward), data)
    assert set(held["ward"]) == {"north"}
    assert set(inside["ward"]) == {"south"}
    with pytest.raises(InvalidInput, match="no row of west"):
        hold_out(spec(split=by_ward | {"sites": ["west"]}), data)


def test_an_outcome_of_three_values_is_refused() -> None:
    data = table(rows=100)
    data["died"][0] = "unknown"
    with pytest.raises(InvalidInput, match="The outcome has 3 values"):
        outcomes(spec(), data)


def test_a_reference_tells_the_spread_and_nobody_s_extreme() -> None:
    data = table(rows=1000)
    data["a"][0] = 49.0
    told = json.loads(json.dumps(reference_of(spec(), data, np.linspace(0, 1, 1000))))
    a = told["inputs"]["a"]
    assert (a["kind"], a["n"], len(a["quantiles"])) == ("number", 1000, 101)
    assert a["quantiles"] == sorted(a["quantiles"])
    assert max(a["quantiles"]) < 4
    assert 0.05 < told["inputs"]["c"]["missing"] < 0.15
    assert abs(sum(told["inputs"]["kind"]["shares"].values()) - 1) < 1e-4
    assert abs(told["predictions"]["quantiles"][50] - 0.5) < 1e-3


def test_a_site_is_recalibrated_on_patients_and_looked_at_on_others() -> None:
    model = train(spec(), table()).model
    there = table(rows=1200, seed=9)
    rare = np.random.default_rng(0).random(1200) < 0.6
    there["died"] = [0 if gone else value for value, gone in zip(there["died"], rare, strict=True)]
    died = outcomes(spec(), there)
    turned = in_turns(model, there)
    assert abs(died.mean() / model.predict(there).probability.mean() - 1) > 0.3
    assert abs(died.mean() / turned.probability.mean() - 1) < 0.05
    assert turned.sets[np.arange(1200), died].mean() > 0.87
