"""Which parts of a slide are looked at, how finely, and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from wardround.capabilities.pathology.slide import Pixels, Slide, scale_of
from wardround.capabilities.pathology.tissue import Ground, find_tissue

WORKING = 0.75
"""Micrometres of a pixel that is looked at: 13x, where a lymphocyte is 9 pixels wide."""
CORE = 512
"""Pixels looked at of a side of a tile, whose nuclei are its own."""
HALO = 24
"""Pixels around it, which it shares with its neighbours: more than a nucleus is wide."""
THUMBNAIL = 1024


@dataclass(frozen=True)
class Tile:
    """A part of a slide; places and sizes in pixels of the finest level."""

    number: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Plan:
    """How a slide is swept: tiles with tissue in rows, read at ``level``, coarser by ``factor``."""

    tiles: tuple[Tile, ...]
    skipped: int
    """Tiles without tissue: not looked at."""
    level: int
    factor: float
    """Pixels of the level in one that is looked at, along a side."""
    scale: float
    """Pixels of the finest level in one that is looked at, along a side."""
    mpp: float | None
    ground: Ground
    thumbnail: Pixels

    def read(self, slide: Slide, tile: Tile) -> Pixels:
        """Return what is looked at of a tile, with its halo."""
        fine = self.factor
        edge = round(HALO * self.scale)
        width = round(tile.width / self.scale) + 2 * HALO
        height = round(tile.height / self.scale) + 2 * HALO
        rgb = slide.region(
            tile.x - edge, tile.y - edge, round(width * fine), round(height * fine), self.level
        )
        return coarser(rgb, width, height)


def coarser(rgb: Pixels, width: int, height: int) -> Pixels:
    """Return a picture made smaller, each pixel the mean of those it covers."""
    if rgb.shape[:2] == (height, width):
        return rgb
    from PIL import Image

    return np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.BOX))


def plan(slide: Slide, core: int = CORE) -> Plan:
    """Return how to sweep a slide; without its resolution it is looked at pixel by pixel."""
    small = slide.thumbnail(THUMBNAIL)
    ground = find_tissue(small)
    mpp = None if slide.mpp is None else float(np.sqrt(slide.mpp[0] * slide.mpp[1]))
    wanted = 1.0 if mpp is None else max(1.0, WORKING / mpp)
    scales = [scale_of(one) for one in slide.levels]
    level = max(i for i, one in enumerate(scales) if one <= wanted * 1.1 or i == 0)
    factor = max(1.0, wanted / scales[level])
    if abs(factor - round(factor)) < 0.1:
        factor = float(round(factor))
    scale = scales[level] * factor
    step = round(core * scale)
    tiles, skipped = [], 0
    for number, (x, y, width, height) in enumerate(_grid(slide.dimensions, step)):
        box = _around(ground.tissue, slide.dimensions, (x, y, width, height), round(scale))
        if box is None:
            skipped += 1
        else:
            tiles.append(Tile(number, *box))
    return Plan(tuple(tiles), skipped, level, factor, scale, mpp, ground, small)


def _grid(size: tuple[int, int], step: int) -> Iterator[tuple[int, int, int, int]]:
    for y in range(0, size[1], step):
        for x in range(0, size[0], step):
            yield x, y, min(step, size[0] - x), min(step, size[1] - y)


def _around(
    mask: Any, size: tuple[int, int], box: tuple[int, int, int, int], step: int
) -> tuple[int, int, int, int] | None:
    """Return the part of a box of the finest level that holds what a thumbnail's mask shows.

    Its corners are multiples of ``step``, so that no pixel that is looked at lies in two.
    """
    across, down = mask.shape[1] / size[0], mask.shape[0] / size[1]
    x, y, width, height = box
    left, top = int(x * across), int(y * down)
    right = max(left + 1, int(np.ceil((x + width) * across)))
    low = max(top + 1, int(np.ceil((y + height) * down)))
    part = mask[top:low, left:right]
    columns, rows = np.flatnonzero(part.any(0)), np.flatnonzero(part.any(1))
    if not len(columns):
        return None

    def held(start: float, end: float, least: int, span: int) -> tuple[int, int]:
        first = least + max(0, int(start - least) // step * step)
        last = least + min(span, -(-int(end - least) // step) * step)
        return first, max(last - first, step)

    x, width = held((left + columns[0] - 1) / across, (left + columns[-1] + 2) / across, x, width)
    y, height = held((top + rows[0] - 1) / down, (top + rows[-1] + 2) / down, y, height)
    return x, y, width, height
