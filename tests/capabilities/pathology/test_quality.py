"""What is no stained tissue is told from it; real photographs are those of scikit-image."""

from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image
from scipy import ndimage

from tests.capabilities.pathology.painting import paint
from wardround.capabilities.pathology.labelled import read_labelled
from wardround.capabilities.pathology.quality import check_picture, check_stain
from wardround.capabilities.pathology.tissue import find_tissue
from wardround.engines.images import SlidePhantom, draw_slide

PICTURES = Path(skimage.__file__).parent / "data"
FOREIGN = [
    f"{name}.png"
    for name in "astronaut camera chelsea coffee coins moon motorcycle_left page".split()
] + ["hubble_deep_field.jpg", "retina.jpg", "rocket.jpg"]


def picture(name: str) -> np.ndarray:
    with Image.open(PICTURES / name) as image:
        return np.array(image.convert("RGB"))


def reasons(rgb: np.ndarray) -> list[str]:
    return [one.name for one in check_picture(rgb) if not one.passed and one.stops]


@pytest.mark.requirement("PATH-01")
@pytest.mark.parametrize("name", FOREIGN)
def test_photographs_and_scans_are_refused(name: str) -> None:
    told = check_stain(picture(name))
    assert not told.passed
    assert told.says


@pytest.mark.requirement("PATH-01")
def test_real_dab_is_stained_tissue() -> None:
    assert check_stain(picture("ihc.png")).passed


@pytest.mark.data
@pytest.mark.requirement("PATH-01")
def test_no_published_tile_is_refused_and_its_inversion_is(data: Path) -> None:
    tiles = read_labelled(data)
    assert not [tile.name for tile in tiles if reasons(tile.rgb)]
    inverted = [reasons(255 - tile.rgb) for tile in tiles]
    assert sum(map(bool, inverted)) >= 0.95 * len(tiles)


@pytest.mark.data
@pytest.mark.requirement("PATH-01")
def test_what_is_blurred_is_doubted(data: Path) -> None:
    tiles = read_labelled(data)
    blurred = [ndimage.gaussian_filter(tile.rgb, (5, 5, 0)) for tile in tiles]
    doubted = [any(one.name == "focus" and not one.passed for one in check_picture(rgb))
               for rgb in blurred]  # fmt: skip
    assert sum(doubted) >= 0.9 * len(tiles)


@pytest.mark.requirement("PATH-01")
def test_a_pixel_and_bare_glass_are_refused() -> None:
    assert reasons(np.zeros((1, 1, 3), np.uint8)) == ["size"]
    assert reasons(np.full((300, 300, 3), 242, np.uint8)) == ["stain"]


@pytest.mark.requirement("PATH-01")
def test_ink_is_found_and_not_taken_for_tissue() -> None:
    rgb = paint(400, 400, margin=40).rgb
    rgb[60:120, 60:300] = (20, 120, 60)
    told = {one.name: one for one in check_picture(rgb)}
    assert not told["ink"].passed
    assert told["ink"].value == pytest.approx(60 * 240 / 400**2, rel=0.1)
    ground = find_tissue(rgb)
    assert ground.ink[90, 180]
    assert not ground.tissue[90, 180]
    assert ground.tissue[240, 200]
    assert not ground.tissue[10, 10]


@pytest.mark.requirement("PATH-14")
def test_pale_tissue_between_its_nuclei_is_tissue() -> None:
    """Counterstained with DAB, only the nuclei are dense: the rest of the tissue is no glass."""
    for positive in (0.0, 0.3):
        picture, _ = draw_slide(SlidePhantom(width=3000, height=2400, positive=positive))
        small = np.asarray(Image.fromarray(picture).resize((1000, 800), Image.Resampling.BOX))
        assert find_tissue(small).share == pytest.approx(0.52, abs=0.04), positive
    assert find_tissue(np.full((800, 1000, 3), 244, np.uint8)).share == 0
