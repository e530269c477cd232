"""Slides that are made up: one that is slow, one that is damaged, and one of any size."""

import time
from typing import Any

import numpy as np

from tests.capabilities.pathology.painting import paint
from wardround.capabilities.pathology.slide import Plane
from wardround.kernel import InvalidInput

PAINTED = paint(1400, 900, margin=60, seed=3)


class Slow(Plane):
    """A painted section of which each region takes ``pause`` seconds."""

    def __init__(self, pause: float = 0.0, mark: str = "painted") -> None:
        super().__init__(PAINTED.rgb, (0.5, 0.5))
        self.pause = pause
        self.mark = mark
        self.read = 0

    def region(self, x: int, y: int, width: int, height: int, level: int) -> Any:
        time.sleep(self.pause)
        self.read += 1
        return super().region(x, y, width, height, level)


class Damaged(Slow):
    """One whose regions left of ``until`` cannot be decoded."""

    def __init__(self, until: int) -> None:
        super().__init__()
        self.until = until

    def region(self, x: int, y: int, width: int, height: int, level: int) -> Any:
        if x < self.until:
            raise InvalidInput("This part of the slide is damaged.", where="slide")
        return super().region(x, y, width, height, level)


class Vast:
    """A slide of any size that is held nowhere: one piece of tissue, again and again."""

    mpp = (0.5, 0.5)
    levels: Any = (1.0,)
    mark = "vast"

    def __init__(self, size: int, pieces: int, side: int = 1200) -> None:
        self.dimensions = (size, size)
        self._piece = paint(side, side, margin=40, seed=5)
        step = (size - side) // pieces
        self._places = [(step * i, step * i) for i in range(pieces)]
        self.largest = 0

    @property
    def painted(self) -> int:
        return len(self._places) * len(self._piece.places)

    def region(self, x: int, y: int, width: int, height: int, level: int) -> Any:
        self.largest = max(self.largest, width * height)
        out = np.full((height, width, 3), 245, np.uint8)
        for left, top in self._places:
            self._paste(out, left - x, top - y, self._piece.rgb)
        return out

    def thumbnail(self, size: int) -> Any:
        step = -(-self.dimensions[0] // size)
        out = np.full((self.dimensions[1] // step, self.dimensions[0] // step, 3), 245, np.uint8)
        small = self._piece.rgb[::step, ::step]
        for left, top in self._places:
            self._paste(out, left // step, top // step, small)
        return out

    @staticmethod
    def _paste(out: Any, x: int, y: int, part: Any) -> None:
        high, wide = part.shape[:2]
        top, left = max(0, y), max(0, x)
        low, right = min(out.shape[0], y + high), min(out.shape[1], x + wide)
        if low > top and right > left:
            out[top:low, left:right] = part[top - y : low - y, left - x : right - x]
