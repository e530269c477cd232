"""References: quantiles of an input stand for its values, and a file that is none is refused."""

import numpy as np
import orjson
import pytest

from tests.governance.watch.made import reference
from wardround.engines.tabular import Input, Outcome, Spec, reference_of
from wardround.governance.watch import Spread, read_spreads, spreads_of
from wardround.kernel import InvalidInput

CHANCE = np.random.default_rng(3)


def test_quantiles_give_the_values_back_as_far_as_can_be() -> None:
    values = CHANCE.lognormal(0.3, 0.5, 4000)
    spread = spreads_of({"lactate": list(values)}, [0.5, 0.6]).inputs["lactate"]
    again = spread.numbers()
    assert len(again) == 4000
    for place in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(again, place) == pytest.approx(np.quantile(values, place), rel=0.01)


def test_no_row_is_kept() -> None:
    values = [*CHANCE.normal(0, 1, 1000), 987.0]
    kept = spreads_of({"x": values}, [0.5]).model_dump_json()
    assert "987" not in kept


def test_it_is_read_as_it_was_written() -> None:
    made = reference(1)
    assert read_spreads(made.model_dump_json().encode(), "m") == made
    assert made.inputs["ventilated"].kind == "yes-no"
    assert made.inputs["sex"].kind == "category"
    assert made.inputs["lactate"].missing == pytest.approx(0.2, abs=0.03)


def test_what_training_writes_is_read() -> None:
    spec = Spec(
        name="made",
        version="1",
        intended_use="None.",
        prediction_time="Now.",
        outcome=Outcome(column="died", positive="1", meaning="Died", known="At discharge."),
        inputs=(
            Input(column="age", kind="number", meaning="Age", low=0, high=120),
            Input(column="ill", kind="yes-no", meaning="Ill"),
            Input(column="ward", kind="category", meaning="Ward", categories=("a", "b")),
        ),
    )
    table = {
        "age": list(CHANCE.normal(60, 10, 400)),
        "ill": [bool(one) for one in CHANCE.random(400) < 0.3],
        "ward": ["a" if one else "b" for one in CHANCE.random(400) < 0.6],
    }
    written = orjson.dumps(reference_of(spec, table, CHANCE.random(400)))
    read = read_spreads(written, "made/reference.json")
    assert read.inputs["age"].known == 400
    assert read.inputs["ill"].levels().count("1") == pytest.approx(120, abs=40)
    assert set(read.inputs["ward"].levels()) == {"a", "b"}
    assert not read.local


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"inputs": {}}',
        b'{"predictions": {"n": 10, "quantiles": [1, 2]}}',
        orjson.dumps({"predictions": {"n": 10, "quantiles": [*range(100, -1, -1)]}}),
        b'{"predictions": {"n": 10, "missing": 2}}',
    ],
)
def test_what_is_no_reference_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="This is no reference"):
        read_spreads(data, "made/reference.json")


def test_too_little_is_not_compared_with() -> None:
    assert not Spread(n=40, quantiles=tuple(range(101))).enough
    assert not Spread(n=400, missing=0.9, quantiles=tuple(range(101))).enough
