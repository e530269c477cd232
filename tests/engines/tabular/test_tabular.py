from pathlib import Path

import numpy as np
import pytest
import skops.io

from wardround.engines.tabular import Model, Spec, load, read_spec, recalibrate, train
from wardround.engines.tabular.table import Table
from wardround.kernel import InvalidInput


def spec(**changes: object) -> Spec:
    content: dict[str, object] = {
        "name": "invented",
        "version": "1",
        "intended_use": "Tests.",
        "prediction_time": "day 3",
        "outcome": {"column": "died", "positive": "1", "meaning": "death", "known": "discharge"},
        "inputs": [
            {"column": name, "kind": "number", "meaning": name, "low": -50, "high": 50}
            for name in ("a", "b", "c")
        ]
        + [{"column": "kind", "kind": "category", "meaning": "k", "categories": ["x", "y", "z"]}],
        "groups": ["ward"],
    }
    return read_spec(content | changes)


def table(rows: int = 900, seed: int = 1, move: float = 0.0) -> dict[str, list[object]]:
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(rows, 3)) + move
    kind = draw.integers(0, 3, rows)
    odds = 1.2 * values[:, 0] + 0.6 * values[:, 1] ** 2 - 1.5 + (kind == 2)
    died = draw.random(rows) < 1 / (1 + np.exp(-odds))
    missing = draw.random(rows) < 0.1
    return {
        "a": list(values[:, 0]),
        "b": list(values[:, 1]),
        "c": ["" if gone else value for gone, value in zip(missing, values[:, 2], strict=True)],
        "kind": ["xyz"[code] for code in kind],
        "ward": ["north" if number % 2 else "south" for number in range(rows)],
        "died": [int(value) for value in died],
    }


@pytest.fixture(scope="module")
def model() -> Model:
    return train(spec(), table()).model


@pytest.mark.requirement("RISK-11")
def test_contributions_add_up_to_the_log_odds(model: Model) -> None:
    said = model.predict(table(seed=2))
    assert np.allclose(said.base + said.contributions.sum(axis=1), said.raw_odds, atol=1e-9)
    assert said.contributions.std(axis=0)[0] > 5 * said.contributions.std(axis=0)[2]


def test_training_twice_gives_the_same_numbers(model: Model) -> None:
    again = train(spec(), table()).model
    assert (again.predict(table()).odds == model.predict(table()).odds).all()


@pytest.mark.requirement("RISK-16")
def test_sets_cover_in_every_group(model: Model) -> None:
    new = table(rows=4000, seed=3)
    said, died = model.predict(new), np.array(new["died"])
    covered = said.sets[np.arange(4000), died]
    ward = np.array(new["ward"])
    for name in ("north", "south"):
        assert covered[ward == name].mean() >= 0.87
    assert (said.answer >= 0).mean() > 0.5


@pytest.mark.requirement("RISK-15")
def test_an_outlier_is_called_unlike_and_by_its_input(model: Model) -> None:
    row: Table = {"a": [0.1], "b": [40], "c": [0], "kind": ["x"], "ward": ["north"]}
    said = model.predict(row)
    assert said.unlike[0]
    assert said.answer[0] == -1
    assert said.strangeness[0].argmax() == 1
    assert model.predict(table(seed=4)).unlike.mean() < 0.03


def test_shift_is_seen_and_its_absence_too(model: Model) -> None:
    assert model.shift(table(seed=5)) < 5 < model.shift(table(seed=6, move=0.5))


@pytest.mark.requirement("RISK-20")
def test_a_saved_model_says_the_same_and_holds_no_row(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    digest = model.save(path)
    new = table(seed=7)
    assert (load(path, digest).predict(new).odds == model.predict(new).odds).all()
    content = skops.io.load(path, trusted=[])
    assert all(len(value) < 100 for value in content.values() if isinstance(value, np.ndarray))


@pytest.mark.requirement("RISK-14")
def test_a_changed_file_and_an_unsafe_type_are_refused(model: Model, tmp_path: Path) -> None:
    import hashlib

    path = tmp_path / "model.skops"
    digest = model.save(path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(InvalidInput, match="digest differs"):
        load(path, digest)
    skops.io.dump({"spec": Path}, path)
    with pytest.raises(InvalidInput, match="not a model of ours"):
        load(path, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.requirement("RISK-06")
@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("a", 51, "plausible range"), ("a", "high", "Not a number"), ("kind", "q", "category")],
)
def test_a_value_that_cannot_be_is_refused_by_place(
    model: Model, column: str, value: object, reason: str
) -> None:
    row: dict[str, list[object]] = {
        "a": [0.1],
        "b": [0],
        "c": [0],
        "kind": ["x"],
        "ward": ["north"],
    }
    row[column] = [value]
    with pytest.raises(InvalidInput, match=reason) as refused:
        model.predict(row)
    assert refused.value.where == f"{column}, row 1"


def broken(how: str) -> dict[str, list[object]]:
    data = table(rows=20 if how == "20 rows" else 400)
    if how == "one class":
        data["died"] = [0] * 400
    if how == "leak":
        data["c"] = [float(str(died)) * 2 + 0.1 for died in data["died"]]
    if how == "filled after":
        data["c"] = [row if died else "" for row, died in enumerate(data["died"])]
        data["c"] = ["" if value == "" else float(str(value)) % 7 for value in data["c"]]
    if how == "empty":
        data["c"] = [""] * 400
    if how == "twins":
        data = {name: values + values[:50] for name, values in data.items()}
    return data


@pytest.mark.requirement("RISK-17")
@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("20 rows", "Too few"),
        ("one class", "Every outcome is the same"),
        ("leak", "c: The column alone tells the outcome"),
        ("filled after", "c: Whether the column is filled tells"),
        ("empty", "c: The column is empty"),
        ("twins", "50 rows repeat"),
    ],
)
def test_a_table_unfit_to_learn_from_is_refused_with_the_reason(how: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        train(spec(), broken(how))


@pytest.mark.requirement("RISK-17")
def test_a_forbidden_input_is_refused_by_the_spec() -> None:
    with pytest.raises(InvalidInput, match="forbidden, and yet an input: c"):
        spec(forbidden=["c"])


@pytest.mark.requirement("RISK-18")
def test_recalibration_mends_a_site_where_the_outcome_is_rarer(model: Model) -> None:
    here, there = (table(rows=2000, seed=seed) for seed in (8, 9))
    for site in (here, there):
        odd = np.random.default_rng(0).random(2000) < 0.6
        site["died"] = [
            int(str(v)) * int(not gone) for v, gone in zip(site["died"], odd, strict=True)
        ]
    died = np.array(there["died"])
    before = model.predict(there)
    after = recalibrate(model, here).predict(there)
    assert abs(died.mean() / before.probability.mean() - 1) > 0.3
    assert abs(died.mean() / after.probability.mean() - 1) < 0.15
    assert (after.contributions == before.contributions).all()
    few: dict[str, list[object]] = {name: values[:30] for name, values in here.items()}
    with pytest.raises(InvalidInput, match="Too few to recalibrate"):
        recalibrate(model, few)
