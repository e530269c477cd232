import numpy as np
import pytest

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import splits, train
from wardround.engines.tabular.table import Table
from wardround.kernel import InvalidInput


def seen(rows: int = 900) -> dict[str, list[object]]:
    data = table(rows)
    data["hospital"] = ["ABC"[number % 3] for number in range(rows)]
    data["admitted"] = [
        f"20{10 + number // 90:02}-01-{1 + number % 9:02}" for number in range(rows)
    ]
    return data


def died(data: Table) -> np.ndarray:
    return np.array(data["died"])


def test_at_random_every_row_is_held_out_once() -> None:
    data = seen()
    parts = splits.parts(spec(), data, died(data))
    assert (np.sum([part.outside for part in parts], axis=0) == 1).all()
    assert all((part.inside != part.outside).all() for part in parts)


def test_by_site_no_site_is_on_both_sides() -> None:
    data = seen()
    hospital = np.array(data["hospital"])
    asked = spec(split={"kind": "site", "column": "hospital"})
    parts = splits.parts(asked, data, died(data))
    assert [part.name for part in parts] == ["A", "B", "C"]
    for part in parts:
        assert not set(hospital[part.inside]) & set(hospital[part.outside])


def test_many_sites_are_held_out_several_at_a_time_and_whole() -> None:
    data = seen()
    data["hospital"] = [f"H{number % 23}" for number in range(900)]
    hospital = np.array(data["hospital"])
    asked = spec(split={"kind": "site", "column": "hospital"})
    parts = splits.parts(asked, data, died(data))
    assert len(parts) == splits.FOLDS
    assert (np.sum([part.outside for part in parts], axis=0) == 1).all()
    for part in parts:
        assert not set(hospital[part.inside]) & set(hospital[part.outside])


def test_by_time_only_what_is_earlier_is_learned_from() -> None:
    data = seen()
    when = np.array(data["admitted"])
    asked = spec(split={"kind": "temporal", "column": "admitted"})
    parts = splits.parts(asked, data, died(data))
    assert len(parts) >= 4
    for part in parts:
        assert max(when[part.inside]) < min(when[part.outside])


@pytest.mark.parametrize(
    ("split", "values", "reason"),
    [
        ("site", ["A"] * 900, "one site alone"),
        ("site", ["A"] * 895 + ["B"] * 5, "Too few to hold out: B"),
        ("site", ["A"] * 899 + [""], "empty cell"),
        ("temporal", ["2010"] * 900, "same time"),
        ("temporal", ["last year"] * 900, "neither numbers nor dates"),
    ],
)
def test_a_column_that_cannot_split_is_refused(
    split: str, values: list[object], reason: str
) -> None:
    data = seen() | {"where": values}
    asked = spec(split={"kind": split, "column": "where"})
    with pytest.raises(InvalidInput, match=reason):
        splits.parts(asked, data, died(data))


@pytest.mark.parametrize(
    "split",
    [{"kind": "site"}, {"kind": "random", "column": "ward"}, {"kind": "site", "column": "a"}],
)
def test_a_split_without_its_column_or_by_an_input_is_refused_by_the_spec(
    split: dict[str, str],
) -> None:
    with pytest.raises(InvalidInput, match="The spec cannot be used"):
        spec(split=split)


def test_a_site_that_fares_otherwise_shows_in_its_part_and_nowhere_at_random() -> None:
    data = seen(1500)
    draw = np.random.default_rng(0)
    data["died"] = [
        int(str(value)) * int(place != "C" or draw.random() < 0.3)
        for value, place in zip(data["died"], data["hospital"], strict=True)
    ]
    by_site = train(spec(split={"kind": "site", "column": "hospital"}), data)
    found = {part.name: part.observed_to_expected for part in by_site.parts}
    assert found["C"] < 0.5
    assert found["A"] > 1
    at_random = train(spec(), data)
    assert all(0.7 < part.observed_to_expected < 1.3 for part in at_random.parts)


def test_a_model_split_by_time_is_calibrated_on_later_patients_alone() -> None:
    data = seen()
    found = train(spec(split={"kind": "temporal", "column": "admitted"}), data)
    first = min(str(value) for value in data["admitted"])
    nothing_before = np.array([str(value) <= first for value in data["admitted"]])
    assert np.isnan(found.unseen[nothing_before]).all()
    assert found.model.promise.patients == int((~np.isnan(found.unseen)).sum()) < 900
