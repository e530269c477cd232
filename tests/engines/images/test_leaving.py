"""Before an image leaves, what of it may tell whose it is is named."""

from pathlib import Path

import numpy as np
import pytest

from tests.engines.images.files import dataset, dicom, written
from wardround.engines.images import (
    SlidePhantom,
    open_slide,
    read_facts,
    removed,
    telling,
    write_slide,
)
from wardround.kernel import InvalidInput

PIXELS = np.zeros((4, 4), np.uint8)


@pytest.mark.requirement("IMG-12")
def test_what_is_telling_is_named() -> None:
    assert telling(read_facts(dicom(PIXELS))) == ("the header's names, numbers and dates",)
    worded = telling(read_facts(dicom(PIXELS, Modality="US")))
    assert "words in the pixels" in worded
    clean = telling(read_facts(dicom(PIXELS, Modality="US", BurnedInAnnotation="NO")))
    assert "words in the pixels" not in clean
    made = dataset(PIXELS, BurnedInAnnotation="YES")
    made.add_new(0x60000010, "US", 4)
    assert len(telling(read_facts(written(made)))) == 3


@pytest.mark.requirement("IMG-12")
def test_it_stays_where_nobody_removes_it() -> None:
    file = dicom(PIXELS)
    facts = read_facts(file)
    with pytest.raises(InvalidInput, match="names, numbers and dates"):
        removed(file, facts, None)
    assert removed(file, facts, lambda whole: whole[:4]) == file[:4]


@pytest.mark.requirement("IMG-12")
def test_privacy_removes_it() -> None:
    from io import BytesIO

    from wardround.privacy.deid import Secret
    from wardround.privacy.dicom import DicomCleaner, clean_dicom, dicom_bytes

    cleaner = DicomCleaner(Secret.new(), [])
    file = dicom(PIXELS)
    left = removed(
        file, read_facts(file), lambda whole: dicom_bytes(clean_dicom(BytesIO(whole), cleaner))
    )
    assert b"Doe" not in left
    assert b"4711" not in left


@pytest.mark.requirement("IMG-12")
def test_a_slide_tells_by_its_name(tmp_path: Path) -> None:
    write_slide(SlidePhantom(width=300, height=300), tmp_path / "s.tif")
    with open_slide(tmp_path / "s.tif") as slide:
        assert telling(slide) == ("the file's name and notes",)
