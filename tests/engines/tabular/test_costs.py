import numpy as np
import pytest

from wardround.engines.tabular import costs


def calibrated(rows: int = 20000) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(1)
    probability = draw.beta(1, 3, rows)
    return probability, (draw.random(rows) < probability).astype(np.int64)


def test_the_threshold_follows_from_the_two_harms() -> None:
    assert costs.threshold(1) == 0.5
    assert costs.threshold(9) == pytest.approx(0.1)


def test_the_cost_counts_each_miss_by_its_ratio() -> None:
    probability, outcome = np.array([0.9, 0.1, 0.6, 0.2]), np.array([1, 1, 0, 0])
    assert list(costs.cost(probability, outcome, 4.0, 0.5)) == [0, 4, 1, 0]


@pytest.mark.parametrize("ratio", [0.5, 1.0, 4.0, 9.0])
def test_where_probabilities_are_true_the_empirical_optimum_agrees(ratio: float) -> None:
    found = costs.weigh(*calibrated(), ratio)
    assert found.low <= found.threshold <= found.high
    assert found.empirical_cost <= found.cost <= found.empirical_cost * 1.05


def test_where_probabilities_are_twice_too_high_it_does_not() -> None:
    probability, outcome = calibrated()
    found = costs.weigh(np.minimum(1, 2 * probability), outcome, 4.0)
    assert found.low > found.threshold
    assert found.cost > 1.05 * found.empirical_cost
