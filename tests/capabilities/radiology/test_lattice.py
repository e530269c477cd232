"""Blocks of JPEG and pixels that were repeated, at the image's own size."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image as Picture

from tests.capabilities.radiology.test_lettering import ground
from wardround.capabilities.radiology.screening import lattice


def compressed(image: np.ndarray, quality: int) -> np.ndarray:
    file = BytesIO()
    Picture.fromarray(np.round(image * 255).astype(np.uint8)).save(file, "JPEG", quality=quality)
    return np.asarray(Picture.open(file), dtype=np.float32) / 255


@pytest.mark.requirement("RAD-18")
@pytest.mark.parametrize("side", [64, 200, 512, 1024])
def test_an_image_that_is_well_passes_and_so_does_good_compression(side: int) -> None:
    for seed in range(3):
        image = ground(side, seed)
        assert not list(lattice(image))
        assert not list(lattice(compressed(image, 85)))


@pytest.mark.requirement("RAD-18")
@pytest.mark.parametrize("side", [128, 256, 512, 1024])
def test_compression_that_leaves_blocks_is_stopped(side: int) -> None:
    (check,) = lattice(compressed(ground(side), 6))
    assert (check.name, check.stops) == ("compression", True)


@pytest.mark.requirement("RAD-18")
def test_blocks_that_are_each_of_one_grey_are_told_as_too_few_pixels() -> None:
    """Nothing tells them from an image drawn eight times larger."""
    (check,) = lattice(compressed(ground(512), 1))
    assert check.name == "detail"


@pytest.mark.requirement("RAD-18")
@pytest.mark.parametrize(
    ("across", "times", "stops"), [(14, 20, True), (40, 8, False), (100, 3, False)]
)
def test_an_image_drawn_larger_is_told_and_stopped_where_too_little_is_left(
    across: int, times: int, stops: bool
) -> None:
    few = np.random.default_rng(0).random((across, across)).astype(np.float32)
    (check,) = lattice(np.kron(few, np.ones((times, times), dtype=np.float32)))
    assert (check.name, check.stops) == ("detail", stops)
    assert f"{across} by {across}" in check.says
