"""What a validation finds of predictions of which it is known how right they are."""

import numpy as np
import pytest

from tests.governance.made import cohort, predictions, validation
from wardround.governance.validation import Measured, Predictions, Validation, validate
from wardround.governance.validation.acting import useful_from_to
from wardround.governance.validation.resampling import draws


@pytest.fixture(scope="module")
def found() -> Validation:
    return validation()


def inside(one: Measured, value: float) -> bool:
    assert one.low is not None
    assert one.high is not None
    return one.low <= value <= one.high


def test_it_is_written_as_json_and_read_back_the_same(found: Validation) -> None:
    assert Validation.model_validate_json(found.model_dump_json()) == found


def test_the_same_seed_gives_the_same_numbers(found: Validation) -> None:
    assert validation() == found
    assert validate(predictions(), resamples=200, seed=4) != found


def test_right_predictions_are_found_right(found: Validation) -> None:
    assert inside(found.overall["slope"], 1.0)
    assert inside(found.overall["intercept"], 0.0)
    assert inside(found.overall["o_to_e"], 1.0)
    assert inside(found.calibration.ece_if_perfect, found.overall["ece"].value)


def test_risks_that_are_too_extreme_are_found_out() -> None:
    y, p = cohort(3000, slope=0.6)
    overall = validate(Predictions.of(y, p), resamples=200).overall
    assert overall["slope"].value == pytest.approx(0.6, abs=0.06)
    assert not inside(overall["slope"], 1.0)


def test_risks_that_are_too_high_are_found_out() -> None:
    y, p = cohort(3000)
    found = validate(Predictions.of(y, np.minimum(1.5 * p, 1.0)), resamples=200)
    assert found.overall["o_to_e"].value < 0.75
    assert found.overall["intercept"].value < -0.3
    perfect = found.calibration.ece_if_perfect
    assert perfect.high is not None
    assert found.overall["ece"].value > 2 * perfect.high


def test_faultless_predictions_have_no_slope() -> None:
    y = np.r_[np.zeros(100), np.ones(100)]
    p = np.r_[np.linspace(0.1, 0.4, 100), np.linspace(0.6, 0.9, 100)]
    overall = validate(Predictions.of(y, p), resamples=200).overall
    assert overall["auroc"].value == 1
    assert "slope" not in overall


def test_risks_of_nought_and_one_are_taken() -> None:
    y, p = cohort(400)
    found = validate(Predictions.of(y, np.round(p, 1)), resamples=200)
    assert all(np.isfinite(one.value) for one in found.overall.values())


@pytest.mark.requirement("GOV-05")
def test_intervals_hold_what_they_promise() -> None:
    """Of cohorts from one world, 95 of 100 intervals hold its observed : expected, which is 1.

    Drawn apart by outcome, they would not: hence whole cohorts are drawn.
    """
    held = apart = 0
    for seed in range(120):
        y, p = cohort(300, seed)
        drawn = np.concatenate(list(draws(y, seed, 300)))
        ratios = (drawn @ y) / (drawn @ p)
        low, high = np.quantile(ratios, (0.025, 0.975))
        held += low <= 1 <= high
        chance = np.random.default_rng(seed)
        yes, no = p[y == 1], p[y == 0]
        expected = [
            chance.choice(yes, len(yes)).sum() + chance.choice(no, len(no)).sum()
            for _ in range(300)
        ]
        low, high = np.quantile(y.sum() / np.array(expected), (0.025, 0.975))
        apart += low <= 1 <= high
    assert held >= 108
    assert apart < 90


@pytest.mark.requirement("GOV-03")
def test_a_group_too_small_is_said_to_be(found: Validation) -> None:
    [small] = [one for one in found.groups if one.small]
    assert (small.column, small.level, small.n, small.measures) == ("site", "C", 30, {})
    assert all(one.measures["auroc"].low is not None for one in found.groups if not one.small)
    assert "C" not in {name for gap in found.gaps for name in (gap.more, gap.less)}


@pytest.mark.requirement("GOV-03")
def test_a_planted_gap_is_clear_and_no_other() -> None:
    y, p = cohort(4000)
    women = np.arange(4000) % 2 == 0
    chance = np.random.default_rng(9)
    low = np.where(women, p / 2, p)
    levels = {"sex": np.where(women, "women", "men"), "coin": chance.choice(["h", "t", "e"], 4000)}
    found = validate(Predictions.of(y, low, groups=levels), chosen=0.3, resamples=200)
    clear = {(one.column, one.measure, one.more) for one in found.gaps if one.clear}
    assert ("sex", "fnr", "women") in clear
    assert ("sex", "calibration_gap", "women") in clear
    assert {column for column, *_ in clear} == {"sex"}


def test_baselines_are_compared_where_both_are_there(found: Validation) -> None:
    [doctors] = found.compared
    assert doctors.n == 720
    assert doctors.auroc_difference.value == pytest.approx(
        doctors.model_auroc.value - doctors.auroc.value
    )
    assert doctors.auroc_difference.low is not None
    assert doctors.auroc_difference.low > 0


def test_acting_on_right_predictions_is_useful(found: Validation) -> None:
    useful = useful_from_to(found.decision)
    assert useful is not None
    assert useful[0] < found.share < useful[1]


def test_a_model_by_chance_is_of_no_use() -> None:
    y, p = cohort(3000)
    shuffled = np.random.default_rng(3).permutation(p)
    found = validate(Predictions.of(y, shuffled), resamples=200)
    assert inside(found.overall["auroc"], 0.5)
    useful = useful_from_to(found.decision)
    assert useful is None or useful[1] - useful[0] < 0.1


def test_thresholds_have_no_number_where_nobody_is() -> None:
    y, p = cohort(400)
    found = validate(Predictions.of(y, p * 0.5), thresholds=[0.7], resamples=200)
    [highest] = [one for one in found.thresholds if one.threshold == 0.7]
    assert highest.ppv is None
    assert highest.nne is None
    assert highest.alerts_per_100.value == 0


def test_missing_inputs_and_sets(found: Validation) -> None:
    data = predictions()
    assert data.sets is not None
    assert [one.column for one in found.missing] == ["lactate", "age"]
    assert found.missing[1].n == 0
    whole, *groups = found.coverage
    assert whole.n == sum(one.n for one in groups if one.column == "sex") == 800
    assert whole.answered.value == pytest.approx((data.sets.sum(axis=1) == 1).mean())
