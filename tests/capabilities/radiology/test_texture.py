"""How an image is drawn: faults of whole families are told from images as they should be."""

import numpy as np
import pytest
from numpy.typing import NDArray

from wardround.capabilities.radiology import load_reader
from wardround.capabilities.radiology.faults import degrading, planting
from wardround.capabilities.radiology.limits.limits import Texture
from wardround.capabilities.radiology.screening import drawn
from wardround.capabilities.radiology.screening.texture import TRAITS, away, learned, traits

SIDE = 28


def seen(seed: int) -> NDArray[np.float32]:
    """Return an image whose power falls evenly with frequency, as that of natural images."""
    chance = np.random.default_rng(seed)
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.fftfreq(SIDE)))
    frequency[0, 0] = 1 / SIDE
    wave = np.fft.fft2(chance.normal(size=(SIDE, SIDE))) / frequency**1.6
    field = np.real(np.fft.ifft2(wave))
    field = (field - field.mean()) / field.std()
    return np.asarray(np.clip(0.5 + 0.18 * field, 0, 1), np.float32)


@pytest.fixture(scope="module")
def limits() -> Texture:
    known = traits(np.stack([seen(seed) for seed in range(600)]))
    centre, whiten = learned(known)
    return Texture(
        centre=tuple(centre),
        spread=tuple(known.std(axis=0)),
        whiten=tuple(tuple(row) for row in whiten),
        most=float(np.quantile(away(known, centre, whiten), 0.99)),
    )


@pytest.mark.requirement("RAD-18")
def test_images_as_they_should_be_pass(limits: Texture) -> None:
    checks, _ = drawn(np.stack([seen(seed) for seed in range(1000, 1200)]), limits)
    assert np.mean([not one.passed for one in checks]) <= 0.03


@pytest.mark.requirement("RAD-18")
@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (degrading.moved_straight, "blurred"),
        (degrading.moved(0.25, 0.4), "blurred"),
        (degrading.blurred(0.08, 0.12), "blurred"),
        (degrading.out_of_focus, "blurred"),
        (degrading.coarse(4, 7), "blocks"),
        (degrading.noise(0.25, 0.4), "grainy"),
        (degrading.stripes, "The image"),
        (degrading.ringing, "grainy"),
        (planting.half_black, "blocks"),
    ],
)
def test_a_family_of_faults_is_stopped_and_named(
    plant: planting.Planting, says: str, limits: Texture
) -> None:
    chance = np.random.default_rng(0)
    checks, _ = drawn(np.stack([plant(seen(seed), chance) for seed in range(2000, 2060)]), limits)
    stopped = [one for one in checks if not one.passed]
    assert len(stopped) >= 54
    assert np.mean([says in one.says for one in stopped]) > 0.5


@pytest.mark.requirement("RAD-18")
def test_brightness_and_contrast_change_nothing() -> None:
    image = seen(1)[None]
    assert np.allclose(traits(image), traits((0.2 + 0.5 * image).astype(np.float32)), atol=0.02)


def test_the_shipped_limits_are_of_these_traits() -> None:
    limits = load_reader().limits.texture
    assert limits is not None
    assert len(limits.centre) == len(limits.spread) == len(limits.whiten) == len(TRAITS)
