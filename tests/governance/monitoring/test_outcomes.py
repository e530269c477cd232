"""Outcomes that agree with predictions raise no alarm; those that no longer do, one in time."""

import numpy as np
import pytest

from tests.governance.made import chances
from wardround.governance.monitoring import calibration, observed_less_expected
from wardround.governance.monitoring.outcomes import LIMIT
from wardround.kernel import InvalidInput


def arriving(seed: int, n: int, odds: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    scores = chance.normal(-1.2, 1.1, n)
    outcomes = chance.random(n) < chances(scores + np.log(odds))
    return outcomes.astype(float), chances(scores)


@pytest.mark.requirement("GOV-02")
def test_calm_outcomes_raise_one_alarm_in_ten_thousand_at_most() -> None:
    assert sum(calibration(*arriving(seed, 10_000), "sepsis").fires for seed in range(30)) <= 1


@pytest.mark.requirement("GOV-02")
@pytest.mark.parametrize(("odds", "way"), [(2.0, "More"), (0.5, "Fewer")])
def test_a_change_of_odds_is_found(odds: float, way: str) -> None:
    found = [calibration(*arriving(seed, 800, odds), "sepsis") for seed in range(40)]
    assert sum(one.fires for one in found) >= 38
    assert all(one.said.startswith(way) for one in found if one.fires)


def test_what_was_off_at_validation_is_not_news() -> None:
    outcomes, risks = arriving(3, 3000, odds=2.0)
    assert calibration(outcomes, risks, "sepsis").fires
    assert not calibration(outcomes, risks, "sepsis", offset=float(np.log(2))).fires


def test_the_value_is_observed_less_expected() -> None:
    outcomes, risks = arriving(4, 500)
    found = calibration(outcomes, risks, "sepsis")
    assert found.value is not None
    assert found.value.value == pytest.approx((outcomes - risks).mean())
    assert observed_less_expected(outcomes, risks)[-1] == pytest.approx((outcomes - risks).sum())
    assert max(found.path) < LIMIT


def test_what_cannot_be_is_refused() -> None:
    outcomes, risks = arriving(5, 100)
    wrong = [(outcomes[:-1], risks), (outcomes + 1, risks), (outcomes, risks * np.nan)]
    for y, p in wrong:
        with pytest.raises(InvalidInput):
            calibration(y, p, "sepsis")
    assert calibration(outcomes[:20], risks[:20], "sepsis").value is None
