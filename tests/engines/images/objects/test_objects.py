"""Objects written beside an image: valid by dciodvfy, readable, and saying what was signed."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread

from tests.capabilities.radiology.studies import radiograph
from tests.engines.images.objects.checked import errors
from wardround.engines.images import Region, read_image
from wardround.engines.images.objects import (
    Marked,
    Statement,
    write_capture,
    write_report,
    write_segments,
    write_state,
)
from wardround.kernel import InvalidInput

PLACED = Marked(
    "Pneumonia",
    present=True,
    code="233604007",
    probability=0.91,
    regions=(Region(x=8, y=10, width=20, height=12),),
)
ABSENT = Marked("Pleural effusion", present=False, code="60046008", probability=0.04)
CORNERS = (Region(x=1, y=1, width=4, height=4), Region(x=20, y=20, width=4, height=4))
UNCODED = Marked("Something odd", present=True, regions=CORNERS)
NARROW = {"StudyID": "7", "AccessionNumber": "A1"}
FULL = radiograph(
    **NARROW,
    PatientOrientation=["L", "F"],
    ImagerPixelSpacing=[0.2, 0.2],
    SpecificCharacterSet="ISO_IR 192",
)
BARE = radiograph(PatientID="", PatientBirthDate="", PatientSex="")
WRITERS: dict[str, Callable[[list[bytes], Statement], bytes | None]] = {
    "report": write_report,
    "capture": write_capture,
    "state": write_state,
    "segments": lambda files, statement: write_segments(files, statement)[0],
}


def statement(*findings: Marked, key: str = "d1") -> Statement:
    return Statement(
        key=key,
        findings=findings,
        conclusion="Pneumonia of the right lower lobe. Größe unverändert." if findings else "",
        signer="Dr Kavita Rao",
        organization="Birch Clinic",
        model="chest",
        version="1",
        digest="a" * 64,
    )


def items(made: Dataset) -> Iterator[Dataset]:
    for one in made.get("ContentSequence", ()):
        yield one
        yield from items(one)


def read(data: bytes | None) -> Dataset:
    assert data is not None
    return dcmread(BytesIO(data))


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("source", [FULL, BARE], ids=["full", "bare"])
def test_each_object_is_valid_whatever_the_image_leaves_out(
    name: str, source: bytes, tmp_path: Path
) -> None:
    made = WRITERS[name](
        [source, radiograph(ViewPosition="LL")], statement(PLACED, ABSENT, UNCODED)
    )
    assert made is not None
    assert errors(made, tmp_path) == []


@pytest.mark.requirement("RAD-15")
@pytest.mark.parametrize("name", WRITERS)
def test_an_object_is_of_the_study_and_patient_of_its_image(name: str) -> None:
    for source in (FULL, BARE):
        image, made = read(source), read(WRITERS[name]([source], statement(PLACED)))
        for element in ("PatientID", "PatientName", "PatientBirthDate", "PatientSex"):
            assert element in made, "an archive takes it for another study"
            assert made.get(element, "") == image.get(element, "")
        assert made.StudyInstanceUID == image.StudyInstanceUID
        assert made.SeriesInstanceUID != image.SeriesInstanceUID


def test_the_same_report_is_the_same_objects() -> None:
    first, again = (read(write_report([FULL], statement(PLACED))) for _ in range(2))
    other = read(write_report([FULL], statement(PLACED, key="d2")))
    assert first.SOPInstanceUID == again.SOPInstanceUID != other.SOPInstanceUID


def test_a_report_says_what_was_signed_by_whom_and_with_which_model() -> None:
    made = read(write_report([FULL], statement(PLACED, ABSENT)))
    text = str(made)
    assert (made.VerificationFlag, made.CompletionFlag) == ("VERIFIED", "COMPLETE")
    assert str(made.VerifyingObserverSequence[0].VerifyingObserverName) == "Rao^Kavita"
    assert "Known present" in text
    assert "Known absent" in text
    assert "0.91" in text
    assert "POLYLINE" in text
    said = [one.TextValue for one in items(made) if "TextValue" in one]
    assert "Pneumonia of the right lower lobe. Größe unverändert." in said
    assert made.SpecificCharacterSet == "ISO_IR 192"
    assert made.ContentTemplateSequence[0].TemplateIdentifier == "1500"


def test_a_report_with_nothing_found_is_a_report(tmp_path: Path) -> None:
    assert errors(write_report([FULL], statement()), tmp_path) == []
    assert write_state([FULL], statement(ABSENT)) is None
    assert write_segments([FULL], statement(ABSENT)) == []


def test_every_frame_has_a_segment_frame_though_nothing_is_on_it() -> None:
    """Viewers that count on a frame for every image of a series lose what lies on the others."""
    series = [
        radiograph(
            Modality="CT",
            SOPClassUID="1.2.840.10008.5.1.4.1.1.2",
            FrameOfReferenceUID="1.2.3.4",
            ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
            ImagePositionPatient=[0, 0, place],
            SliceThickness=1,
            InstanceNumber=place + 1,
        )
        for place in range(3)
    ]
    box = Marked("Nodule", present=True, regions=(Region(x=4, y=4, width=8, height=8, image=1),))
    (one,) = write_segments(series, statement(box))
    made = read(one)
    assert made.NumberOfFrames == 3
    assert sorted(made.pixel_array.sum(axis=(1, 2)).tolist()) == [0, 0, 64]


def test_of_a_film_in_no_frame_of_reference_no_segments_can_be_made() -> None:
    film = radiograph(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.12.1",
        NumberOfFrames=3,
        PixelData=b"\0\0" * (64 * 48 * 3),
    )
    box = Marked("Stenosis", present=True, regions=(Region(x=4, y=4, width=8, height=8, frame=1),))
    assert write_segments([film], statement(box)) == []
    assert "POLYLINE" in str(read(write_report([film], statement(box))))


def test_marks_are_drawn_where_they_are_and_the_image_is_as_it_was() -> None:
    made = read(write_capture([FULL], statement(PLACED)))
    drawn = made.pixel_array.astype(int)
    grey = (read_image(FULL).grey() * 255).round()
    changed = np.abs(drawn - grey[..., None]).sum(axis=2) > 3
    assert all(changed[row, column] for row in (10, 21) for column in range(8, 28))
    assert all(changed[row, column] for row in range(10, 22) for column in (8, 27))
    assert not changed[:10].any()
    assert not changed[:, :8].any()
    assert not changed[22:].any()
    assert made.BurnedInAnnotation == "YES"


def test_what_is_no_dicom_gets_no_objects() -> None:
    with pytest.raises(InvalidInput, match="Only beside DICOM"):
        write_report([b"\x89PNG\r\n\x1a\n" + b"0" * 200], statement(PLACED))
    with pytest.raises(InvalidInput, match="one study"):
        write_report([FULL, radiograph(StudyInstanceUID="1.2.9")], statement(PLACED))
    lacking = read(FULL)
    del lacking.SeriesInstanceUID
    out = BytesIO()
    lacking.save_as(out)
    with pytest.raises(InvalidInput, match="SeriesInstanceUID"):
        write_report([out.getvalue()], statement(PLACED))
