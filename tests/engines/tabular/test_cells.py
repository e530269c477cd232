from pathlib import Path

import numpy as np
import pytest
import skops.io

from tests.engines.tabular.test_tabular import table
from wardround.engines.tabular import Model, cells


def test_every_patient_is_in_one_cell_of_twenty_or_more(known: Model) -> None:
    assert known.cells.sizes.sum() == 2400
    assert known.cells.sizes.min() >= cells.FEWEST
    assert known.cells.events.sum() == sum(int(str(died)) for died in table(2400)["died"])
    assert (known.cells.missed.sum(axis=1) == known.cells.sizes).all()


def test_small_cells_join_their_neighbour() -> None:
    parts = np.array([[0.0]] * 30 + [[1.0]] * 5 + [[9.0]] * 25)
    place = cells._joined(np.array([0] * 30 + [1] * 5 + [2] * 25), parts)
    assert [int(size) for size in np.unique(place, return_counts=True)[1]] == [35, 25]


def test_those_nearest_fared_as_the_patient_is_predicted_to(known: Model) -> None:
    new = table(600, seed=21)
    said, found = known.predict(new).probability, known.similar(new)
    assert all(len(three) == 3 for three in found)
    nearest = np.array([three[0].share for three in found])
    assert np.corrcoef(nearest, said)[0, 1] > 0.8


def test_they_are_told_by_what_they_have_in_common(known: Model) -> None:
    new = table(600, seed=22)
    new["a"], new["kind"] = [2.2] * 600, ["z"] * 600
    common = dict(known.similar(new)[0][0].common)
    low, high = (float(end) for end in common["a"].split(" to "))
    assert 0.5 < low < high < 4
    assert high - low < 0.7


@pytest.mark.parametrize(("events", "patients"), [(0, 20), (3, 25), (20, 20), (311, 900)])
def test_the_interval_is_that_of_statsmodels(events: int, patients: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    theirs = proportion_confint(events, patients, method="wilson")
    assert cells.wilson(events, patients) == pytest.approx(theirs, abs=1e-6)


def test_no_value_of_a_patient_is_in_the_file(known: Model, tmp_path: Path) -> None:
    """Quartiles of inputs are the only values kept, and each is of twenty patients or more."""
    known.save(tmp_path / "model.skops")
    content = skops.io.load(tmp_path / "model.skops", trusted=[])
    many = len(known.cells.sizes)
    kept = content["cells"]
    assert kept["quartiles"].shape == (many + 1, 4, 3)
    assert set(kept) == set("centres means sizes events quartiles shares missed".split())
    few = np.column_stack([np.arange(30.0), np.r_[np.arange(5.0), np.full(25, np.nan)]])
    assert np.isnan(cells._quartiles(few)[1]).all()
