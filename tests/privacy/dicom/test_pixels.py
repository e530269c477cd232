"""Words burned into pixels are found and blacked out; what cannot be looked at is refused."""

from io import BytesIO

import numpy as np
import pydicom
import pytest
from PIL import Image, ImageDraw, ImageFont
from pydicom.uid import JPEGBaseline8Bit

from tests.privacy.dicom.study import plain, written
from wardround.kernel import InvalidInput, Unavailable
from wardround.privacy.deid import Secret
from wardround.privacy.dicom import DicomCleaner, DicomOption, clean_dicom
from wardround.privacy.dicom.native import strip_jpeg
from wardround.privacy.dicom.ocr import Region
from wardround.privacy.dicom.pixels import clean_pixels

PLACE = Region(4, 12, 4, 12)


def image(shown_as: str, kind: str = "<u2", frames: int = 2) -> pydicom.Dataset:
    dataset = pydicom.dcmread(BytesIO(written(plain(32, 32))))
    colour = shown_as in {"RGB", "YBR_FULL"}
    pixels = np.full((frames, 32, 32, 3) if colour else (frames, 32, 32), 100, kind)
    pixels[:, 0, 0] = 7
    pixels[:, 31, 31] = 120
    dataset.NumberOfFrames = frames
    dataset.SamplesPerPixel = 3 if colour else 1
    dataset.PlanarConfiguration = 1 if colour else 0
    dataset.PhotometricInterpretation = shown_as
    dataset.BitsAllocated = dataset.BitsStored = 8 * pixels.dtype.itemsize
    dataset.HighBit = dataset.BitsStored - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    dataset.PixelData = (np.moveaxis(pixels, 3, 1) if colour else pixels).tobytes()
    return dataset


@pytest.mark.parametrize(
    ("shown_as", "kind", "black"),
    [
        ("MONOCHROME2", "<u2", 7),
        ("MONOCHROME2", "<i2", 7),
        ("MONOCHROME2", "u1", 7),
        ("MONOCHROME1", "<u2", 120),
        ("RGB", "u1", 0),
        ("YBR_FULL", "u1", 0),
    ],
)
def test_a_region_is_black_in_every_frame(shown_as: str, kind: str, black: int) -> None:
    dataset = image(shown_as, kind)
    assert clean_pixels(dataset, lambda _: [PLACE]) == 1
    after = dataset.pixel_array
    assert (after[:, 4:12, 4:12] == black).all()
    assert (after[:, 14:20, 14:20] != black).all()
    assert (len(dataset.PixelData) % 2, after.shape[0]) == (0, 2)


@pytest.mark.parametrize("wrong", [{"Rows": 65535, "Columns": 65535}, {"NumberOfFrames": 10**9}])
def test_an_image_of_more_pixels_than_can_be_held_is_refused(wrong: dict[str, int]) -> None:
    dataset = image("MONOCHROME2")
    for name, value in wrong.items():
        setattr(dataset, name, value)
    with pytest.raises(InvalidInput, match="larger than"):
        clean_pixels(dataset, lambda _: [])


def test_words_are_read_and_blacked_out() -> None:
    dataset = pydicom.dcmread(BytesIO(written(plain(200, 400))))
    picture = Image.new("L", (400, 200), 30)
    font = ImageFont.load_default(size=24)
    ImageDraw.Draw(picture).text((20, 20), "KOWALCZYK JAN 1962", fill=250, font=font)
    dataset.PixelData = (np.asarray(picture).astype("<u2") * 8).tobytes()
    assert clean_pixels(dataset) > 0
    assert dataset.pixel_array[15:50, 15:300].max() < 100 * 8


def test_no_tesseract_no_clean_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    cleaner = DicomCleaner(Secret.new(), [DicomOption.CLEAN_PIXELS])
    with pytest.raises(Unavailable, match="tesseract-ocr"):
        clean_dicom(BytesIO(written(plain())), cleaner)


def test_a_codec_that_is_lacking_is_said() -> None:
    dataset = image("MONOCHROME2")
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    with pytest.raises(InvalidInput, match="decoded"):
        clean_pixels(dataset, lambda _: [])


def test_one_bit_a_pixel_is_refused() -> None:
    dataset = image("MONOCHROME2")
    dataset.BitsAllocated = 1
    with pytest.raises(InvalidInput, match="8 or 16"):
        clean_pixels(dataset, lambda _: [])


def test_comments_in_a_jpeg_go() -> None:
    out = BytesIO()
    picture = Image.new("L", (16, 16), 128)
    picture.save(out, "JPEG", comment=b"Kowalczyk", exif=b"Exif\0\0Kowalczyk")
    stripped = strip_jpeg(out.getvalue() + b"Kowalczyk")
    assert b"Kowalczyk" in out.getvalue()
    assert b"Kowalczyk" not in stripped
    assert np.array_equal(np.asarray(Image.open(BytesIO(stripped))), np.asarray(picture))
