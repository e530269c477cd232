"""DeepZoom tiles are where a viewer asks for them: against OpenSlide's own addressing."""

from io import BytesIO
from pathlib import Path

import numpy as np
import openslide
import pytest
from openslide.deepzoom import DeepZoomGenerator
from PIL import Image as Pillow

from wardround.engines.images import DeepZoom, SlidePhantom, open_slide, write_slide
from wardround.kernel import NotFound


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("slides") / "phantom.tif"
    write_slide(SlidePhantom(seed=1, width=1100, height=700), place)
    return place


@pytest.mark.requirement("IMG-08")
def test_levels_and_grids_are_those_of_openslide(path: Path) -> None:
    theirs = DeepZoomGenerator(openslide.OpenSlide(str(path)), 254, 1)
    with open_slide(path) as slide:
        ours = DeepZoom(slide)
        assert ours.levels == theirs.level_count
        for level in range(ours.levels):
            assert ours.level_size(level) == theirs.level_dimensions[level]
            assert ours.grid(level) == theirs.level_tiles[level]


@pytest.mark.requirement("IMG-08")
def test_tiles_of_the_base_are_those_of_openslide(path: Path) -> None:
    theirs = DeepZoomGenerator(openslide.OpenSlide(str(path)), 254, 1)
    with open_slide(path) as slide:
        ours = DeepZoom(slide)
        level = ours.levels - 1
        for column in range(5):
            for row in range(3):
                tile = np.asarray(theirs.get_tile(level, (column, row)))
                assert (ours.colours(level, column, row) == tile).all()


@pytest.mark.requirement("IMG-08")
def test_smaller_levels_show_the_same_picture(path: Path) -> None:
    with open_slide(path) as slide:
        ours = DeepZoom(slide)
        whole = Pillow.fromarray(slide.region(0, 0, 1100, 700))
        for level in (6, 8, 9):
            size = ours.level_size(level)
            wanted = np.asarray(whole.resize(size, Pillow.Resampling.BOX)).astype(int)
            columns, rows = ours.grid(level)
            seen = np.zeros_like(wanted)
            for column in range(columns):
                for row in range(rows):
                    tile = ours.colours(level, column, row)
                    x, y = column * 254 - (column > 0), row * 254 - (row > 0)
                    seen[y : y + tile.shape[0], x : x + tile.shape[1]] = tile
            assert np.abs(seen - wanted).mean() < 8


@pytest.mark.requirement("IMG-08")
def test_a_slide_without_small_levels_is_read_from_afar_once(tmp_path: Path) -> None:
    picture = Pillow.effect_noise((3000, 2000), 40).convert("RGB")
    picture.save(tmp_path / "p.png")
    with open_slide(tmp_path / "p.png") as slide:
        ours = DeepZoom(slide)
        assert ours.colours(0, 0, 0).shape == (1, 1, 3)
        assert ours.colours(8, 0, 0).shape == (125, 188, 3)
        whole = picture.resize((188, 125), Pillow.Resampling.BOX)
        assert np.abs(ours.colours(8, 0, 0).astype(int) - np.asarray(whole)).mean() < 4


@pytest.mark.requirement("IMG-08")
@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_tile_is_a_picture(path: Path, kind: str) -> None:
    with open_slide(path) as slide:
        ours = DeepZoom(slide, kind=kind)
        picture = Pillow.open(BytesIO(ours.tile(ours.levels - 1, 1, 1)))
        assert picture.format == kind.upper()
        assert picture.size == (256, 256)
        assert 'Width="1100"' in ours.descriptor()


@pytest.mark.requirement("IMG-08")
@pytest.mark.parametrize("place", [(-1, 0, 0), (99, 0, 0), (11, 5, 0), (11, 0, 3), (11, -1, 0)])
def test_a_tile_that_is_not_there_is_not_found(path: Path, place: tuple[int, int, int]) -> None:
    with open_slide(path) as slide, pytest.raises(NotFound):
        DeepZoom(slide).tile(*place)
