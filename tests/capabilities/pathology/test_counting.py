"""Counts by square, hot spots, the heat map, and the file for QuPath."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from wardround.capabilities.pathology.morphometry import RAYS, Nuclei
from wardround.capabilities.pathology.results.geojson import write_geojson
from wardround.capabilities.pathology.results.heat import levels, write_pyramid
from wardround.capabilities.pathology.sweep.counting import (
    Grid,
    cellularity,
    grid_of,
    hot_spots,
    tissue_area,
)


def scattered(count: int = 400, dense: int = 300) -> Nuclei:
    """Nuclei over 4 by 3 mm at 0.5 µm a pixel, and a crowd in one square millimetre."""
    draw = np.random.default_rng(0)
    x = np.concatenate([draw.uniform(0, 8000, count), draw.uniform(4000, 6000, dense)])
    y = np.concatenate([draw.uniform(0, 6000, count), draw.uniform(2000, 4000, dense)])
    ones = np.ones(len(x), np.float32)
    turn = 2 * np.pi * np.arange(RAYS) / RAYS
    ring = 6 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    outline = (np.column_stack([x, y])[:, None] + ring).astype(np.float32)
    area, around, flat = 113 * ones, 38 * ones, 0 * ones
    return Nuclei(x.astype("f4"), y.astype("f4"), area, around, flat, ones, flat, ones, outline)


def counted(nuclei: Nuclei, mpp: float | None = 0.5) -> Grid:
    tissue = np.ones((60, 80), bool)
    tissue[:, 40:] = False
    return grid_of(nuclei, (8000, 6000), mpp, tissue, np.zeros(len(nuclei), bool))


@pytest.mark.requirement("PATH-07")
def test_every_nucleus_is_counted_in_its_square() -> None:
    nuclei = scattered()
    grid = counted(nuclei)
    assert grid.counts.sum() == len(nuclei)
    assert grid.counts.shape == (60, 80)
    row, column = int(nuclei.y[0] // 100), int(nuclei.x[0] // 100)
    assert grid.counts[row, column] >= 1
    assert tissue_area(grid) == pytest.approx(6.0)
    assert cellularity(grid) == pytest.approx(700 * 113 / (4000 * 6000), rel=1e-4)
    assert grid.density.max() == pytest.approx(grid.counts.max() / 0.0025)


@pytest.mark.requirement("PATH-10")
def test_the_hot_spot_is_where_the_crowd_is() -> None:
    nuclei = scattered()
    spots = hot_spots(counted(nuclei))
    first = spots[0]
    assert first.side * 0.5 == 1000
    assert abs(first.x - 4000) <= 200
    assert abs(first.y - 2000) <= 200
    inside = (abs(nuclei.x - first.x - 1000) <= 1000) & (abs(nuclei.y - first.y - 1000) <= 1000)
    assert first.count == inside.sum()
    for spot in spots[1:]:
        assert max(abs(spot.x - first.x), abs(spot.y - first.y)) >= first.side
        assert spot.count < first.count


@pytest.mark.requirement("PATH-07")
def test_without_a_resolution_there_is_no_hot_spot() -> None:
    grid = counted(scattered(), None)
    assert hot_spots(grid) == ()
    assert tissue_area(grid) is None


def test_the_heat_map_is_a_pyramid_down_to_one_square(tmp_path: Path) -> None:
    grid = counted(scattered())
    found = levels(grid)
    assert found[-1].shape == (1, 1)
    assert found[1].mean() == pytest.approx(found[0].mean(), rel=1e-6)
    told = json.loads(write_pyramid(grid, tmp_path).read_text("utf-8"))
    assert told["unit"] == "/mm2"
    for level in told["levels"]:
        with Image.open(tmp_path / level["file"]) as image:
            assert image.size == (level["width"], level["height"])
            assert image.mode == "RGBA"
    with Image.open(tmp_path / "0.png") as image:
        clear = np.asarray(image)[..., 3] == 0
    assert np.array_equal(clear, grid.counts == 0)


@pytest.mark.requirement("PATH-10")
def test_qupath_gets_what_it_reads(tmp_path: Path) -> None:
    nuclei = scattered(5, 0)
    spots = hot_spots(counted(scattered()))
    path = tmp_path / "nuclei.geojson"
    assert write_geojson(path, [nuclei.taken([0, 1]), nuclei.taken([2, 3, 4])], 0.5, spots) == 5
    told = json.loads(path.read_text("utf-8"))
    assert told["type"] == "FeatureCollection"
    assert len({one["id"] for one in told["features"]}) == len(told["features"]) == 5 + len(spots)
    nucleus = told["features"][-1]
    assert nucleus["geometry"]["type"] == "Polygon"
    (ring,) = nucleus["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert len(ring) == RAYS + 1
    assert nucleus["properties"]["objectType"] == "detection"
    assert nucleus["properties"]["classification"]["name"] == "Nucleus"
    assert nucleus["properties"]["measurements"]["Area µm^2"] == pytest.approx(113 / 4)
    assert told["features"][0]["properties"]["objectType"] == "annotation"
