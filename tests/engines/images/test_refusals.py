"""What cannot be read is refused with the reason, and without a word of the chart."""

import logging
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from pydicom.encaps import encapsulate
from pydicom.uid import MPEG2MPML, JPEG2000Lossless, JPEGBaseline8Bit

from tests.engines.images.files import dataset, dicom, written
from wardround.engines.images import read_facts, read_image
from wardround.kernel import InvalidInput

PIXELS = np.random.default_rng(0).integers(0, 4000, (64, 64)).astype("<u2")


def refusal(file: bytes) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        read_image(file, name="upload-1")
    error = caught.value
    assert error.mend
    assert error.where == "upload-1"
    assert "Doe" not in str(error)
    assert "4711" not in str(error)
    return error


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.99])
def test_a_file_cut_short_is_refused(share: float) -> None:
    whole = dicom(PIXELS)
    refusal(whole[: int(len(whole) * share)])


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_compressed_file_cut_short_is_refused(share: float) -> None:
    from pydicom.uid import JPEGLSLossless

    made = dataset(PIXELS)
    made.compress(JPEGLSLossless, generate_instance_uid=False)
    whole = written(made)
    refusal(whole[: int(len(whole) * share)])


@pytest.mark.requirement("IMG-05")
def test_an_unknown_codec_is_refused_by_what_it_is() -> None:
    made = dataset(PIXELS)
    made.PixelData = encapsulate([b"\1\2\3\4"])
    made["PixelData"].VR = "OB"
    made.file_meta.TransferSyntaxUID = MPEG2MPML
    file = written(made)
    for unknown in (file, file.replace(MPEG2MPML.encode(), b"1.2.840.10008.1.2.9.999")):
        assert "compressed" in refusal(unknown).what


@pytest.mark.requirement("IMG-05")
def test_a_report_is_no_image() -> None:
    made = dataset(PIXELS)
    for keyword in ("PixelData", "Rows", "Columns", "PhotometricInterpretation"):
        delattr(made, keyword)
    assert "no image" in refusal(written(made)).what
    headless = dataset(PIXELS)
    del headless.PixelData
    assert "no pixels" in refusal(written(headless)).what


@pytest.mark.requirement("IMG-04")
@pytest.mark.parametrize("size", [(0, 64), (64, 0), (50_000, 50_000)])
def test_no_pixels_and_too_many_are_refused_before_decoding(size: tuple[int, int]) -> None:
    file = dicom(PIXELS, Rows=size[0], Columns=size[1])
    assert "rows" in refusal(file).what
    with pytest.raises(InvalidInput):
        read_facts(file)


@pytest.mark.requirement("IMG-04")
def test_a_codestream_larger_than_its_header_is_refused() -> None:
    out = BytesIO()
    Pillow.new("L", (3000, 3000)).save(out, "JPEG")
    made = dataset(np.zeros((8, 8), np.uint8))
    made.PixelData = encapsulate([out.getvalue()])
    made["PixelData"].VR = "OB"
    made.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    assert "another size" in refusal(written(made)).what
    out = BytesIO()
    Pillow.new("L", (3000, 3000)).save(out, "JPEG2000")
    made.PixelData = encapsulate([out.getvalue()])
    made.file_meta.TransferSyntaxUID = JPEG2000Lossless
    assert "another size" in refusal(written(made)).what


@pytest.mark.requirement("IMG-04")
def test_a_deflated_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    from wardround.engines.images import inflating

    monkeypatch.setattr(inflating, "MOST", 2**20)
    made = dataset(np.zeros((2048, 2048), "<u2"))
    made.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    with pytest.raises(InvalidInput, match="unpacks to more"):
        read_image(written(made))


