"""Arrays of an ``.npz`` file, read without numpy: loading that takes longer than reading them.

The format is that of numpy's enhancement proposal 1, version 1.0: a zip of files, each a header and
values in a row.
"""

import ast
import sys
from array import array
from pathlib import Path
from zipfile import ZipFile

_CODES = {"|u1": "B", "<i2": "h", "<f4": "f", "<f8": "d"}
_LENGTH, _HEADER = slice(8, 10), 10
"""Where the length of the header stands, and where it begins."""


def read_arrays(path: Path) -> dict[str, "array[float]"]:
    """Return the arrays of a file by their name, each without its shape."""
    with ZipFile(path) as file:
        return {name.removesuffix(".npy"): _values(file.read(name)) for name in file.namelist()}


def read_weights(path: Path) -> tuple[list[str], list[float], list[float]]:
    """Return the features, the weights of each in a row, and the biases, from plain arrays."""
    arrays = read_arrays(path)
    (scale,) = arrays["scale"]
    features = arrays["features"].tobytes().decode().split("\n")
    return features, [weight * scale for weight in arrays["weights"]], arrays["bias"].tolist()


def _values(written: bytes) -> "array[float]":
    begin = _HEADER + int.from_bytes(written[_LENGTH], "little")
    header = ast.literal_eval(written[_HEADER:begin].decode("ascii"))
    values: array[float] = array(_CODES[header["descr"]], written[begin:])
    if sys.byteorder == "big":
        values.byteswap()
    return values
