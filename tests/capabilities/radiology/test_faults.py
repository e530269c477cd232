"""Planted faults: what they do to an image, and that a seed gives the same one again."""

import numpy as np
import pytest

from wardround.capabilities.radiology.faults.suite import HELD_BACK, TUNED, plant

GROUND = np.random.default_rng(0).random((28, 28), dtype=np.float32)


@pytest.mark.parametrize("name", [*TUNED, *HELD_BACK])
def test_a_fault_changes_the_image_and_keeps_its_size_and_range(name: str) -> None:
    got = plant(GROUND, name, 3)
    assert got.shape[:2] == (28, 28)
    assert got.dtype == np.float32
    assert got.min() >= 0
    assert got.max() <= 1
    assert not np.array_equal(got, GROUND)
    assert np.array_equal(got, plant(GROUND, name, 3))


def test_what_is_held_back_was_not_tuned_on() -> None:
    assert not set(TUNED) & set(HELD_BACK)
    assert {one.plant for one in HELD_BACK.values()}.isdisjoint(one.plant for one in TUNED.values())
    new = {one.kind for one in HELD_BACK.values()} - {one.kind for one in TUNED.values()}
    assert new == {"artefact", "exposure"}


@pytest.mark.parametrize("size", [(64, 64), (61, 50)])
def test_faults_are_for_every_size(size: tuple[int, int]) -> None:
    image = np.random.default_rng(1).random(size, dtype=np.float32)
    for name, fault in {**TUNED, **HELD_BACK}.items():
        if "picture" not in name and fault.kind != "wrong body part":
            assert plant(image, name, 0).shape == size, name
