"""Tiny networks and folders, made by the tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import yaml  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import TensorProto, helper

CODES = [{"code": "233604007", "system": "http://snomed.info/sct", "display": "Pneumonia"}]
FLOAT = TensorProto.FLOAT


@dataclass(frozen=True)
class Facts:
    modality: str = "DX"
    body_part: str = "CHEST"
    view: str = "PA"
    bits: int = 12
    spacing: tuple[float, float] | None = None


@dataclass(frozen=True)
class Image:
    values: NDArray[Any]
    facts: Facts = field(default_factory=Facts)

    def grey(self) -> NDArray[np.float32]:
        if self.values.ndim == 3:
            return np.asarray(self.values.mean(axis=2) / 255, dtype=np.float32)
        low, high = float(self.values.min()), float(self.values.max())
        grey = (self.values - low) / max(high - low, 1e-9)
        return np.asarray(grey, dtype=np.float32)


def tensor(name: str, values: Any) -> TensorProto:
    array = np.asarray(values, dtype=np.float32)
    return helper.make_tensor(name, FLOAT, array.shape, array.ravel())


def network(
    nodes: Sequence[onnx.NodeProto],
    inputs: dict[str, Sequence[Any]],
    outputs: dict[str, Sequence[Any] | None],
    weights: Sequence[TensorProto] = (),
    **more: Any,
) -> bytes:
    graph = helper.make_graph(
        list(nodes),
        "made",
        [helper.make_tensor_value_info(k, FLOAT, v) for k, v in inputs.items()],
        [helper.make_tensor_value_info(k, FLOAT, v) for k, v in outputs.items()],
        list(weights),
    )
    more.setdefault("opset_imports", [helper.make_opsetid("", 17)])
    model = helper.make_model(graph, ir_version=8, **more)
    return bytes(model.SerializeToString())


def classifier(
    *,
    size: tuple[int, int] = (8, 8),
    channels: int = 1,
    weight: Any = None,
    bias: float = 0.0,
    batch: int | str = "n",
    classes: int = 1,
    padding: int = 0,
) -> bytes:
    """A linear classifier: the weighted sum of pixels, and the mean of them as features.

    ``padding`` numbers that nothing uses make the file large.
    """
    pixels = channels * size[0] * size[1]
    weight = np.full((pixels, classes), 1 / pixels) if weight is None else weight
    nodes = [
        helper.make_node("Flatten", ["image"], ["flat"]),
        helper.make_node("MatMul", ["flat", "w"], ["sum"]),
        helper.make_node("Add", ["sum", "b"], ["score"]),
        helper.make_node("GlobalAveragePool", ["image"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["features"]),
    ]
    return network(
        nodes,
        {"image": [batch, channels, *size]},
        {"score": [batch, classes], "features": [batch, channels]},
        [
            tensor("w", np.reshape(weight, (pixels, classes))),
            tensor("b", [bias] * classes),
            *([tensor("unused", np.zeros(padding))] if padding else []),
        ],
    )


def said(**changed: Any) -> dict[str, Any]:
    """What a manifest of ``classifier()`` says; ``files`` are filled in by ``folder``."""
    keys: dict[str, Any] = {
        "name": "made",
        "version": "1",
        "task": "classification",
        "input": {
            "modality": ["DX", "CR"],
            "body_part": ["CHEST"],
            "size": [8, 8],
            "steps": [{"window": "file"}, {"resize": {"size": [8, 8]}}],
        },
        "outputs": [{"name": "score", "codes": CODES, "activation": "sigmoid"}],
        "features": "features",
    }
    keys.update(changed)
    return {key: value for key, value in keys.items() if value is not None}


class _Plain(yaml.SafeDumper):  # type: ignore[misc]
    """Writes what stands twice in full: a manifest has no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(keys: dict[str, Any]) -> str:
    return str(yaml.dump(keys, Dumper=_Plain, sort_keys=False))


def folder(
    where: Path,
    files: dict[str, bytes] | None = None,
    roles: dict[str, str] | None = None,
    **changed: Any,
) -> Path:
    """A model's folder."""
    where.mkdir(parents=True, exist_ok=True)
    files = {"model.onnx": classifier()} if files is None else files
    listed = []
    for name, data in files.items():
        (where / name).write_bytes(data)
        role = (roles or {}).get(name, "model")
        listed.append({"name": name, "sha256": sha256(data).hexdigest(), "role": role})
    keys = said(**{"files": listed, **changed})
    (where / "manifest.yaml").write_text(written(keys), "utf-8")
    return where
