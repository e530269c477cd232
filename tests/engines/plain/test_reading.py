"""What skops writes of text, numbers and arrays is read as skops reads it; nothing else is."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import pytest
import skops.io
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from wardround.engines.plain import read_plain

SHIPPED = sorted(Path("src/wardround").rglob("*.skops"))

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.lists(st.floats(allow_nan=False, width=32)).map(lambda rows: np.array(rows, np.float32))
    | st.lists(st.integers(0, 9), min_size=4, max_size=4).map(
        lambda rows: np.array(rows).reshape(2, 2)
    )
    | st.floats(allow_nan=False).map(np.float64)
    | st.booleans().map(np.bool_)
)
CONTENT = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.lists(inner).map(tuple),
    max_leaves=8,
)


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    return bool(one == other)


def test_there_are_models() -> None:
    assert len(SHIPPED) >= 4


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_model_is_read_as_skops_reads_it(path: Path) -> None:
    data = path.read_bytes()
    assert same(read_plain(data), skops.io.loads(data, trusted=[]))


@given(CONTENT)
def test_what_is_written_is_read_back(content: Any) -> None:
    assert same(read_plain(skops.io.dumps(content)), content)


class Own:
    def __init__(self) -> None:
        self.word = "mine"


@pytest.mark.parametrize(
    "content",
    [
        Own(),
        {"model": LogisticRegression()},
        [np.array([Own()], dtype=object)],
        {1: "a number for a key"},
        {"called": len},
        {"kind": int},
        b"bytes",
        {"set"},
    ],
    ids=["own", "model", "array-of-own", "key", "function", "class", "bytes", "set"],
)
def test_any_other_type_is_refused(content: Any) -> None:
    with pytest.raises(ValueError, match=r"neither text nor|no text|of objects"):
        read_plain(skops.io.dumps(content))


def test_what_is_no_such_file_is_refused() -> None:
    with pytest.raises(BadZipFile):
        read_plain(b"not a model")
    with pytest.raises(KeyError):
        read_plain(archive({"other.json": b"{}"}))


@pytest.mark.parametrize("schema", [{"protocol": 1}, {}, [], {"protocol": 99}])
def test_another_protocol_is_refused(schema: Any) -> None:
    with pytest.raises(ValueError, match="protocol"):
        read_plain(archive({"schema.json": json.dumps(schema).encode()}))


def test_an_array_that_is_a_pickle_is_refused() -> None:
    file = BytesIO()
    np.save(file, np.array([{}], dtype=object), allow_pickle=True)
    node = {"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode"}
    schema = json.dumps({**node, "type": "numpy", "file": "1.npy", "protocol": 2}).encode()
    with pytest.raises(ValueError, match="allow_pickle"):
        read_plain(archive({"schema.json": schema, "1.npy": file.getvalue()}))


def archive(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return made.getvalue()
