import numpy as np
import pytest

from wardround.engines.tabular import guards


def planted(rows: int = 4000, seed: int = 1) -> tuple[np.ndarray, dict[str, list[str]]]:
    draw = np.random.default_rng(seed)
    ward = draw.choice(["a", "b", "c"], rows, p=[0.6, 0.38, 0.02])
    sex = draw.choice(["f", "m"], rows)
    spread = 0.3 + 0.2 * (ward == "b") + 0.15 * (sex == "m")
    return np.minimum(draw.random(rows) * spread, 1.0), {"ward": list(ward), "sex": list(sex)}


def test_the_promise_holds_in_every_group_at_once_and_little_more_is_given() -> None:
    missed, groups = planted()
    found = guards.thresholds(missed, groups, 0.9)
    new, others = planted(20000, 2)
    within = new <= guards.limits(found, others, len(new))
    for column, value in (("ward", "a"), ("ward", "b"), ("sex", "f"), ("sex", "m")):
        share = within[np.array(others[column]) == value].mean()
        assert 0.895 <= share <= 0.93


def test_the_regression_is_that_of_statsmodels() -> None:
    from statsmodels.regression.quantile_regression import QuantReg

    missed, groups = planted(1500)
    column = (np.array(groups["sex"]) == "m").astype(float)
    found = guards.thresholds(missed, {"sex": groups["sex"]}, 0.9)
    theirs = QuantReg(missed, np.column_stack([np.ones(1500), column])).fit(q=0.91).params
    assert found[""] + found["sex=f"] == pytest.approx(theirs[0], abs=1e-3)
    assert found[""] + found["sex=m"] == pytest.approx(theirs.sum(), abs=1e-3)


def test_someone_of_no_known_group_gets_the_widest() -> None:
    missed, groups = planted()
    found = guards.thresholds(missed, groups, 0.9)
    unknown, small, wide, narrow = guards.limits(
        found, {"ward": ["z", "c", "b", "a"], "sex": ["z", "m", "m", "f"]}, 4
    )
    assert unknown >= small >= wide > narrow


def test_a_set_of_one_group_is_that_of_mapie() -> None:
    from mapie.classification import SplitConformalClassifier
    from sklearn.linear_model import LogisticRegression

    draw = np.random.default_rng(3)
    values = draw.normal(size=(1200, 2))
    outcome = (draw.random(1200) < 1 / (1 + np.exp(-values.sum(axis=1)))).astype(np.int64)
    fitted = LogisticRegression().fit(values[:400], outcome[:400])
    theirs = SplitConformalClassifier(fitted, confidence_level=0.9, prefit=True)
    theirs.conformalize(values[400:800], outcome[400:800])
    sets = theirs.predict_set(values[800:])[1][:, :, 0]
    unseen, new = (fitted.predict_proba(some)[:, 1] for some in (values[400:800], values[800:]))
    limit = guards.thresholds(guards.scores(unseen, outcome[400:800]), {}, 0.9)[""]
    ours = np.column_stack([new <= limit, 1 - new <= limit])
    assert (ours == sets).all()
