"""Where a point of a prepared image lies in the original."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Geometry:
    """What the steps did to places: along each axis a stretch, then a shift.

    Places are on the edges of pixels: pixel i covers i to i + 1. ``size`` is now; ``original`` is
    the image's own, both in rows and columns.
    """

    original: tuple[int, int]
    size: tuple[int, int]
    scale: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)
    turned: bool = False
    """Whether rows are the original's columns; stretch and shift are along the axes as now."""

    @classmethod
    def of(cls, size: tuple[int, int]) -> "Geometry":
        """Return the geometry of an image that nothing was done to."""
        return cls(original=size, size=size)

    def resized(self, size: tuple[int, int]) -> "Geometry":
        """Return it after a stretch to a size."""
        by = (size[0] / self.size[0], size[1] / self.size[1])
        return replace(
            self,
            size=size,
            scale=(self.scale[0] * by[0], self.scale[1] * by[1]),
            shift=(self.shift[0] * by[0], self.shift[1] * by[1]),
        )

    def moved(self, top: int, left: int, size: tuple[int, int]) -> "Geometry":
        """Return it after rows and columns were put before (or, negative, cut off)."""
        return replace(self, size=size, shift=(self.shift[0] + top, self.shift[1] + left))

    def transposed(self) -> "Geometry":
        """Return it after rows became columns."""
        return replace(
            self,
            size=self.size[::-1],
            scale=self.scale[::-1],
            shift=self.shift[::-1],
            turned=not self.turned,
        )

    def points(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) places x, y of the prepared image in pixels of the original."""
        shift, scale = np.array(self.shift[::-1]), np.array(self.scale[::-1])
        found = (np.asarray(xy, dtype=np.float64) - shift) / scale
        return np.asarray(found[:, ::-1] if self.turned else found)

    def prepared(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) places x, y of the original in pixels of the prepared image."""
        shift, scale = np.array(self.shift[::-1]), np.array(self.scale[::-1])
        places = np.asarray(xy, dtype=np.float64)
        return np.asarray((places[:, ::-1] if self.turned else places) * scale + shift)

    def boxes(self, xyxy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 4) boxes in pixels of the original, cut at its edges."""
        corners = self.points(np.asarray(xyxy, dtype=np.float64).reshape(-1, 2)).reshape(-1, 4)
        rows, columns = self.original
        return np.clip(corners, 0, np.array([columns, rows, columns, rows]))

    @property
    def area(self) -> float:
        """How many pixels of the original one pixel of the prepared image covers."""
        return 1.0 / (self.scale[0] * self.scale[1])
