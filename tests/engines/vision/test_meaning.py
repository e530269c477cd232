"""Scores become probabilities as declared, beside scipy and scikit-learn."""

import numpy as np
import pytest
from scipy.special import expit, logit, softmax
from sklearn.isotonic import IsotonicRegression

from wardround.engines.vision import Output, site_offset
from wardround.engines.vision.meaning import probabilities
from wardround.kernel import InvalidInput

RNG = np.random.default_rng(4)
SCORES = RNG.normal(0, 4, (50, 2))
TWO = [{"code": one, "system": "http://radlex.org", "display": one} for one in ("A", "B")]


def output(**changed: object) -> Output:
    keys = {"name": "y", "codes": TWO, "activation": "sigmoid", **changed}
    return Output.model_validate(keys)


@pytest.mark.requirement("VIS-01")
def test_sigmoid_and_temperature() -> None:
    found = probabilities(output(calibration={"kind": "temperature", "temperature": 2.5}), SCORES)
    assert found == pytest.approx(expit(SCORES / 2.5))


def test_platt_on_scores_and_on_probabilities_is_the_same() -> None:
    platt = {"kind": "platt", "slope": 0.7, "intercept": -0.4}
    of_scores = probabilities(output(calibration=platt), SCORES)
    of_chances = probabilities(output(calibration=platt, activation="none"), expit(SCORES))
    assert of_scores == pytest.approx(expit(0.7 * SCORES - 0.4))
    assert of_chances == pytest.approx(of_scores, abs=1e-6)


def test_isotonic_knots_are_scikit_learns() -> None:
    scores = RNG.random(400)
    happened = RNG.random(400) < scores**2
    fitted = IsotonicRegression(out_of_bounds="clip").fit(scores, happened)
    knots = dict(zip(fitted.X_thresholds_.tolist(), fitted.y_thresholds_.tolist(), strict=True))
    declared = output(
        activation="none", calibration={"kind": "isotonic", "knots": list(knots.items())}
    )
    new = RNG.random((30, 2))
    expected = fitted.predict(new.ravel()).reshape(30, 2)
    assert probabilities(declared, new) == pytest.approx(expected, abs=1e-6)


def test_a_code_has_its_own_calibration_and_offset() -> None:
    own = {**TWO[1], "calibration": {"kind": "temperature", "temperature": 4.0}, "offset": 1.0}
    found = probabilities(output(codes=[TWO[0], own], offset=-0.5), SCORES)
    assert found[:, 0] == pytest.approx(expit(SCORES[:, 0] - 0.5))
    assert found[:, 1] == pytest.approx(expit(SCORES[:, 1] / 4 + 1))


def test_softmax_leaves_the_background_out() -> None:
    scores = RNG.normal(0, 3, (20, 3))
    declared = output(activation="softmax", background=1)
    assert probabilities(declared, scores) == pytest.approx(softmax(scores, axis=1)[:, [0, 2]])


def test_scores_beyond_measure_are_probabilities_still() -> None:
    found = probabilities(output(), np.array([[-1e6, 1e6]]))
    assert found.tolist() == [[0.0, 1.0]]
    assert np.isfinite(probabilities(output(activation="none"), np.array([[0.0, 1.0]]))).all()


def test_an_offset_is_bayes_rule_for_another_share_of_positives() -> None:
    """Saerens 2002: the posterior under another prior, by its likelihood ratio."""
    before, training, site = RNG.random(100) * 0.98 + 0.01, 0.9, 0.2
    ratio = before / (1 - before) / (training / (1 - training)) * (site / (1 - site))
    offset = site_offset(site, training)
    assert expit(logit(before) + offset) == pytest.approx(ratio / (1 + ratio))
    for wrong in (0.0, 1.0, 1.2):
        with pytest.raises(InvalidInput):
            site_offset(wrong, training)
