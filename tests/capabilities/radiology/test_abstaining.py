"""Sets for each outcome, the widest bounds, and what is promised."""

import numpy as np
import pytest

from wardround.capabilities.radiology import Bounds, Limits, prevalence_here, promised, recalibrate
from wardround.capabilities.radiology.limits.abstaining import (
    FEWEST,
    answers,
    bounds_of,
    elsewhere,
    widest,
)
from wardround.capabilities.radiology.limits.recalibrating import LEAST
from wardround.kernel import InvalidInput

LIMITS = Limits(
    model="0" * 64,
    prevalence=0.6,
    coverage=0.9,
    validation=Bounds(healthy=-1, pneumonia=1),
    worst=Bounds(healthy=1, pneumonia=-1),
    gate=0,
    unlike=2,
)


def drawn(move: float, count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return log-odds of calibrated answers at even odds, moved as by another machine."""
    chance = np.random.default_rng(seed)
    labels = np.repeat([0, 1], count)
    return chance.normal(np.where(labels == 1, 2.0, -2.0), 2.0) + move, labels


@pytest.mark.requirement("RAD-05")
def test_bounds_cover_each_outcome_whatever_its_share() -> None:
    bounds = bounds_of(*drawn(0, 500), 0.9)
    odds, labels = drawn(0, 5000, seed=1)
    assert np.mean(odds[labels == 0] <= bounds.healthy) == pytest.approx(0.9, abs=0.03)
    assert np.mean(odds[labels == 1] >= bounds.pneumonia) == pytest.approx(0.9, abs=0.03)


@pytest.mark.requirement("RAD-05")
def test_bounds_of_one_place_fail_at_another_and_the_widest_hold() -> None:
    here = bounds_of(*drawn(0, 500), 0.9)
    odds, labels = drawn(1.5, 5000, seed=2)
    assert np.mean(odds[labels == 0] <= here.healthy) < 0.75
    both = widest([here, bounds_of(*drawn(1.5, 500, seed=3), 0.9)])
    assert np.mean(odds[labels == 0] <= both.healthy) > 0.87
    assert np.mean(odds[labels == 1] >= both.pneumonia) > 0.87


@pytest.mark.requirement("RAD-05")
def test_the_more_places_differ_the_more_is_expected_of_one_more() -> None:
    alike = [Bounds(healthy=-1 + step / 50, pneumonia=1 - step / 50) for step in range(5)]
    apart = [Bounds(healthy=-1 + step, pneumonia=1 - step) for step in range(5)]
    near, far = elsewhere(alike), elsewhere(apart)
    assert -0.92 <= near.healthy < -0.85
    assert far.healthy > 3
    assert far.pneumonia < -3


def test_too_few_cases_rule_nothing_out() -> None:
    bounds = bounds_of(*drawn(0, 8), 0.9)
    assert answers(0.0, bounds) == ("healthy", "pneumonia")
    assert bounds.healthy == float("inf")


def test_a_set_can_hold_one_answer_both_or_none() -> None:
    assert answers(0.0, Bounds(healthy=1, pneumonia=-1)) == ("healthy", "pneumonia")
    assert answers(3.0, Bounds(healthy=1, pneumonia=-1)) == ("pneumonia",)
    assert answers(-3.0, Bounds(healthy=1, pneumonia=-1)) == ("healthy",)
    assert answers(0.0, Bounds(healthy=-1, pneumonia=1)) == ()


def test_the_share_is_found_from_unlabelled_images() -> None:
    chance = np.random.default_rng(5)
    labels = (chance.random(4000) < 0.2).astype(int)
    odds = chance.normal(np.where(labels == 1, 2.0, -2.0), 2.0)
    assert prevalence_here(odds) == pytest.approx(0.2, abs=0.03)


@pytest.mark.requirement("RAD-05")
def test_coverage_is_promised_on_cases_from_here_alone() -> None:
    assert not promised(LIMITS).kept
    some = recalibrate(LIMITS, *drawn(1, FEWEST - 1))
    assert not promised(some).kept
    assert str(FEWEST) in promised(some).says
    assert promised(recalibrate(LIMITS, *drawn(1, FEWEST))).kept


@pytest.mark.requirement("RAD-06")
def test_a_site_moves_the_calibration_back() -> None:
    moved, labels = drawn(1.5, 200, seed=7)
    few = np.r_[0:15, 200:215]
    anew = recalibrate(LIMITS, moved[few], labels[few])
    assert -2.2 < anew.offset < -0.5
    assert anew.cases == (15, 15)
    assert anew.worst == LIMITS.worst


@pytest.mark.requirement("RAD-06")
def test_the_share_among_picked_cases_does_not_move_it() -> None:
    odds, labels = drawn(0, 1000, seed=8)
    picked = np.r_[0:10, 1000:1300]
    assert abs(recalibrate(LIMITS, odds[picked], labels[picked]).offset) < 0.9


@pytest.mark.requirement("RAD-06")
def test_too_few_cases_are_refused() -> None:
    odds, labels = drawn(0, 100)
    with pytest.raises(InvalidInput, match="Too few"):
        recalibrate(LIMITS, odds[: LEAST * 2], labels[: LEAST * 2])
    with pytest.raises(InvalidInput, match="no number"):
        recalibrate(LIMITS, np.full(40, np.nan), np.repeat([0, 1], 20))
