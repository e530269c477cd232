"""Boxes and masks come back to the pixels of the original image."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import helper

from tests.engines.vision.made import CODES, Facts, Image, folder, network, tensor
from tests.engines.vision.test_preparing import CROPPED, SPACED, SQUARE, TURNED, marked
from wardround.engines.vision import VisionModel, kept_apart, load_model
from wardround.kernel import InvalidInput

TWO = [*CODES, {"code": "36118008", "system": "http://snomed.info/sct", "display": "Pneumothorax"}]


def declared(*steps: Any, size: tuple[int, int] = (64, 64)) -> dict[str, Any]:
    return {"modality": ["DX"], "size": list(size), "steps": list(steps)}


def segmenter(classes: int = 1, coarser: int = 1) -> bytes:
    """Bright is something: sigmoid of 20 (x - .5); of two classes the first is the background."""
    nodes = [
        helper.make_node(
            "AveragePool", ["image"], ["pooled"], kernel_shape=[coarser] * 2, strides=[coarser] * 2
        ),
        helper.make_node("Sub", ["pooled", "half"], ["less"]),
        helper.make_node("Mul", ["less", "twenty"], ["bright"]),
        helper.make_node("Neg", ["bright"], ["dark"]),
        helper.make_node("Concat", ["dark", "bright"], ["two"], axis=1),
        helper.make_node("ArgMax", ["two"], ["which"], axis=1),
        helper.make_node("Cast", ["which"], ["label"], to=1),
    ]
    return network(
        nodes,
        {"image": ["n", 1, 64, 64]},
        {"bright": None, "two": None, "label": None},
        [tensor("half", [0.5]), tensor("twenty", [20.0])],
    )


MASKS: dict[str, dict[str, Any]] = {
    "sigmoid": {"name": "bright", "activation": "sigmoid", "threshold": 0.5},
    "softmax": {"name": "two", "activation": "softmax", "background": 0},
    "argmax": {"name": "label", "activation": "argmax", "background": 0},
}


def segments(where: Path, kind: str, steps: Any, **more: Any) -> VisionModel:
    output = {"kind": "mask", "codes": CODES, **MASKS[kind], **more}
    return load_model(
        folder(
            where,
            {"m.onnx": segmenter(coarser=2 if kind == "softmax" else 1)},
            task="segmentation",
            features=None,
            input=declared(*steps),
            outputs=[output],
        )
    )


@pytest.mark.requirement("VIS-05")
@pytest.mark.parametrize("kind", MASKS)
@pytest.mark.parametrize("steps", [SQUARE, CROPPED, SPACED, TURNED])
def test_a_mask_lies_where_it_was_drawn(tmp_path: Path, kind: str, steps: Any) -> None:
    model = segments(tmp_path, kind, steps)
    box = (40, 20, 100, 96)
    prepared = model.prepared(Image(marked((120, 150), box), Facts(spacing=(2.0, 1.5))))
    (region,) = model.regions(model.run(prepared.values[None]), 0, prepared)
    pixel = 2 * max(1 / one for one in prepared.geometry.scale)
    assert region.box == pytest.approx(box, abs=pixel)
    assert region.area == pytest.approx(60 * 76, rel=0.15)
    assert region.area_mm2 == pytest.approx(region.area * 3.0)
    assert region.code.display == "Pneumonia"
    xs, ys = np.array(region.contour).T
    assert (xs.min(), ys.min(), xs.max(), ys.max()) == pytest.approx(box, abs=pixel)
    assert (region.probability is None) == (kind == "argmax")
    assert 0.5 < (region.probability or 1) <= 1


def test_parts_are_told_apart_the_largest_first_and_specks_left_out(tmp_path: Path) -> None:
    values = marked((64, 64), (2, 2, 12, 12))
    values[30:50, 30:50] = 200
    values[36:40, 36:40] = 0  # a hole is not counted
    values[60, 60] = 200
    model = segments(tmp_path, "sigmoid", SQUARE, least_area=4)
    prepared = model.prepared(Image(values))
    first, second = model.regions(model.run(prepared.values[None]), 0, prepared)
    assert first.area_mm2 is None
    assert (first.area, second.area) == (400 - 16, 100)
    assert first.box == (30, 30, 50, 50)


def test_an_image_with_nothing_has_no_region(tmp_path: Path) -> None:
    model = segments(tmp_path, "softmax", SQUARE)
    prepared = model.prepared(Image(np.zeros((64, 64))))
    assert model.regions(model.run(prepared.values[None]), 0, prepared) == ()


def detector(columns: int) -> bytes:
    """The image is its own answer: a row is a box and its scores."""
    nodes = [
        helper.make_node("Squeeze", ["image", "one"], ["rows"]),
        helper.make_node("Slice", ["rows", "a", "b", "axis"], ["boxes"]),
        helper.make_node("Slice", ["rows", "b", "c", "axis"], ["scores"]),
    ]
    numbers = {"one": [1], "a": [0], "b": [4], "c": [4 + columns], "axis": [2]}
    return network(
        nodes,
        {"image": ["n", 1, 8, 8]},
        {"boxes": None, "scores": None},
        [helper.make_tensor(name, 7, [1], value) for name, value in numbers.items()],
    )


def detects(where: Path, data: bytes, codes: Any = CODES, **boxes: Any) -> VisionModel:
    scores = {"name": "scores", "kind": "scores", "codes": codes, "threshold": 0.5}
    outputs = [{"name": "boxes", "kind": "boxes", **boxes}, scores]
    if b"labels" in data:
        scores["background"] = 0
        outputs.append({"name": "labels", "kind": "labels"})
    steps = ({"window": [0, 1]}, {"resize": {"size": [8, 8]}})
    return load_model(
        folder(
            where,
            {"m.onnx": data},
            task="detection",
            features=None,
            input=declared(*steps, size=(8, 8)),
            outputs=outputs,
        )
    )


SAME = {"xyxy": [2, 1, 6, 3], "xywh": [2, 1, 4, 2], "cxcywh": [4, 2, 4, 2]}


@pytest.mark.requirement("VIS-05")
@pytest.mark.parametrize("form", SAME)
@pytest.mark.parametrize("unit", ["pixels", "fraction"])
def test_a_box_is_read_as_it_is_written(tmp_path: Path, form: str, unit: str) -> None:
    model = detects(tmp_path, detector(1), format=form, unit=unit)
    prepared = model.prepared(Image(np.zeros((80, 40))))
    batch = np.zeros((2, 1, 8, 8), np.float32)
    batch[1, 0, 3, :5] = [*(one / (8 if unit == "fraction" else 1) for one in SAME[form]), 0.9]
    outputs = model.run(batch)
    assert model.regions(outputs, 0, prepared) == ()
    (region,) = model.regions(outputs, 1, prepared)
    assert region.box == pytest.approx((10, 10, 30, 30))
    assert region.area == pytest.approx(400)
    assert region.probability == pytest.approx(0.9)
    assert len(region.contour) == 4


def test_of_boxes_that_overlap_the_surer_stays_for_each_finding(tmp_path: Path) -> None:
    model = detects(tmp_path, detector(2), TWO)
    prepared = model.prepared(Image(np.zeros((8, 8))))
    batch = np.zeros((1, 1, 8, 8), np.float32)
    batch[0, 0, :4, :6] = [
        [0, 0, 4, 4, 0.7, 0.0],
        [0, 0, 4, 5, 0.8, 0.6],
        [5, 5, 8, 8, 0.9, 0.4],
        [0, 0, 99, 99, 0.2, 0.2],
    ]
    found = model.regions(model.run(batch), 0, prepared)
    assert [(one.code.display, round(one.probability or 0, 1)) for one in found] == [
        ("Pneumonia", 0.9),
        ("Pneumonia", 0.8),
        ("Pneumothorax", 0.6),
    ]


def test_a_box_beyond_the_image_is_cut_and_one_without_size_left_out(tmp_path: Path) -> None:
    model = detects(tmp_path, detector(1))
    prepared = model.prepared(Image(np.zeros((8, 8))))
    batch = np.zeros((1, 1, 8, 8), np.float32)
    batch[0, 0, :3, :5] = [[-3, -3, 2, 20, 0.9], [3, 3, 3, 3, 0.9], [6, 6, 4, 4, 0.9]]
    (region,) = model.regions(model.run(batch), 0, prepared)
    assert region.box == (0, 0, 2, 8)


def listing() -> bytes:
    """As torchvision exports a detector: as many boxes as there are, without an axis for images."""
    nodes = [
        helper.make_node("Squeeze", ["image", "both"], ["rows"]),
        helper.make_node("Slice", ["rows", "eight", "nine", "axis"], ["there"]),
        helper.make_node("Squeeze", ["there", "axis"], ["flags"]),
        helper.make_node("Cast", ["flags"], ["chosen"], to=9),
        helper.make_node("Compress", ["rows", "chosen"], ["kept"], axis=0),
        helper.make_node("Slice", ["kept", "zero", "four", "axis"], ["boxes"]),
        helper.make_node("Slice", ["kept", "four", "five", "axis"], ["score"]),
        helper.make_node("Squeeze", ["score", "axis"], ["scores"]),
        helper.make_node("Slice", ["kept", "five", "six", "axis"], ["label"]),
        helper.make_node("Squeeze", ["label", "axis"], ["labels"]),
    ]
    numbers = {"zero": 0, "four": 4, "five": 5, "six": 6, "eight": 7, "nine": 8, "axis": 1}
    weights = [helper.make_tensor(name, 7, [1], [value]) for name, value in numbers.items()]
    return network(
        nodes,
        {"image": [1, 1, 8, 8]},
        {"boxes": ["k", 4], "scores": ["k"], "labels": ["k"]},
        [*weights, helper.make_tensor("both", 7, [2], [0, 1])],
    )


def test_a_detector_that_lists_what_it_finds(tmp_path: Path) -> None:
    model = detects(tmp_path, listing(), TWO)
    prepared = model.prepared(Image(np.zeros((8, 8))))
    batch = np.zeros((3, 1, 8, 8), np.float32)
    batch[1, 0, 0] = [1, 1, 3, 3, 0.8, 2, 0, 1]
    batch[2, 0, :2] = [[1, 1, 3, 3, 0.7, 1, 0, 1], [4, 4, 8, 8, 0.9, 2, 0, 1]]
    outputs = model.run(batch)
    found = [model.regions(outputs, at, prepared) for at in range(3)]
    assert [len(one) for one in found] == [0, 1, 2]
    assert found[1][0].code.display == "Pneumothorax"
    assert [one.code.display for one in found[2]] == ["Pneumonia", "Pneumothorax"]


def test_boxes_without_a_threshold_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="needs a threshold"):
        segments(tmp_path, "sigmoid", SQUARE, threshold=None)


def test_boxes_are_kept_apart_as_one_by_one() -> None:
    """Beside the definition: a box stays unless a surer one that stays covers it."""
    chance = np.random.default_rng(5)
    corners = chance.uniform(0, 10, (200, 2))
    boxes = np.concatenate([corners, corners + chance.uniform(1, 4, (200, 2))], axis=1)
    scores = chance.random(200)

    def covers(a: Any, b: Any) -> bool:
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        size = [(one[2] - one[0]) * (one[3] - one[1]) for one in (a, b)]
        return bool(shared / (sum(size) - shared) > 0.3)

    stays: list[int] = []
    for one in sorted(range(200), key=lambda at: -scores[at]):
        if not any(covers(boxes[one], boxes[other]) for other in stays):
            stays.append(one)
    assert kept_apart(boxes, scores, 0.3).tolist() == stays
    assert 10 < len(stays) < 190
