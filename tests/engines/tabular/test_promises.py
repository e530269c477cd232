from dataclasses import replace

import numpy as np
import pytest

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import Model, Predictions, promises, recalibrate, reweigh, train
from wardround.engines.tabular.cells import BINS
from wardround.engines.tabular.promises import Promise
from wardround.kernel import InvalidInput


def mixed(hard: float, rows: int, seed: int) -> dict[str, list[object]]:
    """Patients of whom some, of kind z, fare as a coin falls; the others' outcome is plain."""
    draw = np.random.default_rng(seed)
    kind = np.where(draw.random(rows) < hard, 2, draw.integers(0, 2, rows))
    values = draw.normal(size=(rows, 3))
    odds = np.where(kind == 2, 0.3 * values[:, 1], 4 * np.sign(values[:, 0]) * (kind + 0.5))
    died = draw.random(rows) < 1 / (1 + np.exp(-odds))
    return {
        "a": list(values[:, 0]),
        "b": list(values[:, 1]),
        "c": list(values[:, 2]),
        "kind": ["xyz"[code] for code in kind],
        "ward": ["north"] * rows,
        "died": [int(value) for value in died],
    }


@pytest.fixture(scope="module")
def model() -> Model:
    return train(spec(), mixed(0.15, 3000, 1)).model


def covered(said: Predictions, died: object) -> float:
    place = np.array(died)
    return float(said.sets[np.arange(len(place)), place].mean())


def test_weighing_brings_coverage_back_where_the_mix_is_another(model: Model) -> None:
    here = mixed(0.5, 3000, 2)
    assert covered(model.predict(here), here["died"]) < 0.85
    mended = reweigh(model, here)
    new = mixed(0.5, 3000, 3)
    assert 0.88 <= covered(mended.predict(new), new["died"]) <= 0.99
    assert mended.promise.basis == "weighted"
    assert 100 <= mended.promise.patients < 3000


def test_weighing_changes_little_where_the_mix_is_the_same(model: Model) -> None:
    mended = reweigh(model, mixed(0.15, 3000, 4))
    assert mended.thresholds[""] == pytest.approx(model.thresholds[""], abs=0.06)
    assert mended.promise.kept


def test_as_they_are_no_coverage_is_promised_to_another_mix(model: Model) -> None:
    promise = model.predict(mixed(0.5, 1000, 5)).promise
    assert not promise.kept
    assert "differ from those learned from" in promise.reasons[0]
    assert model.predict(mixed(0.15, 1000, 6)).promise == Promise(True, "development", 3000)


def test_when_few_of_those_learned_from_are_like_these_nothing_is_promised(known: Model) -> None:
    rows = np.array([str(kind) == "z" for kind in table(20000, seed=7)["kind"]])
    data = table(20000, seed=7)
    rows &= np.array([float(str(value)) > 1.9 for value in data["a"]])
    some = {name: list(np.array(values)[rows]) for name, values in data.items()}
    promise = reweigh(known, some).promise
    assert not promise.kept
    assert any("are needed" in reason or "is left" in reason for reason in promise.reasons)


def test_patients_unlike_any_are_counted_and_named(known: Model) -> None:
    data = table(400, seed=8)
    data["b"] = [float(str(value)) + 9 * (row % 4 == 0) for row, value in enumerate(data["b"])]
    promise = reweigh(known, data).promise
    assert not promise.kept
    assert promise.reasons[0].endswith("are unlike any learned from.")


def test_of_a_few_rows_the_mix_cannot_be_told(known: Model) -> None:
    few = {name: values[:30] for name, values in table(seed=9, move=0.8).items()}
    assert known.predict(few).promise == known.promise
    with pytest.raises(InvalidInput, match="Too few to tell the mix"):
        reweigh(known, few)


def test_a_site_that_knows_few_outcomes_is_promised_nothing(known: Model) -> None:
    data = table(seed=10)
    assert recalibrate(known, data).promise == Promise(True, "site", 900)
    few = {name: values[:80] for name, values in data.items()}
    assert not recalibrate(known, few).promise.kept


def test_weighing_asks_for_no_outcome(known: Model) -> None:
    data = table(seed=11)
    del data["died"]
    assert reweigh(known, data).promise.basis == "weighted"


def test_the_weighted_quantile_is_that_of_repeated_patients(known: Model) -> None:
    counts = np.zeros(BINS)
    counts[[10, 40, 80]] = [6, 3, 1]
    assert promises._quantile(counts, 0.9) == 0.41
    assert promises._quantile(counts * 7, 0.91) == 0.81


def test_what_was_found_at_a_site_stays_with_the_model(known: Model) -> None:
    kept = replace(known, promise=Promise(False, "site", 80, ("80 patients.",)))
    assert kept.predict(table(seed=12)).promise == kept.promise
