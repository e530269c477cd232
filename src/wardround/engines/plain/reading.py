"""Text, numbers and arrays from a file in skops' format; nothing else is read, and nothing runs.

The format is an archive: ``schema.json`` tells of the content, node by node, and each array is a
file of NumPy's own (https://skops.readthedocs.io/en/stable/persistence.html). ``skops.io.loads``
reads it as well and knows many types more, for which it imports the whole of scikit-learn.
"""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np

PROTOCOL = 2
"""The version of the format that skops has written since 0.11."""
SCALARS: dict[str, Callable[[Any], Any]] = {
    "bool": np.bool_,
    "float32": np.float32,
    "float64": np.float64,
    "int64": np.int64,
}
"""Numbers of NumPy's that are kept as arrays without a dimension."""

Node = dict[str, Any]


def read_plain(data: bytes) -> Any:
    """Return what a file holds; raise ``ValueError`` for any type but text, numbers and arrays.

    Raise ``BadZipFile`` where it is no archive and ``KeyError`` where a part of it is missing.
    """
    with ZipFile(BytesIO(data)) as archive:
        schema = json.loads(archive.read("schema.json"))
        if not isinstance(schema, dict) or schema.get("protocol") != PROTOCOL:
            raise ValueError("a model file of another protocol")
        return _Reading(archive).of(schema)


class _Reading:
    """One archive that is read."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._readers: dict[tuple[str, str], Callable[[Node], Any]] = {
            ("DictNode", "builtins.dict"): self._dict,
            ("ListNode", "builtins.list"): self._list,
            ("TupleNode", "builtins.tuple"): lambda node: tuple(self._list(node)),
            ("NdArrayNode", "numpy.ndarray"): self._array,
            **{("NdArrayNode", f"numpy.{name}"): self._scalar for name in SCALARS},
        }

    def of(self, node: Node) -> Any:
        """Return what a node holds."""
        if node["__loader__"] == "JsonNode":
            return json.loads(node["content"])
        kind = f"{node['__module__']}.{node['__class__']}"
        reader = self._readers.get((node["__loader__"], kind))
        if reader is None:
            raise ValueError(f"{kind} is neither text nor a number nor an array")
        return reader(node)

    def _dict(self, node: Node) -> dict[str, Any]:
        kinds = {(key["__module__"], key["__class__"]) for key in node["key_types"]["content"]}
        if not kinds <= {("builtins", "str")}:
            raise ValueError("a key that is no text")
        return {key: self.of(value) for key, value in node["content"].items()}

    def _list(self, node: Node) -> list[Any]:
        return [self.of(item) for item in node["content"]]

    def _scalar(self, node: Node) -> Any:
        return SCALARS[node["__class__"]](self._array(node))

    def _array(self, node: Node) -> Any:
        if node["type"] != "numpy":
            raise ValueError("an array of objects")
        return np.load(BytesIO(self._archive.read(node["file"])), allow_pickle=False)
