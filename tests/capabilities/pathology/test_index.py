"""An index where the stain is DAB, and the reason why not where it is not."""

from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from tests.capabilities.pathology.painting import paint
from wardround.capabilities.pathology.reading import read_tile


@pytest.mark.requirement("PATH-08")
@pytest.mark.parametrize("share", [0.1, 0.35, 0.7])
def test_the_index_is_the_share_that_was_painted(share: float) -> None:
    painted = paint(900, 900, margin=40, brown=share, seed=11)
    read = read_tile(painted.rgb, 0.5)
    assert read.index is not None
    assert read.index.percent == pytest.approx(100 * painted.positive.mean(), abs=4)
    assert read.index.counted == pytest.approx(len(painted.places), rel=0.04)


@pytest.mark.requirement("PATH-08")
def test_eosin_has_no_index() -> None:
    read = read_tile(paint(500, 500, margin=20).rgb, 0.5)
    assert read.index is not None
    assert read.index.percent is None
    assert "eosin" in read.index.says


@pytest.mark.requirement("PATH-08")
def test_blue_alone_has_no_index() -> None:
    read = read_tile(paint(500, 500, margin=20, brown=0.0).rgb, 0.5)
    assert read.index is not None
    assert read.index.percent is None
    assert "no DAB" in read.index.says


@pytest.mark.requirement("PATH-08")
def test_real_dab_has_an_index() -> None:
    with Image.open(Path(skimage.__file__).parent / "data" / "ihc.png") as image:
        read = read_tile(np.array(image.convert("RGB")))
    assert read.index is not None
    assert read.index.percent is not None


@pytest.mark.requirement("PATH-08")
def test_few_nuclei_are_said_to_be_few() -> None:
    read = read_tile(paint(300, 300, margin=20, brown=0.4, seed=2).rgb, 0.5)
    assert read.index is not None
    assert "Fewer than 500" in read.index.says
