"""Measurements are those of scikit-image, and known shapes have their known sizes."""

import numpy as np
import pytest
from skimage.draw import ellipse, polygon
from skimage.measure import regionprops

from wardround.capabilities.pathology.morphometry import empty, joined, measure


def shapes() -> np.ndarray:
    labels = np.zeros((120, 160), np.int32)
    labels[ellipse(30, 35, 12, 20)] = 1
    labels[ellipse(80, 60, 9, 9)] = 2
    labels[60:100, 100:112] = 3
    labels[ellipse(92, 75, 9, 7)] = 4
    labels[0:9, 140:160] = 5
    return labels


def test_they_are_as_scikit_image_has_them() -> None:
    labels = shapes()
    found = measure(labels, np.full((*labels.shape, 3), 120, np.uint8))
    for number, one in enumerate(regionprops(labels)):
        assert found.area[number] == one.area
        assert (found.y[number], found.x[number]) == pytest.approx(one.centroid, abs=1e-3)
        assert found.eccentricity[number] == pytest.approx(one.eccentricity, abs=2e-3)
        if number != 4:  # scikit-image leaves out the rim where a picture ends
            assert found.perimeter[number] == pytest.approx(one.perimeter, rel=0.02)


@pytest.mark.requirement("PATH-10")
def test_an_outline_holds_the_nucleus() -> None:
    labels = shapes()
    found = measure(labels, np.full((*labels.shape, 3), 120, np.uint8))
    for number in (0, 1):
        corners = found.outline[number]
        drawn = np.zeros(labels.shape, bool)
        drawn[polygon(corners[:, 1], corners[:, 0], labels.shape)] = True
        mask = labels == number + 1
        assert (drawn & mask).sum() / (drawn | mask).sum() > 0.85


def test_a_circle_is_rounder_than_a_bar() -> None:
    labels = shapes()
    found = measure(labels, np.full((*labels.shape, 3), 120, np.uint8))
    assert found.circularity[1] > 0.9
    assert found.circularity[2] < 0.75


def test_density_is_that_of_its_pixels() -> None:
    labels = shapes()
    rgb = np.full((*labels.shape, 3), 255, np.uint8)
    rgb[labels == 2] = 127
    found = measure(labels, rgb)
    assert found.density[1] == pytest.approx(np.log(2), abs=1e-4)
    assert found.density[0] == 0


@pytest.mark.requirement("PATH-10")
def test_moved_to_the_slide_they_are_where_they_were() -> None:
    labels = shapes()
    found = measure(labels, np.full((*labels.shape, 3), 120, np.uint8)).moved(1000, 500, 2.0)
    assert found.area[2] == 4 * 40 * 12
    # The middle of columns 100…111 of pixels twice as large is that of columns 1200…1223.
    assert found.x[2] == pytest.approx(1211.5)
    assert found.y[2] == pytest.approx(659.5)


def test_none_is_none() -> None:
    assert len(joined([])) == len(empty()) == 0
    assert len(measure(np.zeros((9, 9), np.int32), np.zeros((9, 9, 3), np.uint8))) == 0
