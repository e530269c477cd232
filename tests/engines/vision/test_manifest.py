"""A manifest is read strictly; each fault has its place and what to do."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.engines.vision.made import CODES, said, written
from wardround.engines.vision import Manifest, read_manifest
from wardround.kernel import InvalidInput, TooLarge

FILES = [{"name": "model.onnx", "sha256": "a" * 64}]


def read(**changed: Any) -> Manifest:
    return read_manifest(written(said(**{"files": FILES, **changed})).encode())


def put(**changed: Any) -> dict[str, Any]:
    return {**said()["input"], **changed}


def out(**changed: Any) -> list[dict[str, Any]]:
    return [{**said()["outputs"][0], **changed}]


@pytest.mark.requirement("VIS-01")
def test_a_manifest_says_what_it_says() -> None:
    found = read(outputs=out(threshold=0.4, calibration={"kind": "temperature", "temperature": 2}))
    assert found.input.size == (8, 8)
    assert found.of_kind("classes").threshold == 0.4
    assert found.output("score").codes[0].display == "Pneumonia"
    with pytest.raises(KeyError):
        found.of_kind("mask")


@pytest.mark.requirement("VIS-01")
@pytest.mark.parametrize(
    ("changed", "place", "why"),
    [
        ({"licence": "MIT"}, "licence", "no such key"),
        ({"input": put(sizes=1)}, r"input\.sizes", "no such key"),
        ({"task": "guess"}, "task", "classification"),
        ({"input": None}, "input", "missing"),
        ({"version": 1}, "version", "quotes"),
        ({"name": "Made By Us"}, "name", "pattern"),
        ({"files": [{**FILES[0], "name": "../model.onnx"}]}, r"files\.0\.name", "pattern"),
        ({"files": [{**FILES[0], "sha256": "abc"}]}, r"files\.0\.sha256", "pattern"),
        ({"files": FILES * 2}, "", "named twice"),
        ({"files": [{**FILES[0], "role": "aggregator"}]}, "", "role model"),
        ({"files": [{**FILES[0], "role": "weights"}]}, "", "role model"),
        ({"input": put(steps=[{"resize": {"size": [8, 8]}}])}, "input", "begin with a window"),
        ({"input": put(steps=[{"window": "file"}])}, "input", "do not end in the size"),
        ({"input": put(steps=[{"window": "file"}, "square"])}, "input", "do not end in the size"),
        (
            {"input": put(steps=[{"window": "file"}, {"resize": {"size": [9, 8]}}])},
            "input",
            "do not end in the size",
        ),
        ({"input": put(channels=3)}, "input", "three channels"),
        ({"input": put(steps=[{"window": [5, 5]}])}, r"input\.steps\.0", "lower to a higher"),
        ({"input": put(steps=["flip"])}, r"input\.steps\.0", "dictionary|instance"),
        ({"input": put(steps=[{"invert": True, "crop": {}}])}, r"input\.steps\.0", "one key"),
        (
            {
                "input": put(
                    steps=[*put()["steps"], {"normalise": {"mean": [1, 2], "deviation": 1}}]
                )
            },
            "input",
            "one number, or one for each",
        ),
        (
            {"input": put(steps=[*put()["steps"], {"normalise": {"mean": 0, "deviation": 0}}])},
            r"input\.steps\.2",
            "greater than 0",
        ),
        ({"outputs": out(codes=[])}, r"outputs\.0", "have codes"),
        ({"outputs": out(codes=CODES * 2)}, r"outputs\.0", "code stands twice"),
        ({"outputs": out(activation="softmax")}, r"outputs\.0", "declare the background"),
        ({"outputs": out(threshold=1.5)}, r"outputs\.0\.threshold", "less than or equal"),
        ({"outputs": out(kind="mask", threshold=0.5)}, "", "needs an output of the kind classes"),
        (
            {"outputs": out(calibration={"kind": "platt", "slope": 1.0})},
            r"outputs\.0\.calibration",
            "slope and intercept",
        ),
        (
            {"outputs": out(calibration={"kind": "temperature", "temperature": 0})},
            r"outputs\.0\.calibration\.temperature",
            "greater than 0",
        ),
        (
            {"outputs": out(calibration={"kind": "isotonic", "knots": [[0, 1], [1, 0]]})},
            r"outputs\.0\.calibration",
            "knots rise",
        ),
        ({"outputs": out(offset=float("nan"))}, r"outputs\.0\.offset", "finite"),
        ({"tiles": {"mpp": 0.5, "size": 64}}, "", "size is the tile's"),
    ],
)
def test_each_fault_has_its_place(changed: dict[str, Any], place: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=f"(?i){why}") as caught:
        read(**changed)
    where = caught.value.where or ""
    assert where == "manifest.yaml" if not place else re.search(place, where), where
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "no manifest"),
        (b"- a\n- b\n", "no manifest"),
        (b"name: a\nname: b\n", r"line 2: name is written twice"),
        (b"name: &x a\nversion: *x\n", r"line 1: An alias"),
        (b"name: [a\n", "no YAML"),
        (b"\xff\xfe\x00", "no text"),
        (b"name: !!python/object/apply:os.system ['true']\n", "no YAML"),
        (b"[" * 5000, "no YAML"),
    ],
)
def test_what_is_no_yaml_is_said_with_its_line(text: bytes, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        read_manifest(text)


def test_a_manifest_without_end_is_not_read() -> None:
    with pytest.raises(TooLarge):
        read_manifest(b"name: a\n" + b"#" * 2_000_000)


def test_the_example_of_the_documentation_is_read() -> None:
    page = Path("docs/imaging-models.md").read_text("utf-8")
    examples = [one.split("```")[0] for one in page.split("```yaml\n")[1:]]
    assert any(read_manifest(one.encode()).task == "classification" for one in examples[:1])
