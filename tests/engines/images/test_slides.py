"""A slide is read by region whatever its size; what is damaged is told, and the rest is read."""

import os
import shutil
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from wardround.engines.images import (
    CorruptTile,
    Slide,
    SlidePhantom,
    draw_slide,
    open_slide,
    write_slide,
)
from wardround.engines.images.tiff_pyramid import Layer, write_pyramid
from wardround.kernel import InvalidInput

PHANTOM = SlidePhantom(seed=3, width=1500, height=1100)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("slides") / "phantom.tif"
    write_slide(PHANTOM, place)
    return place


@pytest.fixture
def slide(path: Path) -> Iterator[Slide]:
    with open_slide(path, "slide-1") as opened:
        yield opened


@pytest.mark.requirement("IMG-08")
def test_levels_and_resolution_are_told(slide: Slide) -> None:
    assert slide.source == "openslide:generic-tiff"
    assert slide.dimensions == (1500, 1100)
    assert [(one.width, one.height) for one in slide.levels] == [
        (1500, 1100),
        (750, 550),
        (375, 275),
    ]
    assert [one.downsample for one in slide.levels] == [1, 2, 4]
    assert slide.mpp == (0.5, 0.5)
    assert slide.magnification == 20


@pytest.mark.requirement("IMG-08")
def test_a_region_is_what_was_written(slide: Slide) -> None:
    whole, _ = draw_slide(PHANTOM)
    region = slide.region(300, 200, 400, 300)
    assert region.dtype == np.uint8
    assert np.abs(region.astype(int) - whole[200:500, 300:700]).mean() < 3


@pytest.mark.requirement("IMG-08")
def test_a_region_of_a_smaller_level_is_of_the_same_place(slide: Slide) -> None:
    fine = slide.region(400, 200, 512, 512)
    coarse = slide.region(400, 200, 128, 128, level=2)
    small = np.asarray(Pillow.fromarray(fine).resize((128, 128), Pillow.Resampling.BOX))
    assert np.abs(small.astype(int) - coarse).mean() < 5


@pytest.mark.requirement("IMG-08")
def test_beyond_the_slide_it_is_white(slide: Slide) -> None:
    region = slide.region(-50, 1050, 100, 100)
    assert (region[:, :50] == 255).all()
    assert (region[50:] == 255).all()
    assert (region[:50, 50:] == slide.region(0, 1050, 50, 50)).all()
    assert (slide.region(10**7, 10**7, 8, 8) == 255).all()


@pytest.mark.requirement("IMG-04")
@pytest.mark.parametrize("size", [(0, 5), (5, -1), (10**5, 10**5)])
def test_no_region_is_too_large_or_empty(slide: Slide, size: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="pixels"):
        slide.region(0, 0, *size)
    with pytest.raises(InvalidInput, match="3 levels"):
        slide.region(0, 0, 5, 5, level=3)


@pytest.mark.requirement("IMG-08")
def test_tiles_cover_a_level_once(slide: Slide) -> None:
    tiles = list(slide.tiles(1, 256))
    assert (tiles[-1].column, tiles[-1].row) == (2, 2)
    assert sum(tile.width * tile.height for tile in tiles) == 750 * 550
    assert tiles[1].read().shape == (256, 256, 3)
    assert (tiles[4].x, tiles[4].y) == (512, 512)
    assert (tiles[4].read() == slide.region(512, 512, 256, 256, 1)).all()


@pytest.mark.requirement("IMG-08")
def test_a_thumbnail_keeps_the_proportions(slide: Slide) -> None:
    whole, _ = draw_slide(PHANTOM)
    thumbnail = slide.thumbnail(200)
    assert thumbnail.shape == (147, 200, 3)
    small = np.asarray(Pillow.fromarray(whole).resize((200, 147), Pillow.Resampling.BOX))
    assert np.abs(thumbnail.astype(int) - small).mean() < 4


@pytest.mark.requirement("IMG-08")
def test_nuclei_are_where_they_were_drawn(path: Path) -> None:
    _, nuclei = draw_slide(PHANTOM)
    assert len(nuclei) > 200
    with open_slide(path) as slide:
        whole = slide.region(0, 0, *slide.dimensions)
    at = [whole[round(one.y), round(one.x)].mean() for one in nuclei]
    beside = [
        whole[round(one.y), min(1499, round(one.x + 1.6 * one.long))].mean() for one in nuclei
    ]
    assert np.mean(np.array(at) < np.array(beside) - 20) > 0.9


