"""A slide as this room reads one: pixels of a region at a level, whatever the file."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Slide(Protocol):
    """What ``engines.images.open_slide`` opens, and anything that answers the same."""

    @property
    def dimensions(self) -> tuple[int, int]:
        """Width and height of the finest level, in pixels."""
        ...

    @property
    def levels(self) -> Sequence[Any]:
        """How much coarser each level is than the finest, from 1.0 on."""
        ...

    @property
    def mpp(self) -> tuple[float, float] | None:
        """Micrometres of a pixel of the finest level, across and down."""
        ...

    def region(self, x: int, y: int, width: int, height: int, level: int) -> Pixels:
        """Return uint8 (height, width, 3) from ``x``, ``y`` of the finest level on.

        Raise ``InvalidInput`` for a part of the file that cannot be decoded.
        """
        ...

    def thumbnail(self, size: int) -> Pixels:
        """Return the whole slide, its longer side at most ``size``."""
        ...


class Plane:
    """A picture in memory as a slide of one level: a large tile, or one made up for a test."""

    def __init__(self, rgb: Pixels, mpp: tuple[float, float] | None = None) -> None:
        self._rgb = rgb
        self.mpp = mpp
        self.levels: Sequence[Any] = (1.0,)
        self.dimensions = (rgb.shape[1], rgb.shape[0])

    def region(self, x: int, y: int, width: int, height: int, level: int) -> Pixels:
        """Return a part; beyond the picture it is white."""
        del level
        out = np.full((height, width, 3), 255, np.uint8)
        left, top = max(x, 0), max(y, 0)
        part = self._rgb[top : max(y + height, 0), left : max(x + width, 0)]
        out[top - y : top - y + part.shape[0], left - x : left - x + part.shape[1]] = part
        return out

    def thumbnail(self, size: int) -> Pixels:
        """Return every n-th pixel of every n-th line."""
        step = -(-max(self.dimensions) // size)
        return np.ascontiguousarray(self._rgb[::step, ::step])


def scale_of(downsample: Any) -> float:
    """Return how much coarser a level is; engines give the number, or a level that has one."""
    return float(getattr(downsample, "downsample", downsample))
