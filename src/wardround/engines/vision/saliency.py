"""Where a model's answer rests in an image, and whether that is so: without proof it is not shown.

Each cell is weighed both ways: how far the finding's log-odds fall where it is taken from the image
(occlusion, Zeiler 2014), and how far they rise where it alone is put into a plain image. Then cells
are taken away, and put in, in the order of their weights (deletion and insertion, Petsiuk 2018). An
order that is true does better in both than every one of the random orders it is held against; with
nineteen of them, an order that says nothing does so in one image of twenty at most.

What stands where a cell was taken is the plain image. It must be one without the finding: a blurred
image is, for a nodule, and is the opposite for a haze. Who knows better hands in another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision.geometry import Geometry
from wardround.engines.vision.model import VisionModel
from wardround.kernel import InvalidInput

Pixels = NDArray[np.float32]
Numbers = NDArray[np.float64]

BLOCK = 32
"""How many altered images are held at once."""
RANDOMS = 19
"""Random orders that an order must do better than: one that says nothing does in 5 of 100."""
LEAST = 0.1
"""Log-odds that the whole image must add against the plain one; else there is nothing to show."""


@dataclass(frozen=True)
class Saliency:
    """The weight of each cell for one finding, and how it stood the test."""

    weights: Numbers
    """(rows, columns) of cells, in log-odds; only ``shown`` gives them to people."""
    deletion: float
    """Mean log-odds while cells are taken away in order; lower is better."""
    insertion: float
    """Mean log-odds while cells are put in in order; higher is better."""
    random_deletion: tuple[float, ...]
    random_insertion: tuple[float, ...]
    effect: float
    """Log-odds that the whole image adds against the plain one."""

    @property
    def faithful(self) -> bool:
        """Whether the order does better than every random one, and there is something to show."""
        return (
            self.effect > LEAST
            and self.deletion < min(self.random_deletion)
            and self.insertion > max(self.random_insertion)
        )

    def shown(self) -> Numbers | None:
        """Return weights from 0 to 1 for people to see, or None: what is not true is not shown."""
        if not self.faithful:
            return None
        positive = np.maximum(self.weights, 0)
        return np.asarray(positive / positive.max()) if positive.max() > 0 else None

    def part(self, least: float = 0.5) -> tuple[slice, slice] | None:
        """Return rows and columns of cells around the weightiest, or None.

        They hold the weightiest cell and those beside it that weigh ``least`` of it or more.
        """
        from scipy import ndimage

        shown = self.shown()
        if shown is None:
            return None
        parts, _ = ndimage.label(shown >= least)
        rows, columns = np.nonzero(parts == parts.flat[int(shown.argmax())])
        return (
            slice(int(rows.min()), int(rows.max()) + 1),
            slice(int(columns.min()), int(columns.max()) + 1),
        )

    def box(self, geometry: Geometry, least: float = 0.5) -> tuple[float, ...] | None:
        """Return the box around the weightiest cells in pixels of the original, or None."""
        part = self.part(least)
        if part is None:
            return None
        rows, columns = part
        by = np.array(geometry.size) / self.weights.shape
        edges = [
            columns.start * by[1],
            rows.start * by[0],
            columns.stop * by[1],
            rows.stop * by[0],
        ]
        return tuple(float(one) for one in geometry.boxes(np.array([edges]))[0])


def saliency(
    model: VisionModel,
    image: Pixels,
    code: int,
    *,
    output: str | None = None,
    plain: Pixels | None = None,
    cells: int = 8,
    steps: int = 16,
) -> Saliency:
    """Return where finding number ``code`` rests in a prepared image, and whether that is so.

    The image is (channels, rows, columns); ``plain``, of the same shape, is one without the
    finding, the blurred image if none is given. It costs ``2 cells² + 40 (steps - 1)`` runs and
    four. The random orders follow from the image: the same again, and others for another.
    """
    if image.ndim != 3 or cells < 2 or steps < 2:
        raise InvalidInput("A prepared image has three axes, and two cells a side or more.")
    if plain is not None and plain.shape != image.shape:
        raise InvalidInput("The plain image has another shape than the image.", where="plain")
    asked = Asked(model, image, _blurred(image) if plain is None else plain, code, output, cells)
    return checked(asked, weighed(asked), steps)


@dataclass(frozen=True)
class Asked:
    """What is asked of a model: about which finding, in which image, against which plain one."""

    model: VisionModel
    image: Pixels
    plain: Pixels
    code: int
    output: str | None
    cells: int

    @property
    def grid(self) -> NDArray[np.intp]:
        """The number of each pixel's cell."""
        return _grid(self.image.shape[1:], self.cells)

    def odds(self, images: Iterable[Pixels]) -> Numbers:
        """Return the finding's log-odds in each image."""
        waiting, found = iter(images), []
        while block := list(islice(waiting, BLOCK)):
            outputs = self.model.run(np.stack(block).astype(np.float32, copy=False))
            found.append(self.model.log_odds(outputs, self.output)[:, self.code])
        return np.concatenate(found)


