"""A whole slide: levels of one picture, read by region, so that no size is too large.

Labels and macro pictures may carry names and numbers: that there are some is said, and none is
ever read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from wardround.kernel import InvalidInput

Colours = NDArray[np.uint8]
Resolution = tuple[float, float]

MOST_REGION = 64 * 1024**2
"""Pixels of one region: 192 MB as colours."""

BLOCK = 2048
"""Pixels of a side that are held at once while a slide is made smaller."""

WHITE, UNREAD = 255, 128
"""What lies beyond a slide is white; in a smaller picture, what could not be read is grey."""


class CorruptTile(InvalidInput):
    """A region of a slide is damaged; the rest of it can still be read."""


@dataclass(frozen=True)
class Level:
    """One size of the picture; ``downsample`` is how many pixels of the base one of its is."""

    width: int
    height: int
    downsample: float


class Pyramid(Protocol):
    """What reads one kind of file; regions are in pixels of the level, and within it."""

    source: str
    sizes: tuple[tuple[int, int], ...]
    mpp: Resolution | None
    magnification: float | None
    hidden: tuple[str, ...]
    remarks: tuple[str, ...]

    def read(self, x: int, y: int, width: int, height: int, level: int) -> Colours:
        """Return uint8 (height, width, 3), or raise ``CorruptTile``."""

    def close(self) -> None:
        """Let the file go."""


@dataclass(frozen=True)
class Tile:
    """One tile of a level, not read until it is asked for; ``x`` and ``y`` as in ``region``."""

    slide: "Slide"
    level: int
    column: int
    row: int
    x: int
    y: int
    width: int
    height: int

    def read(self) -> Colours:
        """Return uint8 (height, width, 3), or raise ``CorruptTile``."""
        return self.slide.region(self.x, self.y, self.width, self.height, self.level)


class Slide:
    """An opened slide; close it, or use it in a ``with``."""

    def __init__(self, pyramid: Pyramid, name: str, mark: str) -> None:
        self._pyramid = pyramid
        self.name = name
        self.mark = mark
        """Equal for an equal file at an equal place, and another when it was changed."""
        width = pyramid.sizes[0][0]
        self.levels = tuple(Level(w, h, width / w) for w, h in pyramid.sizes)
        self.dimensions = pyramid.sizes[0]
        self.mpp = pyramid.mpp
        """Microns per pixel of the base, across and down; None where the file does not say."""
        self.profile: bytes | None = getattr(pyramid, "profile", None)
        """The ICC profile of its colours, where the file has one."""
        self.magnification = pyramid.magnification
        self.source = pyramid.source
        self.hidden = pyramid.hidden
        """The names of pictures that are never shown: label, macro, …"""
        self.remarks = pyramid.remarks

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._pyramid.close()

    def level_for(self, downsample: float) -> int:
        """Return the smallest level that is no smaller than is asked for."""
        fine = [at for at, one in enumerate(self.levels) if one.downsample <= downsample * 1.01]
        return fine[-1] if fine else 0

    def region(self, x: int, y: int, width: int, height: int, level: int = 0) -> Colours:
        """Return uint8 (height, width, 3); beyond the slide it is white.

        ``x`` and ``y`` are pixels of the base, ``width`` and ``height`` pixels of the level, as
        OpenSlide has it. Raise ``CorruptTile`` where this region is damaged.
        """
        if not 0 <= level < len(self.levels):
            raise InvalidInput(f"The slide has {len(self.levels)} levels.", where=self.name)
        if width < 1 or height < 1 or width * height > MOST_REGION:
            raise InvalidInput(
                f"A region has from 1 to {MOST_REGION:,} pixels.",
                where=self.name,
                mend="Read it tile by tile.",
            )
        scale = self.levels[level].downsample
        return self._within(round(x / scale), round(y / scale), width, height, level)

    def _within(self, left: int, top: int, width: int, height: int, level: int) -> Colours:
        """Read what lies within the level, in its own pixels; the rest is white."""
        here = self.levels[level]
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(here.width, left + width), min(here.height, top + height)
        if (x0, y0, x1, y1) == (left, top, left + width, top + height):
            return self._pyramid.read(left, top, width, height, level)
        sheet = np.full((height, width, 3), WHITE, np.uint8)
        if x1 > x0 and y1 > y0:
            part = self._pyramid.read(x0, y0, x1 - x0, y1 - y0, level)
            sheet[y0 - top : y1 - top, x0 - left : x1 - left] = part
        return sheet

    def tiles(self, level: int = 0, size: int = 512) -> Iterator[Tile]:
        """Yield the tiles of a level, row by row; those at the far edges are smaller."""
        here = self.levels[level]
        for row in range(-(-here.height // size)):
            for column in range(-(-here.width // size)):
                left, top = column * size, row * size
                yield Tile(
                    slide=self,
                    level=level,
                    column=column,
                    row=row,
                    x=round(left * here.downsample),
                    y=round(top * here.downsample),
                    width=min(size, here.width - left),
                    height=min(size, here.height - top),
                )

    def thumbnail(self, size: int = 1024) -> Colours:
        """Return the whole slide, its longer side ``size`` pixels or fewer."""
        width, height = self.dimensions
        scale = max(1.0, max(width, height) / size)
        across, down = max(1, round(width / scale)), max(1, round(height / scale))
        return self.scaled(0, 0, width, height, (across, down))

    def scaled(
        self,
        x: int,
        y: int,
        width: int,
        height: int,
        size: tuple[int, int],
        *,
        strict: bool = False,
    ) -> Colours:
        """Return an area of the base, in its pixels, as a picture of ``size`` (width, height).

        It is read block by block. A damaged block is grey, or, if ``strict``, raised as
        ``CorruptTile``.
        """
        level = self.level_for(min(width / size[0], height / size[1]))
        here = self.levels[level]
        left, top = x / here.downsample, y / here.downsample
        step_x, step_y = width / here.downsample / size[0], height / here.downsample / size[1]
        many_x, many_y = max(1, int(BLOCK / step_x)), max(1, int(BLOCK / step_y))
        out = np.empty((size[1], size[0], 3), np.uint8)
        for row in range(0, size[1], many_y):
            for column in range(0, size[0], many_x):
                wide, high = min(many_x, size[0] - column), min(many_y, size[1] - row)
                area = (
                    left + column * step_x,
                    top + row * step_y,
                    left + (column + wide) * step_x,
                    top + (row + high) * step_y,
                )
                block = self._shrunk(area, (wide, high), level, strict=strict)
                out[row : row + high, column : column + wide] = block
        return out

    def _shrunk(
        self,
        area: tuple[float, float, float, float],
        size: tuple[int, int],
        level: int,
        *,
        strict: bool,
    ) -> Colours:
        """Return an area, in pixels of a level and parts of them, as a picture of ``size``."""
        from PIL import Image as Pillow

        x0, y0 = int(area[0]), int(area[1])
        x1, y1 = max(x0 + 1, int(-(-area[2] // 1))), max(y0 + 1, int(-(-area[3] // 1)))
        try:
            whole = self._within(x0, y0, x1 - x0, y1 - y0, level)
        except CorruptTile:
            if strict:
                raise
            return np.full((size[1], size[0], 3), UNREAD, np.uint8)
        if whole.shape[:2] == (size[1], size[0]):
            return whole
        box = (area[0] - x0, area[1] - y0, min(area[2], x1) - x0, min(area[3], y1) - y0)
        picture = Pillow.fromarray(whole)
        return np.asarray(picture.resize(size, Pillow.Resampling.BOX, box=box))