@pytest.mark.requirement("IMG-04")
def test_a_picture_that_tells_of_too_many_pixels_is_not_decoded() -> None:
    """A PNG of a few bytes whose header says 60,000 by 60,000."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    body = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = zlib.compress(b"\0" * 1000)
    body += struct.pack(">I", len(data)) + b"IDAT" + data
    body += struct.pack(">I", zlib.crc32(b"IDAT" + data))
    refusal(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    out = BytesIO()
    Pillow.fromarray((PIXELS % 255).astype(np.uint8)).save(out, kind)
    assert read_image(out.getvalue()).values.shape == (64, 64)
    assert "cut short" in refusal(out.getvalue()[: len(out.getvalue()) // 2]).what


@pytest.mark.requirement("IMG-05")
def test_an_array_of_objects_is_never_unpacked() -> None:
    out = BytesIO()
    np.save(out, np.array([[{}]], dtype=object), allow_pickle=True)
    assert "not numbers" in refusal(out.getvalue()).what


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("shape", [(4,), (2, 3, 4), (1, 4, 4, 3)])
def test_an_array_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    out = BytesIO()
    np.save(out, np.zeros(shape, np.float32))
    assert str(shape) in refusal(out.getvalue()).what


@pytest.mark.requirement("IMG-05")
def test_values_that_are_no_numbers_are_refused() -> None:
    out = BytesIO()
    np.save(out, np.array([[1, np.nan], [np.inf, 2]]))
    assert "2 of 4" in refusal(out.getvalue()).what


@pytest.mark.requirement("IMG-04")
def test_an_array_that_tells_of_too_many_values_is_not_held() -> None:
    out = BytesIO()
    np.lib.format.write_array_header_1_0(
        out, {"descr": "<f8", "fortran_order": False, "shape": (10**6, 10**6)}
    )
    assert "rows" in refusal(out.getvalue()).what


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7 Doe", b"\0" * 500, b"II*\0" + b"\0" * 64])
def test_what_is_no_image_is_refused(junk: bytes) -> None:
    refusal(junk)


@pytest.mark.requirement("IMG-05")
def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no such file"):
        read_image(tmp_path / "Doe.dcm", name="a")
    with pytest.raises(InvalidInput, match="no such file"):
        read_image(tmp_path)


@pytest.mark.requirement("IMG-05")
def test_a_single_pixel_is_an_image() -> None:
    image = read_image(dicom(np.array([[7]], "<u2")))
    assert image.values.tolist() == [[7]]
    assert image.grey().shape == (1, 1)


@pytest.mark.requirement("IMG-05")
@pytest.mark.parametrize("kind", ["", "YBR_PARTIAL_420", "ARGB", "HSV"])
def test_a_retired_photometric_interpretation_is_refused(kind: str) -> None:
    assert "photometric" in refusal(dicom(PIXELS, PhotometricInterpretation=kind)).what


@pytest.mark.requirement("IMG-06")
def test_nothing_of_a_file_is_logged_or_warned(caplog: pytest.LogCaptureFixture) -> None:
    """Warnings are errors here; pydicom would warn of a UID and a date by their values."""
    made = dataset(PIXELS)
    made.add_new("StudyDate", "DA", "20240101")
    made.add_new("PatientBirthDate", "DA", "19991231")
    file = written(made).replace(b"19991231", b"Doe 4711").replace(b"1.2.3.1", b"4711.xD")
    with caplog.at_level(logging.DEBUG):
        assert read_image(file).facts.rows == 64
    assert "4711" not in caplog.text


@pytest.mark.requirement("IMG-05")
def test_damage_anywhere_is_an_answer() -> None:
    """Bytes changed at random: an image or a refusal, never another error."""
    draw = np.random.default_rng(5)
    whole = dicom(PIXELS, WindowCenter="9", WindowWidth="9", PixelSpacing=["1", "1"])
    head = len(whole) - PIXELS.nbytes
    for _ in range(300):
        file = bytearray(whole)
        for place in draw.integers(0, head, 3):
            file[place] = draw.integers(0, 256)
        try:
            read_image(bytes(file)).grey()
        except InvalidInput:
            continue
