"""How many nuclei lie where: density by region, the densest square millimetre, cellularity."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.morphometry import Nuclei

CELL_UM = 50.0
"""Micrometres of a side of the squares in which nuclei are counted; 20 of them are a millimetre."""
CELL_PX = 100
"""Pixels of the finest level of such a side, where the resolution is not known."""
SPOT = 20
"""Squares of a side of a hot spot: 1 mm², in which mitoses and Ki-67 are counted."""
SPOTS = 3


@dataclass(frozen=True)
class Spot:
    """A square of 1 mm², in pixels of the finest level, and how many nuclei lie in it."""

    x: float
    y: float
    side: float
    count: int
    positive: int


@dataclass(frozen=True)
class Grid:
    """Counts (rows, columns) in squares of ``side`` pixels, and how much of each is tissue."""

    counts: NDArray[np.int64]
    positive: NDArray[np.int64]
    area: NDArray[np.float64]
    """Area of the nuclei of each square, in pixels."""
    tissue: NDArray[np.float64]
    side: float
    mpp: float | None

    @property
    def density(self) -> NDArray[np.float64]:
        """Return nuclei for each mm² of each square (for each square, without a resolution)."""
        return self.counts / (1.0 if self.mpp is None else (self.side * self.mpp / 1000) ** 2)


def grid_of(
    nuclei: Nuclei,
    size: tuple[int, int],
    mpp: float | None,
    tissue: NDArray[np.bool_],
    positive: NDArray[np.bool_],
) -> Grid:
    """Count nuclei of a slide of ``size`` (width, height) by squares."""
    side = CELL_PX if mpp is None else CELL_UM / mpp
    columns, rows = (max(1, int(np.ceil(one / side))) for one in size)
    place = np.minimum((nuclei.y // side).astype(int), rows - 1).clip(0) * columns
    place += np.minimum((nuclei.x // side).astype(int), columns - 1).clip(0)

    def total(weights: Any = None) -> Any:
        return np.bincount(place, weights, rows * columns).reshape(rows, columns)

    return Grid(
        counts=total(),
        positive=total(positive).astype(np.int64),
        area=total(nuclei.area),
        tissue=_shares(tissue, rows, columns),
        side=side,
        mpp=mpp,
    )


def _shares(mask: NDArray[np.bool_], rows: int, columns: int) -> NDArray[np.float64]:
    """Return the share of tissue of each square, from a thumbnail of any size."""
    sums = np.pad(mask.astype(np.float64), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    down = np.linspace(0, mask.shape[0], rows + 1)
    right = np.linspace(0, mask.shape[1], columns + 1)
    top, low = np.floor(down[:-1]).astype(int), np.ceil(down[1:]).astype(int)
    left, end = np.floor(right[:-1]).astype(int), np.ceil(right[1:]).astype(int)
    inside = sums[np.ix_(low, end)] - sums[np.ix_(top, end)]
    inside -= sums[np.ix_(low, left)] - sums[np.ix_(top, left)]
    shares: NDArray[np.float64] = inside / ((low - top)[:, None] * (end - left)[None])
    return shares


def hot_spots(grid: Grid, most: int = SPOTS) -> tuple[Spot, ...]:
    """Return the densest squares of 1 mm² that do not overlap; none without a resolution.

    Places are tried every 50 µm. A slide smaller than 1 mm² has none.
    """
    if grid.mpp is None or min(grid.counts.shape) < SPOT:
        return ()
    counts = _boxes(grid.counts)
    positive = _boxes(grid.positive)
    spots: list[Spot] = []
    free = counts.astype(np.float64)
    while len(spots) < most and free.max() > 0:
        row, column = np.unravel_index(int(free.argmax()), free.shape)
        x, y = float(column * grid.side), float(row * grid.side)
        side = SPOT * grid.side
        found = int(counts[row, column]), int(positive[row, column])
        spots.append(Spot(x, y, side, *found))
        free[max(0, row - SPOT + 1) : row + SPOT, max(0, column - SPOT + 1) : column + SPOT] = -1
    return tuple(spots)


def _boxes(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sum of each ``SPOT`` by ``SPOT`` squares, by its first."""
    sums = np.pad(counts, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    boxes: NDArray[np.int64] = (
        sums[SPOT:, SPOT:] - sums[:-SPOT, SPOT:] - sums[SPOT:, :-SPOT] + sums[:-SPOT, :-SPOT]
    )
    return boxes


def tissue_area(grid: Grid) -> float | None:
    """Return how many mm² of tissue there are, where the resolution is known."""
    if grid.mpp is None:
        return None
    return float(grid.tissue.sum()) * (grid.side * grid.mpp / 1000) ** 2


def cellularity(grid: Grid) -> float:
    """Return which share of the tissue is nuclei, 0…1."""
    tissue = float(grid.tissue.sum()) * grid.side**2
    return min(1.0, float(grid.area.sum()) / tissue) if tissue else 0.0
