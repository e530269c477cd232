"""Obuchowski and Rockette against published figures, by hand, and where there is no difference."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from tests.governance.readers.made import scores
from wardround.governance.readers.areas import areas, mean_curve, roc
from wardround.governance.readers.rockette import compare
from wardround.governance.validation.ranking import delong

AREAS = np.array(
    [
        [0.91964573, 0.85877617, 0.90386473, 0.97310789, 0.82979066],
        [0.94782609, 0.90531401, 0.92173913, 0.99935588, 0.92995169],
    ]
)
"""Trapezoidal areas of the five readers of Van Dyke et al. 1993, as RJafroc prints them."""

VARIANCES, COV1 = (0.0010141, 0.0005905), 0.0003466137
COV2, COV3 = (0.0004839618, 0.0002041879), 0.0002390284
"""Jackknife (co)variances of the same, as RJafroc and MRMCaov 0.1.2 print them."""


def van_dyke() -> np.ndarray:
    """The covariance matrix with these figures as its averages."""
    cov = np.empty((2, 5, 2, 5))
    same = np.eye(5, dtype=bool)
    for one in (0, 1):
        cov[one, :, one, :] = np.where(same, VARIANCES[one], COV2[one])
        cov[one, :, 1 - one, :] = np.where(same, COV1, COV3)
    return cov.reshape(10, 10)


@pytest.mark.requirement("GOV-06")
def test_the_published_results_of_van_dyke() -> None:
    found = compare(("0", "1", "2", "3", "4"), AREAS, van_dyke(), (0.0, 1.0))
    said = found.random
    assert said is not None
    assert said.difference.value == pytest.approx(0.04380032, abs=1e-8)
    assert said.error == pytest.approx(0.02074862, abs=1e-8)
    assert said.df == pytest.approx(15.25967, abs=1e-4)
    assert said.p == pytest.approx(0.05166569, abs=1e-7)
    assert said.difference.low == pytest.approx(-0.0003588544, abs=1e-7)
    assert said.difference.high == pytest.approx(0.0879594986, abs=1e-7)
    parts = found.components
    assert parts.ms_treatment == pytest.approx(0.004796171, abs=1e-8)
    assert parts.ms_interaction == pytest.approx(0.0005510306, abs=1e-9)
    assert said.difference.value**2 / said.error**2 == pytest.approx(4.456319, abs=1e-4)
    assert found.unaided.model_dump() == pytest.approx(
        {"value": 0.8970370, "low": 0.8252236, "high": 0.9688505}, abs=1e-6
    )
    assert found.aided.model_dump() == pytest.approx(
        {"value": 0.9408374, "low": 0.8941378, "high": 0.9875369}, abs=1e-6
    )


@pytest.mark.requirement("GOV-06")
def test_the_published_results_for_these_readers_alone() -> None:
    said = compare(("0", "1", "2", "3", "4"), AREAS, van_dyke()).fixed
    assert said.error == pytest.approx(0.018717483, abs=2e-7)
    assert said.p == pytest.approx(0.01928, abs=1e-5)
    assert said.difference.low == pytest.approx(0.007115, abs=1e-6)
    assert said.df is None


def counted(ratings: np.ndarray, truth: np.ndarray) -> float:
    """The area by counting pairs."""
    yes, no = ratings[truth][:, None], ratings[~truth][None, :]
    return float(((yes > no) + 0.5 * (yes == no)).mean())


@pytest.mark.requirement("GOV-06")
def test_areas_and_their_jackknife_are_those_of_counting_with_ties() -> None:
    chance = np.random.default_rng(4)
    truth = chance.random(25) < 0.4
    ratings = chance.integers(1, 6, (4, 25)) + 1.0 * truth
    theta, cov = areas(ratings, truth)
    assert theta == pytest.approx([counted(row, truth) for row in ratings])
    without = np.array(
        [[counted(np.delete(row, at), np.delete(truth, at)) for at in range(25)] for row in ratings]
    )
    assert cov == pytest.approx(np.cov(without) * 24**2 / 25)


@pytest.mark.requirement("GOV-06")
def test_one_reader_by_delong_is_delongs_test() -> None:
    found, truth = scores(np.random.default_rng(8), readers=1, cases=30, gain=0.5)
    theta, cov = areas(found[:, 0], truth, "delong")
    ours = compare(("A",), theta.reshape(2, 1), cov)
    theirs = delong(truth.astype(float), found[1, 0], found[0, 0])
    assert ours.random is None
    assert ours.fixed.error == pytest.approx(theirs.error)
    assert ours.fixed.p == pytest.approx(theirs.p)


@pytest.mark.requirement("GOV-06")
def test_where_cases_add_nothing_it_is_the_paired_t_test_of_the_readers() -> None:
    theta = np.array([[0.8, 0.82, 0.79, 0.9], [0.86, 0.83, 0.87, 0.91]])
    said = compare(("A", "B", "C", "D"), theta, np.zeros((8, 8))).random
    theirs = ttest_1samp(theta[1] - theta[0], 0)
    assert said is not None
    assert said.df == pytest.approx(3)
    assert said.p == pytest.approx(theirs.pvalue)


@pytest.mark.requirement("GOV-06")
def test_without_a_difference_it_is_found_as_often_as_promised() -> None:
    chance = np.random.default_rng(628)
    wrong = covered = 0
    studies = 300
    for _ in range(studies):
        found, truth = scores(chance, readers=4, cases=40)
        theta, cov = areas(found.reshape(8, -1), truth)
        said = compare(("A", "B", "C", "D"), theta.reshape(2, 4), cov).random
        assert said is not None
        assert said.p is not None
        assert said.difference.low is not None
        assert said.difference.high is not None
        wrong += said.p < 0.05
        covered += said.difference.low <= 0 <= said.difference.high
    assert 0.02 <= wrong / studies <= 0.085
    assert covered == studies - wrong


def test_a_difference_is_found_when_there_is_one() -> None:
    found, truth = scores(np.random.default_rng(3), readers=6, cases=80, gain=1.0)
    theta, cov = areas(found.reshape(12, -1), truth)
    said = compare(tuple("ABCDEF"), theta.reshape(2, 6), cov).random
    assert said is not None
    assert said.p is not None
    assert said.p < 0.01
    assert said.difference.value > 0


def test_faultless_readers_have_no_interval() -> None:
    truth = np.arange(10) < 5
    theta, cov = areas(np.tile(truth * 90.0, (4, 1)), truth)
    said = compare(("A", "B"), theta.reshape(2, 2), cov)
    assert said.unaided.value == 1
    assert said.unaided.low is None
    assert said.fixed.p is None


def test_the_mean_curve_has_the_mean_area() -> None:
    found, truth = scores(np.random.default_rng(5), readers=3, cases=60)
    curve = mean_curve([roc(one, truth) for one in found[0]], points=2001)
    area = float(np.trapezoid(curve.y, curve.x))
    assert area == pytest.approx(areas(found[0], truth)[0].mean(), abs=0.01)
