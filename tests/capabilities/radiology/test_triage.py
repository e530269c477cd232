"""The order of a worklist, and what it does to waiting."""

import numpy as np
import pytest

from wardround.capabilities.radiology import Waiting, ordered
from wardround.capabilities.radiology.triage import simulate


@pytest.mark.requirement("RAD-08")
def test_the_likely_come_first_and_the_unread_are_in_the_middle() -> None:
    images = [Waiting("low", 0, 0.02), Waiting("unread", 0, None), Waiting("high", 0, 0.98)]
    assert [one.name for one in ordered(images, 1)] == ["high", "unread", "low"]


@pytest.mark.requirement("RAD-08")
def test_nobody_waits_for_ever() -> None:
    images = [Waiting("old and low", 0, 0.02), Waiting("new and high", 9, 0.98)]
    assert ordered(images, 9)[0].name == "old and low"
    images[1] = Waiting("new and high", 2, 0.98)
    assert ordered(images, 9)[0].name == "new and high"


@pytest.mark.requirement("RAD-08")
def test_those_with_pneumonia_wait_less_and_others_more() -> None:
    labels = [0] * 80 + [1] * 20
    sure = list(np.where(np.array(labels) == 1, 0.97, 0.03))
    plain, urgent = simulate(sure, labels, days=20)
    assert urgent.pneumonia < 0.6 * plain.pneumonia
    assert urgent.healthy > plain.healthy
    assert urgent.longest < 24 * 60


def test_a_model_that_knows_nothing_changes_nothing() -> None:
    plain, urgent = simulate([0.5] * 10, [0, 1] * 5, days=5)
    assert urgent[1:] == pytest.approx(plain[1:])
