"""Our numbers are those of the libraries that others use for them."""

import numpy as np
import pytest

from tests.governance.made import cohort, predictions, validation
from wardround.governance.validation import (
    Predictions,
    Validation,
    calibrating,
    comparing,
    validate,
)
from wardround.governance.validation.ranking import delong

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def found() -> Validation:
    return validation()


@pytest.mark.requirement("GOV-04")
def test_scikit_learn(found: Validation) -> None:
    from sklearn import metrics

    y, p = cohort()
    overall = {name: one.value for name, one in found.overall.items()}
    assert overall["auroc"] == pytest.approx(metrics.roc_auc_score(y, p), abs=1e-12)
    assert overall["auprc"] == pytest.approx(metrics.average_precision_score(y, p), abs=1e-12)
    assert overall["brier"] == pytest.approx(metrics.brier_score_loss(y, p), abs=1e-12)
    assert overall["log_loss"] == pytest.approx(metrics.log_loss(y, p), abs=1e-12)
    for one in found.thresholds:
        flagged = p >= one.threshold
        assert one.sensitivity.value == pytest.approx(metrics.recall_score(y, flagged))
        assert one.specificity.value == pytest.approx(metrics.recall_score(1 - y, ~flagged))
        if one.ppv is not None:
            assert one.ppv.value == pytest.approx(metrics.precision_score(y, flagged))


@pytest.mark.parametrize("decimals", [1, 2])
def test_scikit_learn_with_ties(decimals: int) -> None:
    from sklearn import metrics

    y, p = cohort()
    p = np.round(p, decimals)
    overall = validate(Predictions.of(y, p), resamples=200).overall
    assert overall["auroc"].value == pytest.approx(metrics.roc_auc_score(y, p), abs=1e-12)
    assert overall["auprc"].value == pytest.approx(metrics.average_precision_score(y, p), abs=1e-12)


@pytest.mark.requirement("GOV-04")
def test_lifelines(found: Validation) -> None:
    """Its concordance index of a time that is over at once for whoever has the outcome."""
    from lifelines.utils import concordance_index

    y, p = cohort()
    assert found.overall["auroc"].value == pytest.approx(concordance_index(1 - y, -p, y), abs=1e-3)


def test_statsmodels(found: Validation) -> None:
    """The slope and the intercept are those of logistic regressions on the log-odds."""
    import statsmodels.api as sm

    y, p = cohort()
    scores = np.log(p / (1 - p))
    line = sm.Logit(y, sm.add_constant(scores)).fit(disp=0)
    alone = sm.GLM(y, np.ones(len(y)), offset=scores, family=sm.families.Binomial()).fit()
    assert found.overall["slope"].value == pytest.approx(line.params[1], abs=1e-6)
    assert found.overall["intercept"].value == pytest.approx(alone.params[0], abs=1e-6)
    low, high = line.conf_int()[1]
    assert found.overall["slope"].low == pytest.approx(low, abs=0.06)
    assert found.overall["slope"].high == pytest.approx(high, abs=0.06)


def test_statsmodels_lowess() -> None:
    from statsmodels.nonparametric.smoothers_lowess import lowess

    y, p = cohort()
    smooth = calibrating.Smooth(y, p)
    theirs = lowess(y, p, frac=calibrating.SPAN, it=0, xvals=smooth.grid)
    assert smooth.at(np.ones((1, len(y))))[0] == pytest.approx(theirs, abs=0.002)


def test_statsmodels_proportions(found: Validation) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    [lactate] = [one for one in found.missing if one.column == "lactate"]
    low, high = proportion_confint(lactate.n, found.n, method="wilson")
    assert (lactate.share.low, lactate.share.high) == pytest.approx((low, high))
    data = predictions()
    absent, yes = data.missing["lactate"], data.outcomes == 1
    low, high = confint_proportions_2indep(
        (absent & yes).sum(),
        yes.sum(),
        (absent & ~yes).sum(),
        (~yes).sum(),
        method="newcomb",
        compare="diff",
    )
    assert (lactate.difference.low, lactate.difference.high) == pytest.approx((low, high))


@pytest.mark.requirement("GOV-04")
def test_dcurves(found: Validation) -> None:
    import pandas as pd
    from dcurves import dca

    y, p = cohort()
    model, everybody, _ = found.decision
    table = dca(
        data=pd.DataFrame({"y": y, "p": p}),
        outcome="y",
        modelnames=["p"],
        thresholds=np.array(model.x),
    )
    for curve, name in ((model, "p"), (everybody, "all")):
        theirs = table[table.model == name].sort_values("threshold").net_benefit.to_numpy()
        assert curve.y == pytest.approx(theirs, abs=1e-9)


@pytest.mark.requirement("GOV-04")
def test_fairlearn() -> None:
    from fairlearn import metrics

    data = predictions()
    levels, chosen = data.groups["sex"], 0.3
    flagged = data.risks >= chosen
    told = comparing.groups(data, chosen, seed=1, resamples=200)
    all_gaps = comparing.gaps(data, told, chosen)
    gaps = {one.measure: one.difference.value for one in all_gaps if one.column == "sex"}
    for measure, theirs in (
        ("tpr", metrics.true_positive_rate),
        ("fnr", metrics.false_negative_rate),
        ("fpr", metrics.false_positive_rate),
    ):
        frame = metrics.MetricFrame(
            metrics=theirs, y_true=data.outcomes, y_pred=flagged, sensitive_features=levels
        )
        assert gaps[measure] == pytest.approx(frame.difference(), abs=1e-12)


def test_mapie(found: Validation) -> None:
    from mapie.metrics.calibration import expected_calibration_error
    from mapie.metrics.classification import classification_coverage_score

    data = predictions()
    assert data.sets is not None
    theirs = classification_coverage_score(data.outcomes.astype(int), data.sets[:, :, None])
    assert found.coverage[0].covered.value == pytest.approx(float(theirs[0]), abs=1e-12)
    ours = found.overall["ece"].value
    edges = calibrating.BINS + 1  # what it calls bins are their edges
    equal = expected_calibration_error(
        data.outcomes, data.risks, num_bins=edges, split_strategy="quantile"
    )
    assert ours == pytest.approx(equal, abs=0.002)


def test_delong_agrees_with_resampling() -> None:
    y, p = cohort(600)
    other = np.random.default_rng(5).normal(np.log(p / (1 - p)), 1)
    found = delong(y, p, other)
    chance = np.random.default_rng(6)
    drawn = []
    for _ in range(400):
        rows = chance.integers(0, len(y), len(y))
        again = delong(y[rows], p[rows], other[rows])
        drawn.append(again.difference)
    assert found.error == pytest.approx(np.std(drawn), rel=0.15)
    assert found.difference > 0
    assert found.p < 0.001
