"""A slide written as DICOM: valid, the same pixels, of its patient, within its bounds."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from pydicom import dcmread

from tests.engines.images.objects.checked import errors
from wardround.engines.images import (
    Accession,
    CorruptTile,
    Slide,
    SlidePhantom,
    open_slide,
    write_levels,
    write_slide,
)
from wardround.engines.images.objects import spooled, whole_slide
from wardround.kernel import InvalidInput, TooLarge

WHOSE = Accession(
    key="Patient/ada:1",
    taken_in=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
    patient_id="HL-1",
    patient_name="Löve^Ada",
    birth_date="19610423",
    sex="F",
)
NOBODY = Accession(key="Patient/nobody:1", taken_in=WHOSE.taken_in)


def drawn(folder: Path, mpp: float | None = 0.5, width: int = 1300, height: int = 900) -> Path:
    path = folder / "slide.tiff"
    write_slide(SlidePhantom(width=width, height=height, mpp=mpp), path)
    return path


def written(path: Path, accession: Accession, folder: Path) -> list[Path]:
    folder.mkdir()
    with open_slide(path) as slide:
        return write_levels(slide, accession, folder)


@pytest.mark.requirement("IMG-14")
@pytest.mark.parametrize("whose", [WHOSE, NOBODY], ids=["known", "nobody"])
def test_every_level_is_valid_and_of_its_patient(whose: Accession, tmp_path: Path) -> None:
    levels = written(drawn(tmp_path), whose, tmp_path / "out")
    assert [errors(one, tmp_path) for one in levels] == [[], []]
    base, small = (dcmread(one) for one in levels)
    assert (base.TotalPixelMatrixColumns, base.TotalPixelMatrixRows) == (1300, 900)
    assert (small.TotalPixelMatrixColumns, small.TotalPixelMatrixRows) == (325, 225)
    for one in (base, small):
        assert one.PatientID == whose.patient_id
        assert str(one.PatientName) == whose.patient_name
        assert (one.PatientBirthDate, one.PatientSex) == (whose.birth_date, whose.sex)
        assert one.StudyInstanceUID == whose.uid("study")
        assert one.AcquisitionDateTime == "20260304050607"
    assert base.SOPInstanceUID != small.SOPInstanceUID
    assert base.FrameOfReferenceUID == small.FrameOfReferenceUID
    shared = base.SharedFunctionalGroupsSequence[0]
    assert shared.PixelMeasuresSequence[0].PixelSpacing == [0.0005, 0.0005]


@pytest.mark.requirement("IMG-14")
def test_the_pixels_are_those_of_the_slide(tmp_path: Path) -> None:
    path, out = drawn(tmp_path), tmp_path / "out"
    written(path, WHOSE, out)
    with open_slide(path) as first, open_slide(out) as again:
        assert again.source == "dicom"
        assert again.dimensions == first.dimensions
        assert again.mpp == pytest.approx(first.mpp)
        assert [round(one.downsample) for one in again.levels] == [1, 4]
        for x, y in ((0, 0), (480, 500), (1100, 700)):
            was = first.region(x, y, 200, 200).astype(int)
            now = again.region(x, y, 200, 200).astype(int)
            assert np.abs(was - now).mean() < 4
            shifted = np.abs(was[:, 2:] - now[:, :-2]).mean()
            assert was.std() < 3 or np.abs(was - now).mean() < shifted / 2
        small = again.region(0, 0, 325, 225, 1).astype(int)
        assert np.abs(small - first.scaled(0, 0, 1300, 900, (325, 225)).astype(int)).mean() < 4


def test_written_again_it_is_the_same(tmp_path: Path) -> None:
    path = drawn(tmp_path, width=600, height=520)
    once = [one.read_bytes() for one in written(path, WHOSE, tmp_path / "once")]
    again = [one.read_bytes() for one in written(path, WHOSE, tmp_path / "again")]
    assert once == again
    other = written(path, NOBODY, tmp_path / "other")
    assert dcmread(other[0]).StudyInstanceUID != WHOSE.uid("study")


@pytest.mark.requirement("IMG-14")
def test_no_label_and_no_word_of_the_file_goes_along(tmp_path: Path) -> None:
    path = tmp_path / "named.tiff"
    write_slide(SlidePhantom(width=600, height=520), path)
    levels = written(path, WHOSE, tmp_path / "out")
    for one in levels:
        header = dcmread(one, stop_before_pixels=True)
        assert header.SpecimenLabelInImage == "NO"
        assert list(header.ImageType)[2] == "VOLUME"
        assert "named" not in str(header)


def test_without_the_size_of_a_pixel_nothing_is_written(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    Image.fromarray(np.full((300, 400, 3), 200, np.uint8)).save(picture)
    with pytest.raises(InvalidInput, match="how large a pixel"):
        written(picture, WHOSE, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.requirement("IMG-14")
def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = drawn(tmp_path)
    monkeypatch.setattr(whole_slide, "MOST_PIXELS", 1300 * 900 - 1)
    with pytest.raises(TooLarge, match="1,300 by 900"):
        written(path, WHOSE, tmp_path / "out")
    monkeypatch.setattr(whole_slide, "MOST_PIXELS", 1300 * 900)
    monkeypatch.setattr(spooled, "MOST_BYTES", 1000)
    with pytest.raises(TooLarge, match="a level"):
        written(path, WHOSE, tmp_path / "bytes")


def test_a_damaged_tile_is_grey_and_the_image_says_so(tmp_path: Path) -> None:
    class Damaged(Slide):
        def region(self, x: int, y: int, width: int, height: int, level: int = 0) -> np.ndarray:
            if (x, y, level) == (512, 0, 0):
                raise CorruptTile("damaged", where="slide")
            return super().region(x, y, width, height, level)

    out = tmp_path / "out"
    out.mkdir()
    with open_slide(drawn(tmp_path)) as whole:
        slide = Damaged(whole._pyramid, "slide", "1")
        base, small = write_levels(slide, WHOSE, out)
    assert dcmread(base).ImageComments == "1 tiles could not be read and are grey."
    assert "ImageComments" not in dcmread(small)
    assert errors(base, tmp_path) == []
    with open_slide(out) as again:
        assert np.abs(again.region(520, 8, 64, 64).astype(int) - 128).max() <= 3


def test_the_colour_profile_goes_along(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = tmp_path / "picture.png"
    pixels = np.full((300, 400, 3), 200, np.uint8)
    Image.fromarray(pixels).save(picture, dpi=(50_800, 50_800), icc_profile=profile)
    (base,) = written(picture, WHOSE, tmp_path / "out")
    kept = dcmread(base).OpticalPathSequence[0].ICCProfile
    assert kept[: len(profile)] == profile
    assert errors(base, tmp_path) == []
    plain = dcmread(written(drawn(tmp_path), WHOSE, tmp_path / "plain")[0])
    own = ImageCms.ImageCmsProfile(BytesIO(plain.OpticalPathSequence[0].ICCProfile))
    assert "sRGB" in ImageCms.getProfileDescription(own)


@pytest.mark.data
@pytest.mark.requirement("IMG-14")
def test_a_scanners_slide_becomes_a_valid_one(tmp_path: Path) -> None:
    data = os.environ.get("WARDROUND_DATA")
    if data is None:
        pytest.skip("WARDROUND_DATA is not set: the slide is there")
    path = Path(data) / "wsi" / "cmu-1-small-region.svs"
    levels = written(path, WHOSE, tmp_path / "out")
    assert [errors(one, tmp_path) for one in levels] == [[], []]
    with open_slide(path) as first, open_slide(tmp_path / "out") as again:
        assert again.dimensions == first.dimensions
        assert again.mpp == pytest.approx(first.mpp)
        was, now = (one.region(900, 900, 512, 512).astype(int) for one in (first, again))
        assert np.abs(was - now).mean() < 8
        assert np.corrcoef(was[..., 1].ravel(), now[..., 1].ravel())[0, 1] > 0.98
