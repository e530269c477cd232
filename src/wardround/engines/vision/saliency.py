"""Where a finding rests in an image, and whether that is so: without the proof it is not shown.

Each cell of the image is hidden in turn, and how far the finding's log-odds fall is its weight
(occlusion, Zeiler 2014). Then cells are taken away, and put into a blurred image, in the order of
their weights (deletion and insertion, Petsiuk 2018). An order that is true does better in both than
every one of the random orders it is held against; with nineteen of them, an order that says nothing
does so in one image of twenty at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
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
LEAST = 0.1
"""Log-odds that the whole image must add against a blurred one; else there is nothing to show."""


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
    """Log-odds that the whole image adds against the blurred one."""

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

    def box(self, geometry: Geometry, least: float = 0.5) -> tuple[float, ...] | None:
        """Return the box around the weightiest cells in pixels of the original, or None.

        It goes around the weightiest cell and those beside it that weigh ``least`` of it or more.
        """
        from scipy import ndimage

        shown = self.shown()
        if shown is None:
            return None
        parts, _ = ndimage.label(shown >= least)
        rows, columns = np.nonzero(parts == parts.flat[int(shown.argmax())])
        by = np.array(geometry.size) / shown.shape
        edges = [
            columns.min() * by[1],
            rows.min() * by[0],
            (columns.max() + 1) * by[1],
            (rows.max() + 1) * by[0],
        ]
        return tuple(float(one) for one in geometry.boxes(np.array([edges]))[0])


def saliency(
    model: VisionModel,
    image: Pixels,
    code: int,
    *,
    cells: int = 8,
    randoms: int = 19,
    steps: int = 16,
    seed: int = 0,
) -> Saliency:
    """Return where finding number ``code`` rests in a prepared image, and whether that is so.

    The image is (channels, rows, columns). It costs ``cells² + 2 (randoms + 1) (steps + 1)`` runs.
    """
    if image.ndim != 3 or cells < 2 or randoms < 1 or steps < 2:
        raise InvalidInput("A prepared image has three axes, and two cells a side or more.")
    grid = _grid(image.shape[1:], cells)
    count = int(grid.max()) + 1
    mean = np.broadcast_to(image.mean(axis=(1, 2), keepdims=True), image.shape)
    whole = _odds(model, iter([image]), code)[0]
    hidden = (_mixed(image, mean, grid == cell) for cell in range(count))
    weights = whole - _odds(model, hidden, code)
    blurred = _blurred(image)
    order = np.argsort(-weights, kind="stable")
    chance = np.random.default_rng(seed)
    orders = [order, *(chance.permutation(count) for _ in range(randoms))]
    stops = np.unique(np.linspace(0, count, steps + 1).round().astype(int))
    deletion = [_curve(model, code, image, blurred, grid, (one, stops)) for one in orders]
    insertion = [_curve(model, code, blurred, image, grid, (one, stops)) for one in orders]
    across = int(grid[0].max()) + 1
    return Saliency(
        weights=weights.reshape(-1, across),
        deletion=float(deletion[0].mean()),
        insertion=float(insertion[0].mean()),
        random_deletion=tuple(float(one.mean()) for one in deletion[1:]),
        random_insertion=tuple(float(one.mean()) for one in insertion[1:]),
        effect=float(insertion[0][-1] - insertion[0][0]),
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


def _curve(
    model: VisionModel,
    code: int,
    before: Pixels,
    after: Pixels,
    grid: NDArray[np.intp],
    going: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> Numbers:
    """Return the log-odds while cells go over from one image to another, in an order."""
    order, stops = going
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    when = place[grid]
    return _odds(model, (_mixed(before, after, when < stop) for stop in stops), code)


def _odds(model: VisionModel, images: Iterator[Pixels], code: int) -> Numbers:
    found = []
    while block := list(islice(images, BLOCK)):
        outputs = model.run(np.stack(block).astype(np.float32, copy=False))
        found.append(model.log_odds(outputs)[:, code])
    return np.concatenate(found)