def weighed(asked: Asked) -> Numbers:
    """Return the weight of each cell (rows, columns), in log-odds."""
    grid, image, plain = asked.grid, asked.image, asked.plain
    numbers = range(int(grid.max()) + 1)
    whole, nothing = asked.odds([image, plain])
    without = asked.odds(_mixed(image, plain, grid == cell) for cell in numbers)
    alone = asked.odds(_mixed(plain, image, grid == cell) for cell in numbers)
    weights = ((whole - without) + (alone - nothing)) / 2
    return np.asarray(weights.reshape(-1, int(grid[0].max()) + 1))


def checked(asked: Asked, weights: Numbers, steps: int) -> Saliency:
    """Return weights, whoever made them, with how their order stands against random ones."""
    count = weights.size
    whole, nothing = asked.odds([asked.image, asked.plain])
    drawn = sha256(np.ascontiguousarray(asked.image).tobytes()).digest()
    chance = np.random.default_rng(int.from_bytes(drawn[:8]))
    orders = [
        np.argsort(-weights.ravel(), kind="stable"),
        *(chance.permutation(count) for _ in range(RANDOMS)),
    ]
    stops = np.unique(np.linspace(0, count, steps + 1).round().astype(int))[1:-1]
    deletion = _means(asked, (asked.image, asked.plain), orders, stops, (whole, nothing))
    insertion = _means(asked, (asked.plain, asked.image), orders, stops, (nothing, whole))
    return Saliency(
        weights=weights,
        deletion=deletion[0],
        insertion=insertion[0],
        random_deletion=deletion[1:],
        random_insertion=insertion[1:],
        effect=float(whole - nothing),
    )


def _grid(size: tuple[int, ...], cells: int) -> NDArray[np.intp]:
    """Return the number of each pixel's cell, row by row; as many a side as there are pixels."""
    rows, columns = (min(cells, one) for one in size)
    row = np.arange(size[0]) * rows // size[0]
    column = np.arange(size[1]) * columns // size[1]
    return np.asarray(row[:, None] * columns + column[None, :])


def _mixed(one: Pixels, other: Pixels, where: NDArray[np.bool_]) -> Pixels:
    return np.where(where[None], other, one)


def _blurred(image: Pixels) -> Pixels:
    from scipy import ndimage

    wide = max(image.shape[1:]) / 8
    return np.stack([ndimage.gaussian_filter(one, wide, mode="nearest") for one in image])


def _means(
    asked: Asked,
    over: tuple[Pixels, Pixels],
    orders: Sequence[NDArray[np.intp]],
    stops: NDArray[np.intp],
    ends: tuple[float, float],
) -> tuple[float, ...]:
    """Return, for each order, the mean log-odds while cells go over from one image to another."""
    grid = asked.grid
    between = asked.odds(
        _mixed(*over, np.argsort(order)[grid] < stop) for order in orders for stop in stops
    )
    sums = between.reshape(len(orders), len(stops)).sum(axis=1)
    return tuple(float(one) for one in (sums + sum(ends)) / (len(stops) + 2))
