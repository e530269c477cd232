"""Objects beside a slide: valid by dciodvfy, read back by highdicom, in their places."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import highdicom as hd
import numpy as np
import pytest
from pydicom import Dataset, dcmread

from tests.engines.images.objects.checked import errors
from tests.engines.images.whole_slide import write_level
from wardround.engines.images import (
    Accession,
    Marked,
    Measured,
    Outlines,
    Region,
    SlidePhantom,
    Statement,
    draw_slide,
    open_slide,
    write_annotations,
    write_levels,
    write_mask,
    write_report,
    write_slide,
)
from wardround.engines.images.objects import annotations, masks

WHOSE = Accession("Patient/ada:1", datetime(2026, 3, 4, tzinfo=UTC), "HL-1", "Vega^Ada")
PLACE = Region(x=10, y=20, width=300, height=200)
AWAY = Region(x=700, y=500, width=256, height=256)
TUMOUR = ("108369006", "SCT", "Neoplasm")
STATEMENT = Statement(
    key="d1",
    findings=(Marked("Tumour", present=True, regions=(PLACE,)),),
    measures=(
        Measured("nuclei", "Nuclei", 1234, "count"),
        Measured("nuclear-area", "Nuclear area, median", 51.25, "um2"),
        Measured("nuclear-circularity", "Nuclear circularity, median", 0.8125, "1"),
        Measured("labelling-index", "Nuclei stained with DAB", 12.5, "%"),
        Measured("nuclei-per-area", "Nuclei by area of tissue", 2345.5, "/mm2", own=True),
        Measured("hot-spot", "Nuclei in a square of 1 mm²", 3210, "/mm2", regions=(PLACE,)),
        Measured(
            "tumour-share", "Tumour", 0.75, "1", (PLACE, AWAY), by=("ours", "3"), about=TUMOUR
        ),
    ),
    conclusion="Invasive carcinoma. Größe unverändert.",
    signer="Dr Kavita Rao",
    organization="Birch Clinic",
    model="wardround-nuclei",
    version="1",
    digest="a" * 64,
)
PHANTOM = SlidePhantom(width=1300, height=900, mpp=0.5)


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A slide of 1,300 by 900 pixels that was a TIFF."""
    folder = tmp_path_factory.mktemp("levels")
    write_slide(PHANTOM, folder / "slide.tiff")
    out = folder / "out"
    out.mkdir()
    with open_slide(folder / "slide.tiff") as slide:
        return write_levels(slide, WHOSE, out)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A slide that was DICOM, and says as little as it may."""
    path = tmp_path_factory.mktemp("foreign") / "level.dcm"
    write_level(path, draw_slide(PHANTOM)[0], 0.0005)
    return path


def outlines(corners: int = 20, closed: bool = False) -> Outlines:
    """Circles of 8 pixels in the places of the phantom's nuclei."""
    drawn = draw_slide(PHANTOM)[1]
    middles = np.array([(one.x + 0.5, one.y + 0.5) for one in drawn], np.float32)
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=closed)
    around = 8 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    if closed:
        around[-1] = around[0]
    areas = np.full(len(drawn), np.pi * 16, np.float32)
    return Outlines(middles, (middles[:, None] + around).astype(np.float32), areas)


def items(made: Dataset) -> Iterator[Dataset]:
    for one in made.get("ContentSequence", ()):
        yield one
        yield from items(one)


def read(data: bytes | None, reader: object = dcmread) -> object:
    assert data is not None
    assert callable(reader)
    return reader(BytesIO(data))


def in_pixels(level: Path, places: np.ndarray) -> np.ndarray:
    back = hd.spatial.ReferenceToImageTransformer.for_image(
        dcmread(level, stop_before_pixels=True), for_total_pixel_matrix=True
    )
    return np.asarray(back(places.astype(float)))[:, :2]


@pytest.mark.requirement("PATH-15")
def test_each_object_is_valid_on_any_slide(
    levels: list[Path], foreign: Path, tmp_path: Path
) -> None:
    for files in (levels, [foreign]):
        for made in (
            write_report(files[:1], STATEMENT),
            write_annotations(files[0], STATEMENT, outlines()),
            write_mask(files, STATEMENT, outlines()),
        ):
            assert made is not None
            assert errors(made, tmp_path) == []
            image, one = dcmread(files[0]), dcmread(BytesIO(made))
            assert one.StudyInstanceUID == image.StudyInstanceUID
            assert one.PatientID == image.PatientID
            assert one.PatientName == image.PatientName
            assert image.SOPInstanceUID in str(one)


@pytest.mark.requirement("PATH-15")
@pytest.mark.parametrize("closed", [False, True])
def test_outlines_lie_on_their_nuclei(levels: list[Path], closed: bool) -> None:
    nuclei = outlines(closed=closed)
    made = read(write_annotations(levels[0], STATEMENT, nuclei), hd.ann.annread)
    assert isinstance(made, hd.ann.MicroscopyBulkSimpleAnnotations)
    (group,) = made.get_annotation_groups()
    assert group.graphic_type == hd.ann.GraphicTypeValues.POLYGON
    assert group.annotated_property_type.value == "84640000"
    assert group.algorithm_identification is not None
    assert group.algorithm_identification.name == "wardround-nuclei"
    assert group.number_of_annotations == len(nuclei) > 400
    assert nuclei.corners is not None
    for place in (0, 100, len(nuclei) - 1):
        ring = group.get_coordinates(place + 1, "3D")
        asked = nuclei.corners[place][:-1] if closed else nuclei.corners[place]
        size = np.array([PHANTOM.width, PHANTOM.height])
        assert in_pixels(levels[0], ring) == pytest.approx(np.clip(asked, 0, size), abs=0.02)
    names, values, units = group.get_measurements()
    assert (names[0].value, units[0].value) == ("42798000", "um2")
    assert values[:, 0] == pytest.approx(np.pi * 16, rel=1e-4)


