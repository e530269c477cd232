"""The tiles of one level as JPEG, kept on disk until all are there: no level is held in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np

from wardround.engines.images.slide import UNREAD, WHITE, Colours, CorruptTile, Slide
from wardround.kernel import TooLarge

TILE = 512
QUALITY = 90
"""Of JPEG; scanners' own files have 70 to 90."""
MOST_BYTES = 384 * 1024**2
"""Bytes of one level: an archive takes an instance whole, and so does the gate to it."""

_GREY = np.full((TILE, TILE, 3), UNREAD, np.uint8)


@dataclass(frozen=True)
class Spooled:
    """What was written of a level: its tiles' lengths, row by row, and how many were damaged."""

    file: Path
    lengths: tuple[int, ...]
    damaged: int

    def write(self, out: BinaryIO) -> None:
        """Write encapsulated pixel data, one fragment a frame, with its offsets (PS3.5 A.4)."""
        offsets, place = [], 0
        for length in self.lengths:
            offsets.append(place)
            place += 8 + length
        table = np.array(offsets, "<u4").tobytes()
        out.write(b"\xe0\x7f\x10\x00OB\x00\x00\xff\xff\xff\xff")
        out.write(_item(len(table)) + table)
        with self.file.open("rb") as tiles:
            for length in self.lengths:
                out.write(_item(length) + tiles.read(length))
        out.write(b"\xfe\xff\xdd\xe0\x00\x00\x00\x00")


def spool(slide: Slide, size: tuple[int, int], file: Path) -> Spooled:
    """Write the slide, as a picture of ``size``, into ``file``; raise ``TooLarge``."""
    lengths, damaged, whole = [], 0, 0
    with file.open("wb") as out:
        for tile in _tiles(slide, size):
            damaged += tile is None
            data = _encoded(_GREY if tile is None else tile)
            whole += len(data)
            if whole > MOST_BYTES:
                raise TooLarge(
                    f"As DICOM the slide has more than {MOST_BYTES // 1024**2} MB a level.",
                    where="slide",
                    mend="Have the scanner's own software send it, and hand in its DICOM file.",
                )
            out.write(data)
            lengths.append(len(data))
    return Spooled(file, tuple(lengths), damaged)


def _tiles(slide: Slide, size: tuple[int, int]) -> Iterator[Colours | None]:
    """Yield the tiles, filled up with white at the far edges; None for one that is damaged."""
    width, height = slide.dimensions
    across, down = width / size[0], height / size[1]
    for top in range(0, size[1], TILE):
        for left in range(0, size[0], TILE):
            wide, high = min(TILE, size[0] - left), min(TILE, size[1] - top)
            try:
                if size == slide.dimensions:
                    part = slide.region(left, top, wide, high)
                else:
                    part = _scaled(slide, left, top, wide, high, across, down)
            except CorruptTile:
                yield None
                continue
            tile = np.full((TILE, TILE, 3), WHITE, np.uint8)
            tile[:high, :wide] = part
            yield tile


def _scaled(
    slide: Slide, left: int, top: int, wide: int, high: int, across: float, down: float
) -> Colours:
    x, y = round(left * across), round(top * down)
    right = min(slide.dimensions[0], round((left + wide) * across))
    bottom = min(slide.dimensions[1], round((top + high) * down))
    return slide.scaled(x, y, right - x, bottom - y, (wide, high), strict=True)


def _encoded(tile: Colours) -> bytes:
    """Return a tile as JPEG in YCbCr, half as many of its colours across (PS3.5 8.2.1)."""
    from PIL import Image as Pillow

    out = BytesIO()
    Pillow.fromarray(tile).save(out, "JPEG", quality=QUALITY, subsampling="4:2:2")
    data = out.getvalue()
    return data + b"\0" * (len(data) % 2)


def _item(length: int) -> bytes:
    return b"\xfe\xff\x00\xe0" + length.to_bytes(4, "little")
