"""Nuclei that touch are parted, and one of uneven stain is not."""

import numpy as np
from scipy import ndimage

from wardround.capabilities.pathology.nuclei.separating import separate


def maps(*circles: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    inside = np.zeros((80, 120), np.float32)
    depth = np.zeros((80, 120), np.float32)
    ys, xs = np.mgrid[:80, :120]
    for x, y, radius in circles:
        away = np.hypot(xs - x, ys - y)
        inside[away < radius] = 1
        depth = np.maximum(depth, np.clip(1 - away / radius, 0, 1)).astype(np.float32)
    return inside, depth


def test_two_that_touch_are_two() -> None:
    labels = separate(*maps((40, 40, 12), (62, 40, 12)))
    assert labels.max() == 2
    assert labels[40, 40] != labels[40, 62]


def test_a_dent_in_the_depth_makes_no_second() -> None:
    inside, depth = maps((40, 40, 15))
    noise = ndimage.gaussian_filter(np.random.default_rng(1).normal(0, 1, depth.shape), 2)
    labels = separate(inside, np.clip(depth + 0.15 * noise.astype(np.float32), 0, 1))
    assert labels.max() == 1


def test_specks_are_left_out_and_a_shallow_piece_counts() -> None:
    inside, depth = maps((30, 30, 10), (90, 60, 2))
    inside[50:60, 60:70] = 1
    assert separate(inside, depth).max() == 2


def test_no_chance_no_nuclei() -> None:
    assert separate(*maps()).max() == 0