def test_too_many_to_outline_are_points(
    levels: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nuclei = outlines()
    monkeypatch.setattr(annotations, "MOST_OUTLINED", len(nuclei) - 1)
    data = write_annotations(levels[0], STATEMENT, nuclei)
    assert data is not None
    assert errors(data, tmp_path) == []
    made = read(data, hd.ann.annread)
    assert isinstance(made, hd.ann.MicroscopyBulkSimpleAnnotations)
    (group,) = made.get_annotation_groups()
    assert group.graphic_type == hd.ann.GraphicTypeValues.POINT
    places = np.concatenate(group.get_graphic_data("3D"))
    assert in_pixels(levels[0], places) == pytest.approx(nuclei.middles, abs=0.02)


def test_without_nuclei_nothing_is_drawn(levels: list[Path]) -> None:
    none = Outlines(np.zeros((0, 2), np.float32), np.zeros((0, 20, 2), np.float32))
    assert write_annotations(levels[0], STATEMENT, none) is None
    assert write_mask(levels, STATEMENT, none) is None
    assert write_mask(levels, STATEMENT, Outlines(outlines().middles)) is None


@pytest.mark.requirement("PATH-15")
def test_segments_cover_their_nuclei_and_every_tile_is_there(
    levels: list[Path], tmp_path: Path
) -> None:
    corner = Outlines(
        np.array([[100, 100]], np.float32),
        np.array([[[90, 90], [110, 90], [110, 110], [90, 110]]], np.float32),
    )
    made = read(write_mask(levels, STATEMENT, corner), hd.seg.segread)
    assert isinstance(made, hd.seg.Segmentation)
    assert made.NumberOfFrames == dcmread(levels[0]).NumberOfFrames == 6
    whole = made.get_total_pixel_matrix(combine_segments=True)
    assert whole.shape == (900, 1300)
    assert whole[91:109, 91:109].all()
    assert not whole[:, 112:].any()
    assert not whole[112:].any()
    assert not whole[:88].any()


def test_a_level_too_large_leaves_segments_to_the_next(
    levels: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masks, "MOST_PIXELS", 1300 * 900 - 1)
    data = write_mask(levels, STATEMENT, outlines())
    assert data is not None
    assert errors(data, tmp_path) == []
    made = read(data, hd.seg.segread)
    assert isinstance(made, hd.seg.Segmentation)
    whole = made.get_total_pixel_matrix(combine_segments=True)
    assert whole.shape == (225, 325)
    middles = (outlines().middles / 4).astype(int)
    assert whole[middles[:, 1], middles[:, 0]].mean() > 0.98
    assert write_mask(levels[:1], STATEMENT, outlines()) is None


@pytest.mark.requirement("PATH-15")
def test_a_report_says_the_measures_with_their_units(levels: list[Path]) -> None:
    made = read(write_report(levels[:1], STATEMENT), hd.sr.srread)
    assert isinstance(made, hd.sr.ComprehensiveSR)
    assert made.VerificationFlag == "VERIFIED"
    root = made.content
    assert isinstance(root, hd.sr.MeasurementReport)
    whole = root.get_image_measurement_groups()
    said = {
        one.name.value: (one.value, one.unit.value)
        for group in whole
        for one in group.get_measurements()
    }
    assert said == {
        "nuclei": (1234, "1"),
        "nuclear-area": (51.25, "um2"),
        "nuclear-circularity": (0.8125, "1"),
        "labelling-index": (12.5, "%"),
        "nuclei-per-area": (2345.5, "/mm2"),
        "tumour-share": (0.75, "1"),
    }
    models = [
        {name for name in ("wardround-nuclei", "ours") if name in str(group)} for group in whole
    ]
    assert {frozenset(one) for one in models} == {
        frozenset({"wardround-nuclei"}),
        frozenset({"ours"}),
        frozenset(),
    }, "what a person counted is no algorithm's"
    (other,) = (group for group in whole if "ours" in str(group))
    assert other.finding_type is not None
    assert other.finding_type.value == TUMOUR[0]
    (share,) = other.get_measurements()
    assert len(share.referenced_coordinates) == 2
    placed = root.get_planar_roi_measurement_groups()
    assert len(placed) == 2
    for group in placed:
        assert group.roi is not None
        assert group.roi.value[0] == pytest.approx([10, 20])
        assert group.roi.PixelOriginInterpretation == "VOLUME"
    said_last = [
        (str(one.ConceptNameCodeSequence[0].CodeValue), one.TextValue)
        for one in items(made)
        if one.get("ValueType") == "TEXT"
    ]
    assert ("22637-3", "Invasive carcinoma. Größe unverändert.") in said_last


def test_the_same_report_is_the_same_objects(levels: list[Path]) -> None:
    def made() -> list[str]:
        written = (
            write_report(levels[:1], STATEMENT),
            write_annotations(levels[0], STATEMENT, outlines()),
            write_mask(levels, STATEMENT, outlines()),
        )
        return [str(dcmread(BytesIO(one)).SOPInstanceUID) for one in written if one is not None]

    once = made()
    assert once == made()
    assert len(set(once)) == 3
