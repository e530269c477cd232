"""DICOM whole slide images: a folder of levels, read by wsidicom."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.engines.images.whole_slide import write_level
from wardround.engines.images import CorruptTile, SlidePhantom, draw_slide, open_slide
from wardround.kernel import InvalidInput


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dicom")
    whole, _ = draw_slide(SlidePhantom(width=512, height=512, glass=False))
    half = np.asarray(Pillow.fromarray(whole).resize((256, 256), Pillow.Resampling.BOX))
    write_level(folder / "base.dcm", whole, 0.0005)
    write_level(folder / "half.dcm", half, 0.001, resampled=True)
    write_level(folder / "label.dcm", half[:64, :64], 0.01, flavour="LABEL")
    return folder


@pytest.mark.requirement("IMG-08")
def test_a_dicom_slide_is_read_from_its_folder(archived: Path) -> None:
    whole, _ = draw_slide(SlidePhantom(width=512, height=512, glass=False))
    with open_slide(archived) as slide:
        assert slide.source == "dicom"
        assert [(one.width, one.downsample) for one in slide.levels] == [(512, 1), (256, 2)]
        assert slide.mpp == pytest.approx((0.5, 0.5))
        assert (slide.region(100, 50, 64, 32) == whole[50:82, 100:164]).all()
        assert slide.region(200, 200, 64, 64, 1).shape == (64, 64, 3)
        assert slide.hidden == ("label",)


@pytest.mark.requirement("IMG-08")
def test_a_dicom_slide_without_its_base_is_refused(archived: Path, tmp_path: Path) -> None:
    shutil.copy(archived / "half.dcm", tmp_path / "half.dcm")
    with pytest.raises(InvalidInput, match="base level"):
        open_slide(tmp_path, "slide-1")


@pytest.mark.requirement("IMG-08")
def test_a_corrupt_tile_of_a_dicom_slide_is_told(archived: Path, tmp_path: Path) -> None:
    data = bytearray((archived / "base.dcm").read_bytes())
    write = tmp_path / "base.dcm"
    write.write_bytes(data[: len(data) - 256 * 256 * 3])
    with open_slide(tmp_path) as slide:
        with pytest.raises(CorruptTile):
            slide.region(300, 300, 64, 64)
        assert slide.region(0, 0, 64, 64).shape == (64, 64, 3)


@pytest.mark.requirement("IMG-05")
def test_a_folder_without_a_slide_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="folder with all files"):
        open_slide(tmp_path)
