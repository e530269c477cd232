"""Facts are what a header declares; what it does not say, or what cannot be, is none."""

import numpy as np
import pytest
from pydicom.dataset import Dataset

from tests.engines.images.files import dataset, dicom, written
from wardround.engines.images import Facts, read_facts, read_image

PIXELS = np.zeros((4, 6), "<u2")


def facts(**changes: object) -> Facts:
    return read_facts(dicom(PIXELS, **changes))


def code(value: str, scheme: str = "SCT") -> list[Dataset]:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, "x"
    return [item]


@pytest.mark.requirement("IMG-03")
def test_what_a_header_says_is_a_fact() -> None:
    said = facts(
        BodyPartExamined="CHEST",
        ViewPosition="AP",
        ImageLaterality="U",
        PixelSpacing=["0.15", "0.2"],
        PatientOrientation=["L", "F"],
        BurnedInAnnotation="NO",
        AcquisitionDate="20240229",
        AcquisitionTime="134501.25",
    )
    assert (said.rows, said.columns, said.bits, said.signed) == (4, 6, 16, False)
    assert (said.modality, said.body_part, said.view) == ("DX", "CHEST", "AP")
    assert (said.laterality, said.spacing) == ("U", (0.15, 0.2))
    assert (said.mirrored, said.upside_down, said.burned_in) == (False, False, False)
    assert said.acquired == "2024-02-29T13:45:01"


@pytest.mark.requirement("IMG-03")
def test_what_a_header_does_not_say_is_none() -> None:
    said = facts(Modality="", PatientID="")
    assert (said.modality, said.body_part, said.view, said.laterality) == ("", "", "", "")
    assert (said.spacing, said.burned_in, said.mirrored, said.acquired) == (None, None, None, "")
    assert said.patient == ""
    assert any("patient ID" in remark for remark in said.remarks)


@pytest.mark.requirement("IMG-03")
@pytest.mark.parametrize("spacing", [["0", "0"], ["-1", "1"], ["1e9", "1"], ["0.2"]])
def test_a_spacing_that_cannot_be_is_none_and_told(spacing: list[str]) -> None:
    said = facts(PixelSpacing=spacing)
    assert said.spacing is None
    assert any("PixelSpacing" in remark for remark in said.remarks)


@pytest.mark.requirement("IMG-03")
def test_a_spacing_at_the_detector_is_told_apart() -> None:
    assert facts(ImagerPixelSpacing=["0.2", "0.2"]).spacing_from == "ImagerPixelSpacing"
    both = facts(ImagerPixelSpacing=["0.2", "0.2"], PixelSpacing=["0.18", "0.18"])
    assert (both.spacing, both.spacing_from) == ((0.18, 0.18), "PixelSpacing")
    fallen = facts(ImagerPixelSpacing=["0.2", "0.2"], PixelSpacing=["0", "0"])
    assert (fallen.spacing, fallen.spacing_from) == ((0.2, 0.2), "ImagerPixelSpacing")


@pytest.mark.requirement("IMG-03")
@pytest.mark.parametrize(
    ("value", "scheme", "view"),
    [
        ("272479007", "SCT", "PA"),
        ("R-10206", "SRT", "AP"),
        ("R-10236", "SNM3", "LL"),
        ("399067008", "SCT", "LATERAL"),
        ("1", "SCT", ""),
    ],
)
def test_a_view_is_told_by_its_code(value: str, scheme: str, view: str) -> None:
    assert facts(ViewCodeSequence=code(value, scheme)).view == view


@pytest.mark.requirement("IMG-03")
def test_a_body_part_is_told_by_its_code() -> None:
    assert facts(AnatomicRegionSequence=code("51185008")).body_part == "CHEST"
    assert facts(AnatomicRegionSequence=code("T-D8700", "SRT")).body_part == "HAND"


@pytest.mark.requirement("IMG-03")
def test_a_mirrored_and_a_turned_image_say_so() -> None:
    assert facts(PatientOrientation=["R", "F"]).mirrored is True
    assert facts(PatientOrientation=["L", "H"]).upside_down is True
    assert facts(PatientOrientation=["A", "F"]).mirrored is None


@pytest.mark.requirement("IMG-03")
def test_a_slice_tells_its_plane_and_place() -> None:
    said = facts(
        Modality="CT",
        ImageOrientationPatient=["1", "0", "0", "0", "1", "0"],
        ImagePositionPatient=["-200", "-180", "-312.5"],
        SliceThickness="1.25",
        ConvolutionKernel="B60f",
    )
    assert (said.plane, said.position, said.thickness, said.kernel) == (
        "axial",
        -312.5,
        1.25,
        "B60f",
    )
    assert said.orientation == ("L", "P")
    coronal = facts(ImageOrientationPatient=["1", "0", "0", "0", "0", "-1"])
    assert (coronal.plane, coronal.orientation) == ("coronal", ("L", "F"))
    assert facts(ImageOrientationPatient=["1", "0", "0", "1", "0", "0"]).plane == ""


@pytest.mark.requirement("IMG-03")
def test_overlays_are_counted_and_told() -> None:
    made = dataset(PIXELS)
    made.add_new(0x60000010, "US", 4)
    made.add_new(0x60000011, "US", 6)
    made.add_new(0x60000102, "US", 12)
    said = read_facts(written(made))
    assert said.overlays == 1
    assert any("unused bits" in remark for remark in said.remarks)


@pytest.mark.requirement("IMG-06")
def test_printed_facts_tell_nothing_of_the_patient() -> None:
    image = read_image(dicom(PIXELS, AcquisitionDate="19991231"), name="a")
    printed = repr(image) + repr(image.facts)
    for secret in ("4711", "Doe", "1999", "1.2.3", image.facts.patient):
        assert secret not in printed
    assert image.facts.patient == facts().patient
    assert image.facts.patient != facts(PatientID="MRN-4712").patient
    assert image.facts.patient != facts(IssuerOfPatientID="B").patient


@pytest.mark.requirement("IMG-04")
def test_facts_are_read_without_pixels(tmp_path: object) -> None:
    whole = dicom(np.zeros((512, 512), "<u2"))
    assert read_facts(whole[:4096]).rows == 512


@pytest.mark.requirement("IMG-03")
def test_a_broken_element_is_an_absent_one() -> None:
    made = dataset(PIXELS)
    made.add_new("SliceThickness", "DS", "1.0")
    file = written(made).replace(b"DS\x04\x001.0 ", b"DS\x04\x00thin")
    assert read_facts(file).thickness is None