@pytest.fixture(scope="module")
def damaged(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The phantom with the JPEG of its first tile overwritten."""
    place = tmp_path_factory.mktemp("damaged") / "damaged.tif"
    data = bytearray(path.read_bytes())
    data[8:2000] = b"\0" * 1992
    place.write_bytes(data)
    return place


@pytest.mark.requirement("IMG-08")
def test_a_corrupt_tile_is_told_and_the_rest_is_read(damaged: Path, slide: Slide) -> None:
    with open_slide(damaged, "slide-1") as opened:
        for _ in range(2):
            with pytest.raises(CorruptTile, match="slide-1: A part of the slide is damaged"):
                opened.region(0, 0, 100, 100)
            sound = opened.region(600, 400, 100, 100)
            assert (sound == slide.region(600, 400, 100, 100)).all()
        faults = 0
        for tile in opened.tiles(0, 256):
            try:
                tile.read()
            except CorruptTile:
                faults += 1
        assert faults == 1


@pytest.mark.requirement("IMG-08")
def test_from_afar_what_is_damaged_is_grey(damaged: Path) -> None:
    with open_slide(damaged) as opened:
        seen = opened.scaled(0, 0, 100, 100, (100, 100))
        assert (seen == 128).all()
        with pytest.raises(CorruptTile):
            opened.scaled(0, 0, 100, 100, (100, 100), strict=True)
        assert opened.thumbnail(100).shape == (73, 100, 3)


@pytest.mark.requirement("IMG-04")
def test_a_slide_of_two_and_a_half_gigapixels_is_read_by_region(tmp_path: Path) -> None:
    out = BytesIO()
    Pillow.new("RGB", (1008, 1008), (250, 240, 250)).save(out, "JPEG", subsampling=0)
    across = -(-50_000 // 1008)
    tiles = (out.getvalue() for _ in range(across * across))
    path = tmp_path / "huge.tif"
    write_pyramid(path, [Layer(50_000, 50_000, tiles, 0.25)], 1008)
    tracemalloc.start()
    with open_slide(path) as slide:
        assert slide.dimensions == (50_000, 50_000)
        assert slide.magnification == 40
        assert (
            np.abs(slide.region(49_000, 49_000, 500, 500).astype(int) - (250, 240, 250)).max() < 3
        )
    assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    tracemalloc.stop()


@pytest.mark.requirement("IMG-04")
def test_a_slide_that_tells_of_a_monstrous_tile_is_refused(tmp_path: Path) -> None:
    """OpenSlide would ask for 160 GB at once, and end the process where it does not get them."""
    out = BytesIO()
    Pillow.new("RGB", (256, 256)).save(out, "JPEG", subsampling=0)
    path = tmp_path / "monster.tif"
    write_pyramid(path, [Layer(300_000, 300_000, [out.getvalue()] * 4, 0.25)], 200_000)
    with pytest.raises(InvalidInput, match="cannot be"):
        open_slide(path)


@pytest.mark.requirement("IMG-09")
def test_a_resolution_that_is_not_said_is_none_and_told(tmp_path: Path) -> None:
    write_slide(SlidePhantom(width=300, height=300, mpp=None), tmp_path / "s.tif")
    with open_slide(tmp_path / "s.tif") as slide:
        assert (slide.mpp, slide.magnification) == (None, None)
        assert any("how large a pixel" in remark for remark in slide.remarks)


@pytest.mark.requirement("IMG-09")
def test_a_resolution_of_a_desk_is_none(tmp_path: Path) -> None:
    """72 dots an inch say nothing of a slide."""
    Pillow.new("RGB", (90, 60)).save(tmp_path / "p.png", dpi=(72, 72))
    with open_slide(tmp_path / "p.png") as slide:
        assert slide.mpp is None
        assert any("cannot be" in remark for remark in slide.remarks)


@pytest.mark.requirement("IMG-08")
@pytest.mark.parametrize("kind", ["png", "jpg", "tif"])
def test_a_picture_is_a_slide_of_one_level(tmp_path: Path, kind: str) -> None:
    colours = np.random.default_rng(0).integers(0, 255, (64, 96, 3)).astype(np.uint8)
    Pillow.fromarray(colours).save(tmp_path / f"p.{kind}")
    with open_slide(tmp_path / f"p.{kind}") as slide:
        assert slide.source.startswith("picture:")
        assert (slide.dimensions, len(slide.levels)) == ((96, 64), 1)
        region = slide.region(10, 20, 30, 40)
        assert region.shape == (40, 30, 3)
        if kind != "jpg":
            assert (region == colours[20:60, 10:40]).all()


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("junk", [b"", b"II*\0", b"\x89PNG\r\n\x1a\n", b"text"])
def test_what_is_no_slide_is_refused(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "s.svs").write_bytes(junk)
    with pytest.raises(InvalidInput) as caught:
        open_slide(tmp_path / "s.svs", "slide-1")
    assert caught.value.where == "slide-1"
    with pytest.raises(InvalidInput, match="no such file"):
        open_slide(tmp_path / "none")


@pytest.mark.requirement("IMG-05")
def test_a_slide_cut_short_is_refused_or_read_where_it_is_whole(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    for share in (0.2, 0.6, 0.95):
        cut = tmp_path / "cut.tif"
        cut.write_bytes(data[: int(len(data) * share)])
        try:
            with open_slide(cut) as slide:
                slide.thumbnail(64)
        except InvalidInput:
            continue


@pytest.mark.requirement("IMG-08")
def test_a_slide_is_marked_by_what_it_is(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tif"
    shutil.copy(path, copy)
    with open_slide(path) as one, open_slide(path) as two, open_slide(copy) as three:
        assert one.mark == two.mark != three.mark
        assert "copy" not in three.mark


@pytest.mark.data
@pytest.mark.requirement("IMG-10")
def test_a_published_slide_is_read_and_its_label_is_not() -> None:
    data = os.environ.get("WARDROUND_DATA")
    if data is None:
        pytest.skip("WARDROUND_DATA is not set: the slide is there")
    with open_slide(Path(data) / "wsi" / "cmu-1-small-region.svs") as slide:
        assert slide.source == "openslide:aperio"
        assert slide.dimensions == (2220, 2967)
        assert slide.mpp == (0.499, 0.499)
        assert slide.magnification == 20
        assert slide.hidden == ("label", "macro", "thumbnail")
        assert slide.thumbnail(300).shape == (300, 224, 3)
        assert not [name for name in dir(slide) if "label" in name or "associated" in name]


@pytest.mark.requirement("IMG-08")
def test_a_corrupt_tile_misleads_no_other_thread(damaged: Path, slide: Slide) -> None:
    wanted = slide.region(600, 400, 64, 64)
    with open_slide(damaged) as opened, ThreadPoolExecutor(4) as threads:

        def read(at: int) -> bool:
            if at % 3:
                return bool((opened.region(600, 400, 64, 64) == wanted).all())
            with pytest.raises(CorruptTile):
                opened.region(0, 0, 100, 100)
            return True

        assert all(threads.map(read, range(60)))
