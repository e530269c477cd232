"""A MONAI bundle becomes a manifest where it says enough; what it lacks is listed, not guessed."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml  # type: ignore[import-untyped]

from tests.engines.vision.made import Image, classifier
from tests.engines.vision.test_regions import segmenter
from wardround.engines.vision import load_model, pack
from wardround.kernel import InvalidInput

INPUT = {
    "type": "image",
    "format": "magnitude",
    "modality": "MG",
    "num_channels": 1,
    "spatial_shape": [8, 8],
    "dtype": "float32",
    "value_range": [0, 1],
    "is_patch_data": False,
    "channel_def": {"0": "image"},
}
OUTPUT = {
    "type": "probabilities",
    "format": "labels",
    "num_channels": 2,
    "spatial_shape": [1, 2],
    "channel_def": {"0": "Dense", "1": "Not dense"},
}
STEPS: list[dict[str, Any]] = [
    {"_target_": "LoadImaged", "keys": "image"},
    {"_target_": "EnsureChannelFirstd", "keys": "image"},
    {"_target_": "Resized", "keys": ["image"], "spatial_size": [8, 8], "mode": ["bilinear"]},
    {"_target_": "ScaleIntensityd", "keys": "image"},
]
AFTER = [{"_target_": "Activationsd", "keys": "pred", "softmax": True}]


def bundle(
    where: Path,
    *,
    data: bytes | None = None,
    given: Any = None,
    gives: Any = None,
    steps: Any = STEPS,
    after: Any = AFTER,
    says: str = "input:\n  body_part: [BREAST]\n",
    **metadata: Any,
) -> Path:
    (where / "configs").mkdir(parents=True)
    (where / "models").mkdir()
    (where / "docs").mkdir()
    (where / "scripts").mkdir()
    (where / "scripts" / "run.py").write_text("raise SystemExit")
    (where / "models" / "model.pt").write_bytes(b"never read")
    (where / "models" / "model.onnx").write_bytes(data or classifier(classes=2))
    told = {
        "version": "0.1.0",
        "name": "Breast density",
        "task": "Density of the breast",
        "network_data_format": {
            "inputs": {"image": {**INPUT, **(given or {})}},
            "outputs": {"pred": {**OUTPUT, **(gives or {})}},
        },
        **metadata,
    }
    (where / "configs" / "metadata.json").write_text(json.dumps(told))
    config = {"preprocessing": {"transforms": steps}, "postprocessing": {"transforms": after}}
    (where / "configs" / "inference.json").write_text(json.dumps(config))
    if says:
        (where / "manifest.yaml").write_text(says)
    return where


def one_output() -> bytes:
    import onnx

    model = onnx.load_from_string(classifier(classes=2))
    del model.graph.output[1]
    return bytes(model.SerializeToString())


@pytest.mark.requirement("VIS-09")
def test_a_bundle_that_says_enough_becomes_a_model(tmp_path: Path) -> None:
    packed = pack(bundle(tmp_path / "bundle", data=one_output()))
    manifest = packed.manifest
    assert (manifest.name, manifest.version, manifest.task) == (
        "breast-density",
        "0.1.0",
        "classification",
    )
    assert manifest.input.body_part == ("BREAST",)
    assert [one.kind for one in manifest.input.steps] == [
        "window",
        "transpose",
        "resize",
        "stretch",
    ]
    (output,) = manifest.outputs
    assert (output.name, output.activation) == ("score", "softmax")
    assert [(one.code, one.display) for one in output.codes] == [
        ("dense", "Dense"),
        ("not-dense", "Not dense"),
    ]
    (tmp_path / "made").mkdir()
    packed.write(tmp_path / "made")
    assert {one.name for one in (tmp_path / "made").iterdir()} == {"manifest.yaml", "model.onnx"}
    model = load_model(tmp_path / "made")
    values = np.arange(64.0).reshape(8, 8)
    ready = model.prepare(Image(values))
    assert ready[0] == pytest.approx(values.T / 63)  # MONAI's readers put columns first
    assert model.probabilities(model.run(ready[None])).sum() == pytest.approx(1)
    assert model.digest == packed.digest
    assert any("MONOCHROME1" in one for one in packed.remarks)


@pytest.mark.requirement("VIS-09")
@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"says": ""}, ["input.body_part"]),
        ({"given": {"modality": "Mammogram"}}, ["input.modality: the bundle says 'Mammogram'"]),
        ({"given": {"spatial_shape": [9, 9]}}, [r"input.size: metadata.json says \[9, 9\]"]),
        ({"given": {"num_channels": 4}}, ["input.channels"]),
        ({"after": []}, ["outputs.0.activation"]),
        ({"gives": {"channel_def": {}}}, ["outputs.0.codes"]),
        ({"version": None}, ["version"]),
        ({"steps": STEPS[:3]}, ["no transform scales it"]),
        (
            {"steps": [*STEPS, {"_target_": "Lambdad", "func": "$lambda x: x"}]},
            ["Lambda .*computed"],
        ),
        ({"steps": [*STEPS, {"_target_": "Flipd", "spatial_axis": 0}]}, ["Flip"]),
        ({"steps": [*STEPS, {"_target_": "scripts.own.Magic"}]}, ["Magic"]),
        ({"steps": "@preprocessing"}, ["no list of preprocessing"]),
        (
            {"steps": [*STEPS[:2], {**STEPS[2], "align_corners": True}, STEPS[3]]},
            ["Resize", "align"],
        ),
        (
            {"steps": [{"_target_": "LoadImaged", "reader": "NumpyReader"}, *STEPS[1:]]},
            ["the reader NumpyReader"],
        ),
        (
            {"steps": [*STEPS[:3], {"_target_": "NormalizeIntensityd", "nonzero": True}]},
            ["NormalizeIntensity"],
        ),
        ({"says": "", "after": [], "given": {"modality": "n/a"}}, ["modality", "activation"]),
    ],
)
def test_what_a_bundle_does_not_say_is_listed(
    tmp_path: Path, changed: dict[str, Any], missing: list[str]
) -> None:
    with pytest.raises(InvalidInput, match="nothing is guessed") as caught:
        pack(bundle(tmp_path / "bundle", **{"data": one_output(), **changed}))
    for one in missing:
        assert re.search(one, str(caught.value)), str(caught.value)


@pytest.mark.requirement("VIS-09")
def test_what_a_person_says_counts(tmp_path: Path) -> None:
    says = {
        "version": "7",
        "input": {
            "modality": ["MG"],
            "body_part": [],
            "size": [8, 8],
            "steps": [{"window": "file"}, {"resize": {"size": [8, 8]}}],
        },
        "outputs": [
            {
                "activation": "softmax",
                "codes": [
                    {"code": "1", "system": "urn:ours", "display": "Dense"},
                    {"code": "2", "system": "urn:ours", "display": "Fatty"},
                ],
            }
        ],
    }
    unclear: dict[str, Any] = {
        "version": None,
        "given": {"modality": "Mammogram", "spatial_shape": ["*", "*"]},
        "gives": {"channel_def": {}},
        "steps": [],
        "after": [],
    }
    packed = pack(bundle(tmp_path / "b", data=one_output(), says=yaml.safe_dump(says), **unclear))
    assert packed.manifest.version == "7"
    assert packed.manifest.outputs[0].name == "score"
    assert packed.manifest.outputs[0].codes[1].display == "Fatty"
    assert packed.manifest.input.steps[0].window == "file"


@pytest.mark.requirement("VIS-09")
def test_a_bundle_that_segments(tmp_path: Path) -> None:
    import onnx

    model = onnx.load_from_string(segmenter(classes=2))
    for name in ("bright", "label"):
        (gone,) = [one for one in model.graph.output if one.name == name]
        model.graph.output.remove(gone)
    sized = [{**STEPS[2], "spatial_size": [64, 64]} if one is STEPS[2] else one for one in STEPS]
    packed = pack(
        bundle(
            tmp_path / "b",
            data=model.SerializeToString(),
            given={"spatial_shape": ["2**n", "2**n"]},
            gives={"channel_def": {"0": "background", "1": "Tool"}},
            steps=sized,
        )
    )
    (output,) = packed.manifest.outputs
    assert (packed.manifest.task, output.kind, output.background) == ("segmentation", "mask", 0)
    assert [one.display for one in output.codes] == ["Tool"]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (lambda b: (b / "models" / "model.onnx").unlink(), "0 ONNX files"),
        (lambda b: (b / "models" / "two.onnx").write_bytes(b""), "2 ONNX files"),
        (lambda b: (b / "models" / "model.onnx").write_bytes(b"x"), "no ONNX"),
        (lambda b: (b / "configs" / "metadata.json").write_text("["), "no JSON"),
        (lambda b: (b / "configs" / "inference.json").unlink(), "no configs/inference"),
    ],
)
def test_a_bundle_that_is_broken_is_refused(tmp_path: Path, how: Any, why: str) -> None:
    where = bundle(tmp_path / "b", data=one_output())
    how(where)
    with pytest.raises(InvalidInput, match=why):
        pack(where)


def test_a_bundle_of_volumes_is_refused(tmp_path: Path) -> None:
    where = bundle(tmp_path / "b", data=one_output(), given={"spatial_shape": [96, 96, 96]})
    with pytest.raises(InvalidInput, match="takes volumes"):
        pack(where)
