"""Each step's arithmetic beside that of Pillow and scikit-image."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Pillow
from scipy import ndimage
from skimage import exposure, measure, transform

from wardround.engines.vision import shaping

RNG = np.random.default_rng(3)


@pytest.mark.parametrize(("low", "high"), [(-1000.0, 400.0), (0.0, 255.0), (12.5, 13.0)])
def test_a_window_is_scikit_images_rescaling(low: float, high: float) -> None:
    values = RNG.normal(100, 400, (40, 30))
    other = exposure.rescale_intensity(values, in_range=(low, high), out_range=(0.0, 1.0))
    assert shaping.window(values, low, high) == pytest.approx(other, abs=1e-5)


@pytest.mark.parametrize("dtype", [np.int16, np.uint16, np.uint8, np.float64])
def test_a_window_takes_whole_numbers_without_wrapping(dtype: type) -> None:
    values: NDArray[Any] = np.array([[0, 100, 200]], dtype=dtype)
    assert shaping.window(values, 50, 150).tolist() == [[0.0, 0.5, 1.0]]


def test_a_window_without_width_is_dark() -> None:
    assert not shaping.window(np.full((3, 3), 7.0), 7, 7).any()


@pytest.mark.parametrize("factor", [2, 3, 8])
def test_area_is_the_mean_of_blocks(factor: int) -> None:
    values = RNG.random((48, 72), dtype=np.float32)
    other = transform.downscale_local_mean(values, (factor, factor))
    found = shaping.resize(values, (48 // factor, 72 // factor), "area")
    assert found == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("size", [(17, 40), (31, 9), (64, 64), (50, 70)])
def test_area_keeps_the_mean_whatever_the_size(size: tuple[int, int]) -> None:
    """Each new pixel is the integral over what it covers, so nothing is lost or counted twice."""
    values = RNG.random((64, 80), dtype=np.float32)
    found = shaping.resize(values, size, "area")
    assert found.mean() == pytest.approx(values.mean(), abs=1e-6)
    fine = np.kron(values, np.ones((size[0], size[1])))
    blocks = fine.reshape(size[0], 64, size[1], 80).mean(axis=(1, 3))
    assert found == pytest.approx(blocks, abs=1e-5)


@pytest.mark.parametrize("size", [(64, 64), (33, 47), (200, 91), (1, 1), (256, 300)])
def test_linear_is_pillows_bilinear(size: tuple[int, int]) -> None:
    values = RNG.random((100, 130), dtype=np.float32)
    other = Pillow.fromarray(values).resize(size[::-1], Pillow.Resampling.BILINEAR)
    assert shaping.resize(values, size, "linear") == pytest.approx(np.asarray(other), abs=1e-5)


@pytest.mark.parametrize("method", ["area", "linear"])
def test_enlarging_is_scikit_images_linear(method: str) -> None:
    values = RNG.random((20, 30), dtype=np.float32)
    other = transform.resize(values, (40, 90), order=1, mode="edge", anti_aliasing=False)
    assert shaping.resize(values, (40, 90), method) == pytest.approx(other, abs=1e-5)


def test_colour_is_resized_plane_by_plane() -> None:
    values = RNG.random((30, 20, 3), dtype=np.float32)
    found = shaping.resize(values, (7, 9), "area")
    assert found.shape == (7, 9, 3)
    for at in range(3):
        assert found[..., at] == pytest.approx(shaping.resize(values[..., at], (7, 9), "area"))


def test_a_fine_pattern_does_not_come_back_as_a_coarse_one() -> None:
    stripes = np.tile([0.0, 1.0], 128)[None].repeat(256, axis=0).astype(np.float32)
    for method in ("area", "linear"):
        assert shaping.resize(stripes, (50, 50), method).std() < 0.06


def test_content_is_the_bounding_box_of_scikit_image() -> None:
    values = np.zeros((50, 60), np.float32)
    values[12:33, 5:41] = 0.4
    (region,) = measure.regionprops((values > 0.1).astype(int))
    top, left, bottom, right = region.bbox
    assert shaping.content(values, 0.1, 0) == (top, bottom, left, right)
    assert shaping.content(values, 0.1, 7) == (5, 40, 0, 48)
    assert shaping.content(values, 0.5, 3) == (0, 50, 0, 60)


@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 2), (-4, -1), (-40, 2), (50, 50)])
def test_placing_cuts_and_pads(top: int, left: int) -> None:
    values = RNG.random((10, 8), dtype=np.float32)
    found = shaping.placed(values, top, left, (12, 9), -1.0)
    for row in range(12):
        for column in range(9):
            inside = 0 <= row - top < 10 and 0 <= column - left < 8
            assert found[row, column] == (values[row - top, column - left] if inside else -1.0)


def test_inverting_twice_is_nothing() -> None:
    values = RNG.random((5, 5), dtype=np.float32)
    assert shaping.invert(shaping.invert(values)) == pytest.approx(values, abs=1e-6)


def test_normalising_gives_mean_and_deviation() -> None:
    values = RNG.normal(5, 3, (40, 40, 3)).astype(np.float32)
    axes = (0, 1)
    found = shaping.normalise(values, values.mean(axis=axes), values.std(axis=axes))
    assert found.mean(axis=axes) == pytest.approx(np.zeros(3), abs=1e-5)
    assert found.std(axis=axes) == pytest.approx(np.ones(3), abs=1e-5)


@pytest.mark.parametrize("size", [(64, 64), (33, 47), (150, 91), (1, 1)])
def test_sampling_is_scipys_linear_interpolation(size: tuple[int, int]) -> None:
    values = RNG.random((100, 130), dtype=np.float32)
    rows, columns = (
        (np.arange(after) + 0.5) * before / after - 0.5
        for before, after in zip(values.shape, size, strict=True)
    )
    places = np.meshgrid(rows, columns, indexing="ij")
    other = ndimage.map_coordinates(values, places, order=1, mode="nearest")
    assert shaping.resize(values, size, "sampled") == pytest.approx(other, abs=1e-5)


def test_stretching_is_from_darkest_to_brightest() -> None:
    found = shaping.stretch(RNG.normal(5, 3, (9, 9)).astype(np.float32))
    assert (found.min(), found.max()) == (0.0, 1.0)
    assert not shaping.stretch(np.full((3, 3), 0.5, np.float32)).any()
