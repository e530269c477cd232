"""A slide as DeepZoom tiles, the addressing that viewers in a browser ask for.

The largest level is the slide itself; each one below has half its sides, rounded up, down to one
pixel. Tiles overlap by some pixels on every side that is not an edge.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

import numpy as np

from wardround.engines.images.slide import Colours, Slide
from wardround.kernel import NotFound

FAR = 1024
"""Pixels of the longer side of the picture that the levels from afar are made from."""

KINDS = {"jpeg": "image/jpeg", "png": "image/png"}
"""Formats of a tile, and what a browser calls them."""


@dataclass(frozen=True)
class DeepZoom:
    """The tiles of one slide, by level, column and row; ``size`` is a tile without its overlap."""

    slide: Slide = field(repr=False)
    size: int = 254
    overlap: int = 1
    kind: str = "jpeg"
    quality: int = 80

    @property
    def levels(self) -> int:
        """How many levels there are."""
        return math.ceil(math.log2(max(self.slide.dimensions))) + 1

    def level_size(self, level: int) -> tuple[int, int]:
        """Return the width and height of a level."""
        scale = self._scale(level)
        width, height = self.slide.dimensions
        return max(1, math.ceil(width / scale)), max(1, math.ceil(height / scale))

    def grid(self, level: int) -> tuple[int, int]:
        """Return how many columns and rows of tiles a level has."""
        width, height = self.level_size(level)
        return math.ceil(width / self.size), math.ceil(height / self.size)

    def descriptor(self) -> str:
        """Return what a viewer reads first: the slide's size and that of its tiles."""
        width, height = self.slide.dimensions
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Image xmlns="http://schemas.microsoft.com/deepzoom/2008"'
            f' Format="{self.kind}" Overlap="{self.overlap}" TileSize="{self.size}">'
            f'<Size Width="{width}" Height="{height}"/></Image>\n'
        )

    def tile(self, level: int, column: int, row: int) -> bytes:
        """Return one tile, as JPEG or PNG; what is damaged of it is grey.

        Raise ``NotFound`` where there is no such tile.
        """
        from PIL import Image as Pillow

        out = BytesIO()
        picture = Pillow.fromarray(self.colours(level, column, row))
        if self.kind == "png":
            picture.save(out, "PNG", compress_level=1)
        else:
            picture.save(out, "JPEG", quality=self.quality)
        return out.getvalue()

    def colours(self, level: int, column: int, row: int) -> Colours:
        """Return one tile as uint8 (H, W, 3), with its overlap."""
        if not 0 <= level < self.levels:
            raise NotFound(f"The slide has {self.levels} levels of tiles.", where="level")
        columns, rows = self.grid(level)
        if not (0 <= column < columns and 0 <= row < rows):
            raise NotFound(f"The level has {columns} columns and {rows} rows.", where="tile")
        scale = self._scale(level)
        size = self.level_size(level)
        left, right = self._side(column, size[0])
        top, bottom = self._side(row, size[1])
        if max(size) <= FAR and 2 * self._nearest(scale) < scale:
            return np.ascontiguousarray(self._far_away(size)[top:bottom, left:right])
        return self.slide.scaled(
            left * scale,
            top * scale,
            (right - left) * scale,
            (bottom - top) * scale,
            (right - left, bottom - top),
        )

    def _nearest(self, scale: int) -> float:
        """Return the downsample of the slide's level that a level of tiles is made from."""
        return self.slide.levels[self.slide.level_for(scale)].downsample

    @cached_property
    def _overview(self) -> Colours:
        """The whole slide, held so that a slide without small levels is read for it only once."""
        return self.slide.thumbnail(FAR)

    def _far_away(self, size: tuple[int, int]) -> Colours:
        from PIL import Image as Pillow

        whole = Pillow.fromarray(self._overview)
        return np.asarray(whole.resize(size, Pillow.Resampling.BOX))

    def _scale(self, level: int) -> int:
        return int(2 ** (self.levels - 1 - level))

    def _side(self, at: int, length: int) -> tuple[int, int]:
        """Return where a tile begins and ends along one side of its level."""
        first = at * self.size - (self.overlap if at else 0)
        return first, min(length, (at + 1) * self.size + self.overlap)
