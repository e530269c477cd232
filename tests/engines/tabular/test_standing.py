import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import standing, train


def drawn(rows: int, seed: int, noise: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    odds = draw.normal(size=rows) * 2
    outcome = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(np.int64)
    return 1 / (1 + np.exp(-odds - draw.normal(size=rows) * (noise - 1))), outcome


def test_the_auroc_is_that_of_scikit_learn_and_its_error_that_of_resampling() -> None:
    said, was = drawn(300, 1)
    area, error = standing.auroc(said, was)
    assert area == pytest.approx(roc_auc_score(was, said))
    draw = np.random.default_rng(2)
    areas = []
    for _ in range(400):
        some = draw.integers(0, 300, 300)
        areas.append(roc_auc_score(was[some], said[some]))
    assert error == pytest.approx(np.std(areas), rel=0.15)


def test_a_group_in_which_the_model_tells_nothing_is_named_and_no_other() -> None:
    data = table(2400)
    draw = np.random.default_rng(3)
    for row in range(0, 2400, 4):
        data["ward"][row] = "east"
        data["died"][row] = int(draw.random() < 0.4)
    model = train(spec(), data).model
    told = model.warnings({**data})
    ward = np.array([str(value) for value in data["ward"]])
    for row in np.flatnonzero(ward == "east")[:5]:
        assert told[row][0].startswith("ward=east: tells apart less well: AUROC 0.5")
    assert all(told[row] == () for row in np.flatnonzero(ward == "north"))


def test_a_group_with_more_outcomes_than_predicted_is_named() -> None:
    said, was = drawn(2000, 4)
    group = ["a" if row % 2 else "b" for row in range(2000)]
    said = np.where(np.array(group) == "a", said * 0.6, said)
    told = standing.warnings(standing.stand(said, was, {"g": group}), {"g": ["a", "b", "c"]}, 3)
    assert "more outcomes than predicted" in told[0][0]
    assert told[1:] == [(), ()]


def test_groups_that_differ_by_chance_alone_are_rarely_named() -> None:
    named = 0
    for seed in range(200):
        said, was = drawn(1200, seed)
        groups = {"g": [str(value) for value in np.random.default_rng(seed).integers(0, 6, 1200)]}
        everyone, *others = standing.stand(said, was, groups)
        named += any(one.worse_than(everyone) for one in others)
    assert named <= 20


def test_a_group_with_few_outcomes_is_not_judged() -> None:
    said, was = drawn(600, 5)
    group = ["few" if row < 30 else "many" for row in range(600)]
    assert [one.group for one in standing.stand(said, was, {"g": group})] == ["", "g=many"]
