import numpy as np
from sklearn.isotonic import IsotonicRegression

from wardround.engines.tabular import calibration


def drawn(rows: int, seed: int, steps: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    odds = draw.normal(size=rows) * 2
    true = np.where(odds < 0, 0.1, 0.45) if steps else 1 / (1 + np.exp(-0.5 * odds))
    return odds, (draw.random(rows) < true).astype(np.int64), np.arange(rows) % 5


def test_isotonic_is_that_of_scikit_learn() -> None:
    odds, outcome, _ = drawn(2000, 1, steps=True)
    theirs = IsotonicRegression(y_min=1 / 4000, y_max=1 - 1 / 4000, out_of_bounds="clip")
    theirs.fit(np.round(odds, 2), outcome)
    ours = calibration.apply("isotonic", calibration.fit("isotonic", odds, outcome), odds)
    assert np.allclose(calibration.chance(ours), theirs.predict(odds), atol=1e-9)


def test_no_outcome_becomes_impossible_and_the_order_stays() -> None:
    odds, outcome, _ = drawn(500, 2, steps=False)
    weights = calibration.fit("isotonic", odds, outcome)
    found = calibration.apply("isotonic", weights, np.linspace(-50, 50, 999))
    assert np.isfinite(found).all()
    assert (np.diff(found) >= 0).all()


def test_the_evidence_takes_isotonic_for_steps_and_the_line_for_a_line() -> None:
    stepped = calibration.choose(*drawn(6000, 3, steps=True))
    assert min(stepped, key=lambda kind: stepped[kind]) == "isotonic"
    straight = calibration.choose(*drawn(6000, 4, steps=False))
    assert straight["platt"] < straight["isotonic"]
    assert straight["platt"] < straight["none"]
