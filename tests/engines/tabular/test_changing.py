from dataclasses import replace

import numpy as np
import pytest

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import LABEL, Model, changes
from wardround.engines.tabular.table import Table
from wardround.kernel import InvalidInput

ROW: Table = {"a": [0.4], "b": [0.2], "c": [0.0], "kind": ["z"], "ward": ["north"]}


def test_the_change_crosses_and_a_smaller_one_does_not(known: Model) -> None:
    before = known.predict(ROW).probability[0]
    found = {change.column: change for change in changes(known, ROW, 0.7)}
    assert "a" in found
    for column, change in found.items():
        assert known.predict({**ROW, column: [change.to]}).probability[0] == pytest.approx(
            change.probability
        )
        assert (change.probability >= 0.7) != (before >= 0.7)
        for share in np.linspace(0, 0.999, 300):
            less = change.was + share * (change.to - change.was)
            assert (known.predict({**ROW, column: [less]}).probability[0] >= 0.7) == (before >= 0.7)


def test_the_smallest_comes_first_and_only_what_the_spec_lists_is_moved(known: Model) -> None:
    found = changes(known, ROW, 0.7)
    moved = [abs(change.to - change.was) for change in found]
    assert moved == sorted(moved)
    assert {change.column for change in found} <= {"a", "b"}


def test_what_is_not_measured_is_not_moved(known: Model) -> None:
    found = changes(known, {**ROW, "a": [""]}, 0.7)
    assert all(change.column != "a" for change in found)


def test_no_limit_is_crossed_where_none_can_be(known: Model) -> None:
    near = [item.model_copy(update={"low": 0.1, "high": 0.5}) for item in known.spec.inputs[:3]]
    narrow = known.spec.model_copy(update={"inputs": (*near, known.spec.inputs[3])})
    assert changes(replace(known, spec=narrow), {**ROW, "c": [0.2]}, 0.95) == []
    with pytest.raises(InvalidInput, match="A limit is a probability"):
        changes(known, ROW, 1.0)


@pytest.mark.parametrize("column", ["kind", "ward", "age", "nothing"])
def test_age_a_diagnosis_or_a_group_cannot_be_listed(column: str) -> None:
    inputs = [
        {"column": name, "kind": "number", "meaning": name, "low": 0, "high": 100}
        for name in ("a", "age", "ward")
    ] + [{"column": "kind", "kind": "category", "meaning": "k", "categories": ["x", "y"]}]
    with pytest.raises(InvalidInput, match=f"not a measurement that changes: {column}"):
        spec(inputs=inputs, changing=["a", column])


def test_the_label_says_that_it_is_no_advice(known: Model) -> None:
    assert "not advice" in LABEL


def test_a_row_further_down_is_read_as_that_row(known: Model) -> None:
    data = table(20, seed=31)
    one = {name: [values[7]] for name, values in data.items()}
    assert changes(known, data, 0.6, row=7) == changes(known, one, 0.6)
