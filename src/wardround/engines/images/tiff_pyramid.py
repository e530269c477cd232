"""A tiled TIFF of several levels (TIFF 6.0, sections 2 and 15; JPEG after its technical note 2)."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SHORT, LONG, RATIONAL = 3, 4, 5
FORMATS = {SHORT: "H", LONG: "I", RATIONAL: "II"}
YCBCR, JPEG, CENTIMETER = 6, 7, 3

Field = tuple[int, int, list[int]]
"""A tag, its type, and its values; a rational has two."""


@dataclass(frozen=True)
class Layer:
    """One level: its size, its tiles as JPEG in YCbCr without subsampling, row by row."""

    width: int
    height: int
    tiles: Iterable[bytes]
    mpp: float | None


def write_pyramid(path: Path, layers: Iterable[Layer], tile: int) -> None:
    """Write levels, the largest first, into one file; each layer is written as it comes."""
    with path.open("wb") as file:
        file.write(struct.pack("<2sHI", b"II", 42, 0))
        link = 4
        for number, layer in enumerate(layers):
            places, sizes = [], []
            for data in layer.tiles:
                places.append(file.tell())
                sizes.append(len(data))
                file.write(data + b"\0" * (len(data) % 2))
            fields = _fields(layer, tile, places, sizes, reduced=number > 0)
            link = _directory(file, fields, link)


def _fields(
    layer: Layer, tile: int, places: list[int], sizes: list[int], *, reduced: bool
) -> list[Field]:
    fields: list[Field] = [
        (254, LONG, [int(reduced)]),
        (256, LONG, [layer.width]),
        (257, LONG, [layer.height]),
        (258, SHORT, [8, 8, 8]),
        (259, SHORT, [JPEG]),
        (262, SHORT, [YCBCR]),
        (277, SHORT, [3]),
        (284, SHORT, [1]),
        (322, LONG, [tile]),
        (323, LONG, [tile]),
        (324, LONG, places),
        (325, LONG, sizes),
        (530, SHORT, [1, 1]),
    ]
    if layer.mpp is not None:
        density = [round(10_000_000 / layer.mpp), 1000]
        fields += [(282, RATIONAL, density), (283, RATIONAL, density), (296, SHORT, [CENTIMETER])]
    return sorted(fields)


def _directory(file: BinaryIO, fields: list[Field], link: int) -> int:
    """Write one directory and what does not fit into it; return where the next is linked."""
    entries = []
    for tag, kind, values in fields:
        count = len(values) // (2 if kind == RATIONAL else 1)
        data = struct.pack(f"<{count * len(FORMATS[kind])}{FORMATS[kind][0]}", *values)
        if len(data) > 4:
            place = file.tell()
            file.write(data)
            data = struct.pack("<I", place)
        entries.append(struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0"))
    here = file.tell() + file.tell() % 2
    file.seek(here)
    file.write(struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", 0))
    end = file.tell()
    file.seek(link)
    file.write(struct.pack("<I", here))
    file.seek(end)
    return end - 4
