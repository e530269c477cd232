"""The gates that need no training: what a file declares, and what pixels show."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from wardround.capabilities.radiology.measured import image_of
from wardround.capabilities.radiology.reading import SHIPPED
from wardround.capabilities.radiology.screening import Check, colour, declared, judge, measure
from wardround.engines.images import Facts
from wardround.engines.vision import MANIFEST, read_manifest

WANTED = read_manifest((SHIPPED / MANIFEST).read_bytes()).input
CHEST = Facts(
    source="dicom", rows=64, columns=64, modality="DX", body_part="CHEST", view="PA", bits=12
)


def stopped(facts: Facts) -> set[str]:
    return {one.name for one in declared(facts, WANTED) if not one.passed and one.stops}


def seen(image: np.ndarray) -> list[Check]:
    """Return the checks that an image in [0, 1] did not pass."""
    found = measure(image[None].astype(np.float32))
    return [one for one in judge(image.shape, found)[0] if not one.passed]


def ground(size: int, seed: int = 0) -> np.ndarray:
    """Return a smooth image with fine grain and no symmetry, (size, size)."""
    y, x = np.mgrid[0:size, 0:size] / size
    smooth = 0.5 + 0.2 * np.sin(5 * x + 1) * np.cos(4 * y) + 0.15 * (x - y)
    grain = np.random.default_rng(seed).normal(0, 0.03, smooth.shape)
    return np.asarray(np.clip(smooth + grain, 0, 1))


@pytest.mark.requirement("RAD-01")
def test_a_frontal_chest_passes_and_so_does_a_file_that_says_nothing() -> None:
    assert not stopped(CHEST)
    assert not stopped(Facts(source="npy", rows=28, columns=28))


@pytest.mark.requirement("RAD-01")
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"modality": "CT"}, "modality"),
        ({"modality": "SM"}, "modality"),
        ({"body_part": "HAND"}, "body part"),
        ({"view": "LL"}, "view"),
        ({"laterality": "L"}, "laterality"),
        ({"orientation": ("R", "F")}, "orientation"),
        ({"orientation": ("L", "H")}, "orientation"),
    ],
)
def test_what_a_file_declares_can_stop_it(change: dict[str, Any], name: str) -> None:
    assert stopped(replace(CHEST, **change)) == {name}


def test_burned_in_text_is_pointed_out_and_stops_nothing() -> None:
    facts = replace(CHEST, burned_in=True)
    assert not stopped(facts)
    assert [one.name for one in declared(facts, WANTED) if not one.passed] == ["annotation"]


@pytest.mark.parametrize("size", [28, 64, 256, 1024])
def test_an_image_without_a_fault_passes(size: int) -> None:
    assert not seen(ground(size))


@pytest.mark.parametrize(
    ("image", "name"),
    [
        (np.zeros((1, 1)), "size"),
        (ground(64)[:20], "size"),
        (np.full((64, 64), 0.5), "exposure"),
        (np.where(ground(64) > 0.8, 0.5, 0.0), "exposure"),
        (np.where(ground(64) < 0.3, 0.5, 1.0), "exposure"),
        (np.concatenate([ground(64)[:, :32], ground(64)[:, :32][:, ::-1]], axis=1), "copied half"),
        (np.concatenate([ground(64)[:, :32]] * 2, axis=1), "copied half"),
        (np.concatenate([ground(64)[:32], ground(64)[:32][::-1]]), "copied half"),
        (np.kron(ground(16), np.ones((32, 32))) * 0 + np.mgrid[0:512, 0:512][0] / 512, "sharpness"),
    ],
)
def test_what_pixels_show_can_stop_it(image: np.ndarray, name: str) -> None:
    assert name in {one.name for one in seen(image)}


def test_colours_are_told_from_three_channels_of_grey() -> None:
    grey = (ground(64) * 255).astype(np.uint8)
    assert colour(np.stack([grey] * 3, axis=2)).passed
    assert not colour(np.stack([grey, grey // 2, 255 - grey], axis=2)).passed


@pytest.mark.parametrize("size", [(28, 28), (512, 430)])
def test_measures_of_many_are_those_of_each(size: tuple[int, int]) -> None:
    few = np.stack([ground(512, seed)[: size[0], : size[1]] for seed in range(3)])
    together = measure(few.astype(np.float32))
    for place in range(3):
        alone = measure(few[place : place + 1].astype(np.float32))
        for a, b in zip(together, alone, strict=True):
            assert (a is None) == (b is None)
            assert a is None or b is None or a[place] == pytest.approx(b[0], rel=1e-5)


def test_an_array_becomes_an_image() -> None:
    assert image_of(ground(28)).values.shape == (28, 28)
    colours = np.random.default_rng(0).random((28, 28, 3), dtype=np.float32)
    assert image_of(colours).values.shape == (28, 28, 3)
