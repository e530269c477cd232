"""An image beside the one before: higher, lower, no difference, or not compared."""

import pytest

from wardround.capabilities.radiology import Found, Read, compare, load_reader
from wardround.capabilities.radiology.comparing.comparison import MEASURED
from wardround.capabilities.radiology.screening import failed


def read(share: float, model: str = "a", *, stopped: bool = False) -> Read:
    found = Found("233604007", "http://snomed.info/sct", "Pneumonia", share)
    quality = (failed("flip", "Left and right seem to be exchanged."),) if stopped else ()
    return Read((found,), quality, 0.5, (), (), model, 0.0)


@pytest.mark.requirement("RAD-09")
@pytest.mark.parametrize(
    ("now", "before", "course"),
    [
        (0.95, 0.10, "higher"),
        (0.05, 0.90, "lower"),
        (0.60, 0.50, "no difference"),
    ],
)
def test_a_difference_beyond_noise_is_told(now: float, before: float, course: str) -> None:
    (change,) = compare(read(now), read(before))
    assert change.course == course
    assert change.difference == pytest.approx(now - before)


@pytest.mark.requirement("RAD-09")
def test_other_models_and_stopped_images_are_not_compared() -> None:
    for before in (read(0.1, "b"), read(0.1, stopped=True)):
        (change,) = compare(read(0.9), before)
        assert (change.course, change.difference) == ("not compared", None)
        assert change.says


def test_the_noise_was_measured_of_the_shipped_model() -> None:
    assert load_reader().model.manifest.name == MEASURED
