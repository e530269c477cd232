"""Whatever is planted, wherever, is gone; and the image is still one."""

from io import BytesIO

import pytest

from tests.privacy.dicom.study import Study
from wardround.privacy import DicomCleaner, DicomOption, Secret, clean_dicom, dicom_bytes

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
