"""What cannot be validated is refused with its reason, and no number is made of it."""

from typing import Any

import numpy as np
import pytest

from tests.governance.made import cohort, predictions
from wardround.governance.validation import Predictions, validate
from wardround.kernel import InvalidInput

Y, P = cohort(200)
SOME = ["a", "b"] * 100


def changed(values: np.ndarray, value: float) -> np.ndarray:
    other = values.copy()
    other[7] = value
    return other


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"outcomes": np.ones(200)}, "same outcome"),
        ({"outcomes": np.r_[np.ones(9), np.zeros(191)]}, "too few"),
        ({"outcomes": Y[:20], "risks": P[:20]}, "20 patients"),
        ({"outcomes": changed(Y, np.nan)}, "1 of 200 values are missing"),
        ({"outcomes": changed(Y, 2)}, "neither 0 nor 1"),
        ({"outcomes": ["yes"] * 200}, "no number"),
        ({"risks": changed(P, np.nan)}, "1 of 200 values are missing"),
        ({"risks": changed(P, 1.2)}, "outside 0 to 1"),
        ({"risks": changed(P, -0.1)}, "outside 0 to 1"),
        ({"risks": changed(P, np.inf)}, "outside 0 to 1"),
        ({"risks": P * 100}, "outside 0 to 1"),
        ({"risks": P[:-1]}, "199 values for 200 patients"),
        ({"risks": np.c_[P, P]}, "no column"),
        ({"groups": {"site": ["a"] * 200}}, "one group"),
        ({"groups": {"site": SOME[:-1]}}, "199 values"),
        ({"groups": {"born": list(range(200))}}, "200 levels"),
        ({"missing": {"age": [2] * 200}}, "neither missing"),
        ({"baselines": {"doctors": [np.nan] * 200}}, "same outcome"),
        ({"baselines": {"doctors": [50.0] * 200}}, "outside 0 to 1"),
        ({"sets": [[1, 0, 1]] * 200}, "two columns"),
        ({"sets": [[1, 3]] * 200}, "two columns"),
    ],
)
def test_what_cannot_be_is_refused(parts: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Predictions.of(**({"outcomes": Y, "risks": P} | parts))


def test_one_prediction_for_all_is_refused() -> None:
    with pytest.raises(InvalidInput, match="tells nobody apart"):
        validate(Predictions.of(Y, np.full(200, 0.3)))


@pytest.mark.parametrize("threshold", [0.0, 1.0, -0.2, 30.0])
def test_a_threshold_that_decides_nothing_is_refused(threshold: float) -> None:
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        validate(Predictions.of(Y, P), thresholds=[threshold])


def test_too_few_resamples_are_refused() -> None:
    with pytest.raises(InvalidInput, match="give no interval"):
        validate(Predictions.of(Y, P), resamples=20)


def test_who_is_in_no_group_is_in_one_of_their_own() -> None:
    data = Predictions.of(Y, P, groups={"site": ["a", None, "", " ", np.nan] * 40})
    assert set(data.groups["site"]) == {"a", "not recorded"}


def test_the_digest_is_of_all_that_was_handed_in() -> None:
    whole = predictions().digest()
    assert whole == predictions().digest()
    assert Predictions.of(Y, P).digest() != Predictions.of(Y, changed(P, 0.5)).digest()
    assert (
        Predictions.of(Y, P, groups={"site": SOME}).digest()
        != Predictions.of(Y, P, groups={"site": SOME[::-1]}).digest()
    )
