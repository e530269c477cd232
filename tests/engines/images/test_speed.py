"""How quickly images, facts and tiles are read: `make bench` measures."""

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from wardround.engines.images import (
    ChestPhantom,
    DeepZoom,
    SlidePhantom,
    open_slide,
    read_facts,
    read_image,
    write_chest,
    write_slide,
)


@pytest.fixture(scope="module")
def chest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chest") / "chest.dcm"
    path.write_bytes(write_chest(ChestPhantom()))
    return path


@pytest.fixture(scope="module")
def slide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slide") / "slide.tif"
    write_slide(SlidePhantom(), path)
    return path


def test_a_radiograph_is_read_quickly(benchmark: Any, chest: Path) -> None:
    """2,048 by 2,048 of 12 bits, not compressed: header, digest and pixels; 60 a second."""
    assert benchmark(read_image, chest).values.shape == (2048, 2048)


def test_a_radiograph_is_shown_quickly(benchmark: Any, chest: Path) -> None:
    image = read_image(chest)
    assert benchmark(image.grey).max() <= 1


def test_facts_are_read_quickly(benchmark: Any, chest: Path) -> None:
    assert benchmark(read_facts, chest).rows == 2048


def test_tiles_are_made_quickly(benchmark: Any, slide: Path) -> None:
    """Tiles of all levels, by turns; 100 a second."""
    with open_slide(slide) as opened:
        zoom = DeepZoom(opened)
        places = cycle(
            (level, column, row)
            for level in range(zoom.levels)
            for column in range(zoom.grid(level)[0])
            for row in range(zoom.grid(level)[1])
        )
        assert benchmark(lambda: zoom.tile(*next(places)))


def test_a_slide_is_first_seen_quickly(benchmark: Any, slide: Path) -> None:
    """Opened, and its thumbnail made; within a second."""

    def seen() -> int:
        with open_slide(slide) as opened:
            return int(opened.thumbnail(1024).size)

    assert benchmark(seen)
