"""Where a likely answer rests on an image: asked of the model, checked, and shown or not.

The cells are those in which this image differs, for the model, from a plain one: the mean of the
healthy chests that it learned from. They say on what its answer stands, not where a disease ends;
a box around them is no outline and is never written back as one.
"""

from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wardround.capabilities.radiology.model import Cell, Resting
from wardround.engines.images import Image, Region, read_image
from wardround.engines.vision import Geometry, saliency

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wardround.engines.vision import VisionModel

PLAIN = "healthy.png"
"""Beside the manifest: the plain image, as written by scripts/train_radiology.py."""
CELLS = 7
"""Cells a side: four pixels of the shipped model's 28 each."""
STEPS = 8
"""Cells are taken away, and put in, in as many steps; 370 runs of the model or so in all."""
DRAWN = 0.25
"""The share of the weightiest cell from which on a cell is drawn."""
BOXED = 0.5
"""The share of it from which on a cell beside it is in the box."""


def read_plain(folder: Path) -> Image | None:
    """Return the plain image of a model folder; None where it has none."""
    path = folder / PLAIN
    return read_image(path, PLAIN) if path.is_file() else None


def resting(
    model: "VisionModel", image: Image, plain: Image, output: str, code: int = 0
) -> Resting:
    """Return where an answer rests on an image, in its own pixels, or that this cannot be shown."""
    prepared = model.prepared(image)
    against = like(model.prepare(plain), prepared.values)
    found = saliency(
        model, prepared.values, code, output=output, plain=against, cells=CELLS, steps=STEPS
    )
    shown, part = found.shown(), found.part(BOXED)
    box = found.box(prepared.geometry, BOXED)
    region = None if box is None else region_of(box, prepared.geometry)
    if shown is None or part is None or region is None:
        return Resting(faithful=False)
    cells = (
        Cell(region=place, weight=round(float(shown[row, column]), 2))
        for row, column in np.argwhere(shown >= DRAWN).tolist()
        if (place := _cell(prepared.geometry, shown.shape, row, column)) is not None
    )
    share = round(float(shown[part].sum() / shown.sum()), 2)
    return Resting(faithful=True, region=region, share=share, cells=tuple(cells))


def like(plain: "NDArray[np.float32]", image: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Return a plain image as light and as contrasted as an image, so that a cell of one fits."""
    spread = float(plain.std()) or 1.0
    matched = (plain - plain.mean()) / spread * image.std() + image.mean()
    return np.asarray(np.clip(matched, 0, 1), np.float32)


def covered(geometry: Geometry) -> Region | None:
    """Return the part of an image that a model is given; None where it is given nothing of it."""
    rows, columns = geometry.size
    return region_of(geometry.boxes(np.array([[0.0, 0.0, columns, rows]]))[0], geometry)


def region_of(box: "NDArray[np.float64] | tuple[float, ...]", geometry: Geometry) -> Region | None:
    """Return a box in whole pixels of the image; None where nothing of it is on the image."""
    rows, columns = geometry.original
    left, right = sorted((box[0], box[2]))
    top, bottom = sorted((box[1], box[3]))
    x, y = max(0, floor(left + _SLACK)), max(0, floor(top + _SLACK))
    width = min(ceil(right - _SLACK), columns) - x
    height = min(ceil(bottom - _SLACK), rows) - y
    return Region(x=x, y=y, width=width, height=height) if min(width, height) > 0 else None


_SLACK = 1e-6
"""Of a pixel: what a stretch there and back leaves over."""


def _cell(geometry: Geometry, shape: tuple[int, ...], row: int, column: int) -> Region | None:
    down, across = (size / cells for size, cells in zip(geometry.size, shape, strict=True))
    edges = (column * across, row * down, (column + 1) * across, (row + 1) * down)
    return region_of(geometry.boxes(np.array([edges]))[0], geometry)
