import numpy as np
import pytest

from wardround.engines.tabular import look, own_thresholds


def unequal(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Two groups; of the poor each outcome is expected less than it comes."""
    draw = np.random.default_rng(seed)
    poor = draw.random(rows) < 0.4
    odds = draw.normal(size=rows) * 1.5 - 0.5
    outcome = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(np.int64)
    said = 1 / (1 + np.exp(-odds + 0.8 * poor))
    return said, outcome, ["poor" if one else "rich" for one in poor]


def test_a_planted_gap_is_halved_on_patients_it_was_not_chosen_on_and_has_its_price() -> None:
    said, outcome, groups = unequal(8000, 1)
    own = own_thresholds(said, outcome, groups, 0.3)
    new = unequal(8000, 2)
    found = look(*new, 0.3, own)
    assert found.gap[0] > 0.12
    assert found.gap[1] < found.gap[0] / 2
    assert found.change[1] <= found.change[0] <= found.change[2] < 0
    poor, rich = found.groups
    assert poor.threshold < 0.3 < rich.threshold
    assert poor.false_alarms[1] > poor.false_alarms[0]
    assert rich.false_alarms[1] < rich.false_alarms[0]
    assert abs(found.auroc[1] - found.auroc[0]) < 0.02


def test_the_rates_are_those_of_fairlearn() -> None:
    from fairlearn.metrics import MetricFrame, false_negative_rate

    said, outcome, groups = unequal(2000, 3)
    found = look(said, outcome, groups, 0.3, {"poor": 0.2})
    limit = np.where(np.array(groups) == "poor", 0.2, 0.3)
    for when, act in enumerate((said >= 0.3, said >= limit)):
        frame = MetricFrame(
            metrics=false_negative_rate,
            y_true=outcome,
            y_pred=act.astype(int),
            sensitive_features=groups,
        )
        assert found.gap[when] == pytest.approx(frame.difference())
        for one in found.groups:
            assert one.missed[when] == pytest.approx(frame.by_group[one.group])


def test_equal_groups_differ_by_chance_and_that_is_said() -> None:
    draw = np.random.default_rng(4)
    said = draw.random(1200)
    outcome = (draw.random(1200) < said).astype(np.int64)
    groups = [str(value) for value in draw.integers(0, 4, 1200)]
    found = look(said, outcome, groups, 0.3, {})
    assert found.gap[0] == found.gap[1]
    assert not any(found.change)
    assert 0.5 * found.by_chance < found.gap[0] < 2.5 * found.by_chance
