"""Whatever is planted, wherever, is gone; and the image is still one."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file

from tests.privacy.dicom.study import Study, plain, written
from wardround.privacy.deid import Secret
from wardround.privacy.dicom import DicomCleaner, DicomOption, clean_dicom, dicom_bytes

KEY = Secret(b"k" * 32)


def cleaned(data: bytes, *options: DicomOption) -> bytes:
    return dicom_bytes(clean_dicom(BytesIO(data), DicomCleaner(KEY, options)))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_nothing_planted_is_left_in_the_bytes() -> None:
    study = Study()
    out = cleaned(study.file())
    left = [word for word in study.planted if word.encode() in out]
    assert len(set(study.planted)) > 130
    assert not left
    assert b"kowal" not in out.lower()


def test_an_image_stays_an_image() -> None:
    before = plain()
    after = pydicom.dcmread(BytesIO(cleaned(written(before))))
    for keyword in (
        "SOPClassUID", "Modality", "ImageType", "PixelSpacing", "ImagePositionPatient",
        "ImageOrientationPatient", "WindowCenter", "RescaleSlope", "Rows", "BitsStored",
        "PixelData", "Manufacturer", "SliceThickness", "PhotometricInterpretation",
    ):  # fmt: skip
        assert after[keyword].value == before[keyword].value
    assert np.array_equal(after.pixel_array.ravel(), np.arange(64))


def test_the_makers_words_stay() -> None:
    before = plain()
    before.ManufacturerModelName = "Biograph 64 mCT"
    before.ConvolutionKernel = "B31f"
    before.SoftwareVersions = ["VB17A", "syngo MR E11"]
    before.WindowCenterWidthExplanation = ["BRAIN", "SOFT TISSUE"]
    after = pydicom.dcmread(BytesIO(cleaned(written(before))))
    for keyword in ("ManufacturerModelName", "ConvolutionKernel", "SoftwareVersions"):
        assert after[keyword].value == before[keyword].value
    before.ConvolutionKernel = "Kowalczyk"
    assert not pydicom.dcmread(BytesIO(cleaned(written(before)))).ConvolutionKernel


def test_a_file_says_what_was_done_to_it() -> None:
    after = pydicom.dcmread(BytesIO(cleaned(written(plain()), DicomOption.RETAIN_MODIFIED_DATES)))
    assert after.PatientIdentityRemoved == "YES"
    codes = [item.CodeValue for item in after.DeidentificationMethodCodeSequence]
    assert codes == ["113100", "113107"]
    assert after.LongitudinalTemporalInformationModified == "MODIFIED"
    assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID
    assert after.preamble == b"\0" * 128


def test_references_lead_to_the_files_they_led_to() -> None:
    image, report = plain(), plain()
    report.SOPInstanceUID = "1.2.3.4.5.6"
    reference = pydicom.Dataset()
    reference.ReferencedSOPClassUID = image.SOPClassUID
    reference.ReferencedSOPInstanceUID = image.SOPInstanceUID
    report.ReferencedImageSequence = [reference]
    one, other = (pydicom.dcmread(BytesIO(cleaned(written(d)))) for d in (image, report))
    assert other.ReferencedImageSequence[0].ReferencedSOPInstanceUID == one.SOPInstanceUID
    assert one.SOPInstanceUID.startswith("2.25.")
    assert one.StudyInstanceUID == other.StudyInstanceUID != image.StudyInstanceUID


def test_moved_dates_keep_their_distances() -> None:
    dates = []
    for day in ("20200101", "20200131"):
        image = plain()
        image.PatientID, image.StudyDate, image.StudyTime = "1", day, "101500"
        after = pydicom.dcmread(BytesIO(cleaned(written(image), DicomOption.RETAIN_MODIFIED_DATES)))
        assert after.StudyDate != day
        assert after.StudyTime == "101500"
        dates.append(after.StudyDate)
    first, second = (np.datetime64(f"{d[:4]}-{d[4:6]}-{d[6:]}") for d in dates)
    assert (second - first).astype(int) == 30


def test_an_age_over_89_is_90() -> None:
    image = plain()
    image.PatientAge, image.PatientSex = "094Y", "F"
    after = pydicom.dcmread(BytesIO(cleaned(written(image), DicomOption.RETAIN_PATIENT)))
    assert (after.PatientAge, after.PatientSex) == ("090Y", "F")
    assert "PatientAge" not in pydicom.dcmread(BytesIO(cleaned(written(image))))


def test_a_code_keeps_its_schemes_own_words() -> None:
    item = pydicom.Dataset()
    item.CodeValue, item.CodingSchemeDesignator = "T-D4000", "SRT"
    item.CodeMeaning = "Abdomen of Jan Kowalczyk"
    image = plain()
    image.AnatomicRegionSequence = [item]
    after = pydicom.dcmread(BytesIO(cleaned(written(image)))).AnatomicRegionSequence[0]
    assert (after.CodeValue, after.CodeMeaning) == (
        "T-D4000",
        "Abdominal structure (body structure)",
    )


def test_an_overlay_in_unused_bits_is_cleared() -> None:
    image = plain()
    image.BitsStored, image.HighBit = 12, 11
    image.PixelData = (np.arange(64, dtype="<u2") | 0x8000).tobytes()
    image.add_new(0x60000102, "US", 15)
    after = pydicom.dcmread(BytesIO(cleaned(written(image))))
    assert np.frombuffer(after.PixelData, "<u2").max() == 63


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "name",
    [
        "CT_small.dcm",
        "MR_small_bigendian.dcm",
        "MR_small_RLE.dcm",
        "SC_rgb_small_odd_big_endian.dcm",
        "JPEG2000.dcm",
    ],
)
def test_pixels_of_every_make_stay(name: str) -> None:
    path = str(get_testdata_file(name, download=False))
    before = pydicom.dcmread(path)
    after = pydicom.dcmread(BytesIO(cleaned(Path(path).read_bytes())))
    assert np.array_equal(after.pixel_array, before.pixel_array)
    assert str(before.PatientID or "no id") not in str(after)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_headers_a_second(benchmark) -> None:  # type: ignore[no-untyped-def]
    data = Study().file()
    cleaner = DicomCleaner(KEY)
    benchmark(lambda: dicom_bytes(clean_dicom(BytesIO(data), cleaner)))
