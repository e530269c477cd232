"""Text burned into pixels is found at any size at which it can be read; a side marker is none."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from wardround.capabilities.radiology import load_reader
from wardround.capabilities.radiology.measured import image_of
from wardround.capabilities.radiology.screening import lettering


@cache
def ground(side: int, seed: int = 0) -> NDArray[np.float32]:
    """Return an image whose power falls evenly with frequency, with grain."""
    chance = np.random.default_rng(seed)
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side)))
    frequency[0, 0] = 1
    field = np.real(np.fft.ifft2(np.fft.fft2(chance.normal(size=(side, side))) / frequency**1.6))
    field = (field - field.mean()) / field.std() + chance.normal(0, 0.1, field.shape)
    return np.asarray(np.clip(0.45 + 0.16 * field, 0, 1), np.float32)


def written(
    image: np.ndarray, words: str, height: int, at: tuple[int, int] = (4, 4), grey: float = 1.0
) -> np.ndarray:
    layer = Picture.new("L", (image.shape[1], image.shape[0]), 0)
    font = ImageFont.load_default(size=height)
    ImageDraw.Draw(layer).text(at, words, font=font, fill=255)
    share = np.asarray(layer, dtype=np.float32) / 255
    return np.asarray(image * (1 - share) + share * grey, dtype=np.float32)


@pytest.mark.requirement("RAD-19")
@pytest.mark.parametrize(
    ("side", "height"), [(128, 14), (256, 14), (512, 24), (1024, 16), (1024, 90)]
)
@pytest.mark.parametrize("words", ["DOE JANE", "04/11/1961", "ID 77182"])
def test_words_are_found(side: int, height: int, words: str) -> None:
    found = [lettering(written(ground(side, seed), words, height)) for seed in range(5)]
    assert sum(not one.passed for one in found) >= 4
    assert not any(one.stops for one in found if not one.passed)


@pytest.mark.requirement("RAD-19")
@pytest.mark.parametrize("side", [64, 256, 1024])
def test_an_image_without_words_and_one_with_a_marker_pass(side: int) -> None:
    for seed in range(6):
        image = ground(side, seed)
        assert lettering(image).passed
        for marker in ("R", "L"):
            assert lettering(written(image, marker, side // 10)).passed


@pytest.mark.requirement("RAD-19")
def test_black_words_on_white_are_found_and_their_place_is_said() -> None:
    image = ground(512).copy()
    image[440:500, 300:] = 1
    found = lettering(written(image, "Jane Doe", 30, at=(320, 450), grey=0.0))
    assert not found.passed
    assert "bottom right" in found.says
    assert "Jane" not in found.says


@pytest.mark.parametrize("size", [(48, 48), (50, 500), (2000, 49)])
def test_every_size_and_plain_images_are_answered(size: tuple[int, int]) -> None:
    for image in (np.zeros(size), np.ones(size), np.random.default_rng(0).random(size)):
        assert lettering(image.astype(np.float32)).passed


@pytest.mark.requirement("RAD-19")
def test_the_reader_points_it_out() -> None:
    read = load_reader().read(image_of(written(ground(300), "DOE JANE 1961", 20)))
    assert "burned-in text" in {one.name for one in read.quality if not one.passed}
    assert "burned-in text" not in {one.kind for one in read.reasons}
