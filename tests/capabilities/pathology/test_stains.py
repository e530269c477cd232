"""Stains that were mixed are found again."""

import numpy as np
import pytest

from wardround.capabilities.pathology.stains import (
    DAB,
    EOSIN,
    HAEMATOXYLIN,
    Stains,
    concentrations,
    density,
    light_of,
    macenko,
    normalise,
    reference,
    vahadane,
)
from wardround.kernel import InvalidInput

TRUE = reference((0.55, 0.75, 0.36), (0.10, 0.95, 0.29))
"""Not the absorptions that any estimate begins from."""


def mixed(matrix: np.ndarray, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A picture of two stains: places of one, places of the other, few of both."""
    draw = np.random.default_rng(seed)
    amounts = draw.gamma(2.0, 0.35, (120, 120, 2)).astype(np.float32)
    which = draw.random((120, 120))
    amounts[which < 0.45, 1] *= 0.02
    amounts[which > 0.55, 0] *= 0.02
    shown = 256 * np.exp(-(amounts @ matrix)) - 1
    return np.clip(np.round(shown), 0, 255).astype(np.uint8), amounts


def degrees(one: np.ndarray, other: np.ndarray) -> float:
    cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


@pytest.mark.requirement("PATH-03")
@pytest.mark.parametrize(("estimate", "off"), [(macenko, 4), (vahadane, 7)])
def test_stains_that_were_mixed_are_found(estimate: object, off: float) -> None:
    rgb, _ = mixed(TRUE)
    found = estimate(density(rgb))  # type: ignore[operator]
    assert np.allclose(np.linalg.norm(found.matrix, axis=1), 1, atol=1e-5)
    assert degrees(found.matrix[0], TRUE[0]) < off
    assert degrees(found.matrix[1], TRUE[1]) < off


@pytest.mark.requirement("PATH-03")
def test_concentrations_are_those_that_were_painted() -> None:
    rgb, amounts = mixed(TRUE)
    clear = (rgb > 12).all(2)
    found = concentrations(density(rgb), TRUE)
    assert np.abs(found - amounts)[clear].mean() < 0.02


@pytest.mark.requirement("PATH-03")
def test_a_slide_shown_in_its_own_stains_is_as_it_was() -> None:
    rgb, _ = mixed(TRUE)
    own = Stains(TRUE, np.array([1.0, 1.0], np.float32))
    again = normalise(rgb, own, own)
    assert np.abs(again.astype(int) - rgb).mean() < 1.5


@pytest.mark.requirement("PATH-03")
def test_two_slides_shown_in_the_same_stains_look_alike() -> None:
    other = reference((0.70, 0.62, 0.35), (0.20, 0.94, 0.28))
    first, _ = mixed(TRUE)
    second, _ = mixed(other)
    to = Stains(reference(HAEMATOXYLIN, EOSIN), np.array([1.5, 1.2], np.float32))
    before = np.abs(first.mean((0, 1)) - second.mean((0, 1))).max()
    shown = [normalise(rgb, macenko(density(rgb)), to) for rgb in (first, second)]
    after = np.abs(shown[0].mean((0, 1)) - shown[1].mean((0, 1))).max()
    assert after < before / 2


def test_brown_and_blue_are_told_apart() -> None:
    matrix = reference(HAEMATOXYLIN, DAB)
    dense = np.array([[0.8, 0.0], [0.0, 0.8]], np.float32) @ matrix
    assert np.allclose(concentrations(dense, matrix), [[0.8, 0], [0, 0.8]], atol=1e-4)


def test_glass_has_no_stains() -> None:
    with pytest.raises(InvalidInput, match="too little stain"):
        macenko(density(np.full((50, 50, 3), 240, np.uint8)))


def test_the_light_is_that_of_the_ground() -> None:
    rgb = np.full((100, 100, 3), (200, 190, 220), np.uint8)
    rgb[20:40, 20:40] = (90, 40, 120)
    assert light_of(rgb).tolist() == [200, 190, 220]
    assert density(rgb, light_of(rgb))[0, 0].max() < 1e-6
