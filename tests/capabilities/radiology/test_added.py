"""A model that a site added, asked about an image: findings, or the reason for none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import helper

from tests.capabilities.radiology.studies import (
    Bulk,
    Held,
    draft,
    drafted,
    radiograph,
)
from tests.capabilities.radiology.studies import Reader as Known
from tests.engines.vision.made import CODES, classifier, folder, network, tensor
from tests.engines.vision.test_regions import segmenter
from wardround.capabilities.radiology import (
    SNOMED,
    Added,
    Offered,
    Radiology,
    Reading,
    Report,
    deciding,
)
from wardround.capabilities.radiology.fhir import resources
from wardround.engines.vision import VisionModel, load_model
from wardround.kernel import Model

TWO = [
    {**CODES[0], "threshold": 0.4},
    {"code": "RID5350", "system": "http://radlex.org", "display": "Pneumothorax"},
]
UNCHECKED = "This model has no check for images unlike those it learned from."


def of(where: Path, **changed: Any) -> Added:
    """A model of a folder that is made as ``folder`` says."""
    made = load_model(folder(where, **changed))
    name = str(changed.get("name", "made"))
    return Added(Model(name=name, version="1", digest=made.digest), made.manifest, lambda: made)


def asked(**changed: Any) -> dict[str, Any]:
    """The input of a manifest, changed."""
    steps = [{"window": [0, 4095]}, {"resize": {"size": [8, 8]}}]
    said = {"modality": ["DX"], "body_part": ["CHEST"], "size": [8, 8], "steps": steps}
    return {**said, **changed}


def bright(side: int = 64, **more: Any) -> bytes:
    """A radiograph that is dark, but for a bright square of 16 by 12 pixels."""
    pixels = np.zeros((side, side), "<u2")
    pixels[8:24, 20:32] = 4095
    return radiograph(Rows=side, Columns=side, PixelData=pixels.tobytes(), **more)


def house(*readers: Added, known: Known | None = None) -> Radiology:
    """A radiology in which these models are live."""
    shipped = known or Known(Reading())
    return Radiology(shipped, Bulk(), lambda _: [Offered(one) for one in readers])


def report_of(radiology: Radiology, *files: bytes) -> tuple[Report, Any]:
    chart = Held(*files)
    made = drafted(radiology, chart)
    assert made.abstained is None, made.abstained
    return Report.model_validate(made.content), made


@pytest.mark.requirement("RAD-21")
def test_each_class_is_a_finding_by_its_own_threshold(tmp_path: Path) -> None:
    model = of(
        tmp_path,
        files={"m.onnx": classifier(classes=2, weight=np.zeros((64, 2)))},
        input=asked(),
        outputs=[
            {
                "name": "score",
                "codes": TWO,
                "activation": "sigmoid",
                "calibration": {"kind": "platt", "slope": 1.0, "intercept": -0.2},
                "threshold": 0.9,
            }
        ],
    )
    report, made = report_of(house(model), radiograph())
    assert made.model == model.model
    chance = 1 / (1 + np.exp(0.2))
    assert [one.probability for one in report.findings] == pytest.approx([chance, chance])
    assert [one.likely for one in report.findings] == [True, False]
    assert not any(one.sure for one in report.findings)
    assert UNCHECKED in report.remarks
    assert report.unlike is None
    assert not any("calibrated" in one for one in report.remarks)
    report = Report.model_validate(deciding_all(made))
    chart = Held(radiograph())
    signed = draft(made.model_copy(update={"content": report.model_dump(mode="json")}), chart)
    codes = [
        one["code"]["coding"][0]["system"]
        for one in resources(signed, *signing(), chart)
        if one["resourceType"] == "Observation"
    ]
    assert codes == [SNOMED, "http://radlex.org"]


def signing() -> tuple[Any, Any]:
    from tests.capabilities.radiology.studies import AT, RAO

    return RAO, AT


def deciding_all(made: Any) -> dict[str, Any]:
    content = dict(made.content)
    content["findings"] = [{**one, "state": "confirmed"} for one in content["findings"]]
    return content


@pytest.mark.requirement("RAD-21")
def test_what_is_not_calibrated_is_said_not_to_be(tmp_path: Path) -> None:
    report, _ = report_of(house(of(tmp_path, input=asked())), radiograph())
    assert any("not calibrated: Pneumonia" in one for one in report.remarks)


def detector(boxes: Any, scores: Any) -> bytes:
    """Boxes that are always the same, whatever the image."""
    return network(
        [
            helper.make_node("ReduceMean", ["image"], ["mean"], keepdims=0),
            helper.make_node("Mul", ["mean", "none"], ["nothing"]),
            helper.make_node("Add", ["b", "nothing"], ["boxes"]),
            helper.make_node("Add", ["s", "nothing"], ["scores"]),
        ],
        {"image": [1, 1, 64, 64]},
        {"boxes": None, "scores": None},
        [tensor("none", [0.0]), tensor("b", [boxes]), tensor("s", [scores])],
    )


def detects(where: Path, scores: Any) -> Added:
    return of(
        where,
        files={"m.onnx": detector([[20, 8, 32, 24], [40, 40, 50.5, 63]], scores)},
        task="detection",
        features=None,
        input=asked(size=[64, 64], steps=[{"window": [0, 4095]}, {"resize": {"size": [64, 64]}}]),
        outputs=[
            {"name": "boxes", "kind": "boxes"},
            {"name": "scores", "kind": "scores", "codes": CODES, "threshold": 0.5},
        ],
    )


@pytest.mark.requirement("RAD-21")
def test_boxes_are_the_regions_of_one_finding(tmp_path: Path) -> None:
    report, made = report_of(house(detects(tmp_path, [[0.6], [0.9]])), bright())
    (found,) = report.findings
    assert found.probability == pytest.approx(0.9)
    assert [(one.x, one.y, one.width, one.height) for one in found.regions] == [
        (40, 40, 11, 23),
        (20, 8, 12, 16),
    ]
    assert [one.width for one in made.evidence[0].sources] == [11, 12]


@pytest.mark.requirement("RAD-21")
def test_a_detector_that_finds_nothing_says_so(tmp_path: Path) -> None:
    report, _ = report_of(house(detects(tmp_path, [[0.1], [0.2]])), bright())
    assert report.findings == ()
    assert "It found no place of: Pneumonia." in report.remarks


@pytest.mark.requirement("RAD-21")
@pytest.mark.parametrize("spaced", [True, False])
def test_a_mask_is_a_region_with_its_area_where_spacing_is_known(
    tmp_path: Path, spaced: bool
) -> None:
    model = of(
        tmp_path,
        files={"m.onnx": segmenter()},
        task="segmentation",
        features=None,
        input=asked(size=[64, 64], steps=[{"window": [0, 4095]}, {"resize": {"size": [64, 64]}}]),
        outputs=[
            {
                "name": "bright",
                "kind": "mask",
                "codes": CODES,
                "activation": "sigmoid",
                "threshold": 0.5,
            }
        ],
    )
    more: dict[str, Any] = {} if spaced else {"PixelSpacing": None}
    report, made = report_of(house(model), bright(**more))
    (found,) = report.findings
    (region,) = found.regions
    assert (region.x, region.y, region.width, region.height) == (20, 8, 12, 16)
    assert found.area == (pytest.approx(12 * 16 * 0.04) if spaced else None)
    edit = deciding.mark(report, found.id, [region])
    assert isinstance(edit.value, dict)
    assert edit.value["area"] is None, "a region that a person drew has no measured area"
    chart = Held(bright())
    signed = draft(made.model_copy(update={"content": deciding_all(made)}), chart)
    (observation,) = [
        one for one in resources(signed, *signing(), chart) if one["resourceType"] == "Observation"
    ]
    units = [one["valueQuantity"]["code"] for one in observation["component"]]
    assert units == (["1", "mm2"] if spaced else ["1"])


@pytest.mark.requirement("RAD-22")
@pytest.mark.parametrize(
    ("wanted", "file", "why"),
    [
        ({}, {"Modality": "CT"}, "reads the modality DX; this is CT"),
        ({}, {"Modality": ""}, "does not say its modality"),
        ({}, {"BodyPartExamined": "HAND"}, "reads the body part CHEST; this is HAND"),
        ({}, {"BodyPartExamined": ""}, "does not say its body part"),
        ({"view": ["PA"]}, {"ViewPosition": "LL"}, "reads the view PA; this is LL"),
        ({"view": ["PA"]}, {"ViewPosition": ""}, "does not say its view"),
        ({"bits": 14}, {}, "12 bits; the model needs 14"),
        ({"spacing": [0.1, 0.1]}, {}, "pixels are 0.2 by 0.2 mm; the model needs 0.1 by 0.1"),
        ({"spacing": [0.1, 0.1]}, {"PixelSpacing": None}, "how large its pixels are"),
        ({}, {"ImageLaterality": "L"}, "one side of the body"),
        ({}, {"PatientOrientation": ["R", "F"]}, "left and right are exchanged"),
        ({}, {"Rows": 2, "Columns": 2, "PixelData": b"\1\0\2\0\3\0\4\0"}, "2 rows and 2 columns"),
        ({}, {"PixelData": bytes(64 * 48 * 2)}, "of one brightness throughout"),
        ({}, {"NumberOfFrames": 2, "PixelData": bytes(64 * 48 * 4)}, "It has 2 frames"),
    ],
)
def test_what_the_manifest_is_not_for_is_not_read(
    tmp_path: Path, wanted: dict[str, Any], file: dict[str, Any], why: str
) -> None:
    made = drafted(house(of(tmp_path, input=asked(**wanted))), Held(radiograph(**file)))
    assert made.abstained is not None
    assert why in made.abstained
    assert made.content == {}


def test_a_hand_has_a_side_and_any_body_part_is_taken_where_none_is_asked(tmp_path: Path) -> None:
    hand = radiograph(BodyPartExamined="HAND", ImageLaterality="L", PatientOrientation=["R", "F"])
    report, _ = report_of(house(of(tmp_path, input=asked(body_part=[]))), hand)
    assert [one.says for one in report.checks if not one.passed] == [
        "The file says that left and right are exchanged."
    ]


def raised(error: Exception) -> Callable[[], VisionModel]:
    def opening() -> VisionModel:
        raise error

    return opening


@pytest.mark.requirement("RAD-23")
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"files": {"m.onnx": classifier(bias=float("nan"))}}, "no number"),
        ({"files": {"m.onnx": classifier(weight=np.full(64, 1e38))}}, "no number"),
        (
            {
                "files": {"m.onnx": classifier(bias=9.0)},
                "outputs": [{"name": "score", "codes": CODES}],
            },
            "outside 0 to 1",
        ),
    ],
)
def test_an_answer_that_is_none_leaves_the_study_to_people(
    tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    steps = [{"window": [0, 10]}, {"resize": {"size": [8, 8]}}]
    made = drafted(house(of(tmp_path, input=asked(steps=steps), **changed)), Held(radiograph()))
    assert made.abstained is not None
    assert "made 1 did not answer." in made.abstained
    assert why in made.abstained
