"""A shift of an input is seen in time, and none is seen where there is none."""

import numpy as np
import pytest

from wardround.governance.monitoring import Reference, shift
from wardround.governance.monitoring.shift import PATIENTS_A_FALSE_ALARM, SHIFT, limit
from wardround.kernel import InvalidInput

REFERENCE = 5000
WATCHED = 10
RUNS = 60


def tailed(chance: np.random.Generator, n: int, moved: float = 0.0) -> np.ndarray:
    """Values with a heavy tail, as of creatinine."""
    return np.exp(chance.normal(size=n) + moved)


@pytest.mark.requirement("GOV-01")
@pytest.mark.parametrize("way", [1, -1])
def test_a_planted_shift_is_found_within_500_patients(way: int) -> None:
    """0.3 standard deviations in one of ten inputs; the figures are in the room's README."""
    chance = np.random.default_rng(20261128)
    found = 0
    for _ in range(RUNS):
        reference = Reference(tailed(chance, REFERENCE), "creatinine")
        found += shift(reference, tailed(chance, 500, way * SHIFT), WATCHED).fires
    assert found >= 0.93 * RUNS


@pytest.mark.requirement("GOV-01")
def test_ten_thousand_unshifted_patients_raise_one_false_alarm_at_most() -> None:
    """Ten inputs of 10,000 patients, ten times over."""
    chance = np.random.default_rng(20261128)
    alarms = []
    for _ in range(10):
        alarms.append(0)
        for _ in range(WATCHED):
            reference = Reference(tailed(chance, REFERENCE), "creatinine")
            alarms[-1] += shift(reference, tailed(chance, 10_000), WATCHED).fires
    assert max(alarms) <= 1
    assert sum(alarms) <= 10 * 10_000 / PATIENTS_A_FALSE_ALARM


def test_a_finding_says_what_and_when() -> None:
    chance = np.random.default_rng(7)
    reference = Reference(tailed(chance, REFERENCE), "lactate")
    calm, moved = tailed(chance, 300), tailed(chance, 500, 0.6)
    found = shift(reference, np.r_[calm, moved], WATCHED)
    assert found.fires
    assert found.at is not None
    assert 300 < found.at < 500
    assert found.said == f"Values are higher than at validation; seen at patient {found.at}."
    assert found.value is not None
    assert found.value.low is not None
    assert found.value.high is not None
    assert found.value.low < 0.6 < found.value.high
    assert len(found.path) <= 400
    assert "one false alarm in 20,000 patients over 10 inputs" in found.rule


@pytest.mark.parametrize("share", [0.05, 0.5])
def test_a_yes_or_no_is_watched_as_well(share: float) -> None:
    """As which input is missing: its scores have mean 0 and standard deviation 1 too."""
    chance = np.random.default_rng(11)
    known = chance.random(REFERENCE) < share
    reference = Reference(known.astype(float), "missing")
    assert reference.scores(np.sort(known.astype(float))).std() == pytest.approx(1)
    calm = shift(reference, (chance.random(2000) < share).astype(float), WATCHED)
    more = share + 0.4 * np.sqrt(share * (1 - share))
    moved = shift(reference, (chance.random(800) < more).astype(float), WATCHED)
    assert (calm.fires, moved.fires) == (False, True)


def test_more_inputs_and_a_smaller_reference_ask_for_more_evidence() -> None:
    assert limit(1, 5000) < limit(10, 5000) < limit(10, 1000)


def test_too_few_say_nothing() -> None:
    reference = Reference(np.arange(2000.0), "age")
    found = shift(reference, [1.0] * 20 + [np.nan] * 80, WATCHED)
    assert (found.n, found.value, found.fires) == (20, None, False)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.arange(100.0), "too few to watch"),
        (np.ones(2000), "one value at validation"),
        (["high"] * 2000, "no number"),
        (np.full(2000, np.inf), "endless"),
    ],
)
def test_what_cannot_be_watched_is_refused(values: np.ndarray, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Reference(values, "age")
