"""The figures of docs/evaluation.md hold; what measures them is held against others' arithmetic."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from wardround.capabilities.radiology import load_reader
from wardround.capabilities.radiology.evaluate import evaluate
from wardround.capabilities.radiology.faults.faulting import faulted
from wardround.capabilities.radiology.figures import auroc_with_interval, calibration_error
from wardround.capabilities.radiology.measured import image_of, read_part
from wardround.kernel import InvalidInput


def test_the_area_is_that_of_scikit_learn() -> None:
    chance = np.random.default_rng(0)
    labels = (chance.random(300) < 0.7).astype(int)
    scores = np.round(chance.normal(labels, 1), 1)  # with ties
    area, low, high = auroc_with_interval(scores, labels)
    assert area == pytest.approx(roc_auc_score(labels, scores))
    assert low < area < high


def test_true_probabilities_have_next_to_no_calibration_error() -> None:
    chance = np.random.default_rng(1)
    shares = chance.random(20_000)
    labels = (chance.random(20_000) < shares).astype(int)
    assert calibration_error(shares, labels) < 0.015
    assert calibration_error(np.sqrt(shares), labels) > 0.1


@pytest.mark.requirement("RAD-11")
@pytest.mark.data
def test_images_that_set_nothing_are_told_apart(data: Path) -> None:
    reader = load_reader()
    images, labels = read_part(data, "test")
    reads = reader.read_many([image_of(one) for one in images])
    area, _, _ = auroc_with_interval(np.array([one.odds for one in reads]), labels)
    shares = np.array([one.findings[0].probability for one in reads])
    assert area >= AUROC
    assert float(((shares - labels) ** 2).mean()) <= BRIER
    assert float(((shares >= 0.5) == labels).mean()) >= ACCURACY


AUROC, BRIER, ACCURACY = 0.985, 0.05, 0.93


@pytest.mark.requirement("RAD-02")
@pytest.mark.data
def test_planted_faults_are_stopped_and_untouched_images_pass(data: Path) -> None:
    reader = load_reader()
    images = read_part(data, "test")[0][:80]
    rows = faulted(reader, images, reader.read_many([image_of(one) for one in images]))
    for row in rows:
        assert row.target is None or row.caught >= row.target, row


def test_without_the_images_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="not there"):
        evaluate(tmp_path)
