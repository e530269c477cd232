"""The tiles of a slide as an added model wants them: over tissue alone, a few at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.tissue import Mask, find_tissue
from wardround.engines.images import CorruptTile, Facts, Image, Region, Slide
from wardround.engines.vision import Manifest, Place, Tiles, cut, prepare
from wardround.kernel import InvalidInput, TooLarge

LEAST = 0.25
"""The least share of a tile that must be tissue."""
COARSER = 1.25
"""How much coarser than a model asks for a slide may be: scanners differ by less."""
MOST = 100_000
"""Tiles of one slide for one model; at 0.5 µm and 224 pixels, 1,250 mm² of tissue."""
TOGETHER = 16
"""Tiles that are held and read at once."""
THUMBNAIL = 1024


@dataclass(frozen=True)
class Cut:
    """The tiles over tissue, in pixels of the finest level, and what is read of each."""

    slide: Slide
    manifest: Manifest
    mpp: float
    places: tuple[Place, ...]
    """With their halo."""
    empty: int
    """Tiles without tissue, not looked at."""

    def read(self) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Yield tiles by their numbers, and as the network takes them, a few at a time.

        A tile that cannot be decoded is left out.
        """
        left = iter(range(len(self.places)))
        while block := list(islice(left, TOGETHER)):
            numbers, batch = [], []
            for number in block:
                try:
                    batch.append(prepare(self._image(number), self.manifest.input).values)
                except CorruptTile:
                    continue
                numbers.append(number)
            if numbers:
                yield numbers, np.stack(batch)

    def region(self, number: int) -> Region:
        """Return what a tile is of the slide, without its halo, cut at the edges."""
        place, halo = self.places[number], round(_tiles(self.manifest).halo * self._by)
        width, height = self.slide.dimensions
        x, y = max(0, place.x + halo), max(0, place.y + halo)
        side = place.width - 2 * halo
        return Region(x=x, y=y, width=min(side, width - x), height=min(side, height - y))

    @property
    def _by(self) -> float:
        return _tiles(self.manifest).mpp / self.mpp

    def _image(self, number: int) -> Image:
        place, (rows, columns) = self.places[number], self.manifest.input.size
        values = self.slide.scaled(
            place.x, place.y, place.width, place.height, (columns, rows), strict=True
        )
        millimetres = _tiles(self.manifest).mpp / 1000
        facts = Facts(
            source="slide",
            rows=rows,
            columns=columns,
            channels=3,
            modality="SM",
            spacing=(millimetres, millimetres),
        )
        return Image(values, facts, "tile")


def cut_over_tissue(slide: Slide, manifest: Manifest) -> Cut:
    """Return the tiles of a slide that hold tissue; raise where the model cannot read it."""
    tiles = _tiles(manifest)
    if slide.mpp is None:
        raise InvalidInput("The slide does not say how large its pixels are, and it goes by that.")
    mpp = float(np.sqrt(slide.mpp[0] * slide.mpp[1]))
    if mpp > tiles.mpp * COARSER:
        raise InvalidInput(f"The slide has {mpp:.3g} µm a pixel; it needs {tiles.mpp:g} or finer.")
    tissue = find_tissue(slide.thumbnail(THUMBNAIL)).tissue
    found: list[Place] = []
    empty = 0
    for place in cut(slide.dimensions, mpp, tiles):
        if _share(tissue, slide.dimensions, place) < LEAST:
            empty += 1
            continue
        found.append(place)
        if len(found) > MOST:
            raise TooLarge(f"The tissue has more than {MOST:,} tiles of its size.")
    if not found:
        raise InvalidInput("No tile of its size holds enough tissue.")
    return Cut(slide, manifest, mpp, tuple(found), empty)


def _tiles(manifest: Manifest) -> Tiles:
    if manifest.tiles is None:
        raise InvalidInput("Its manifest does not say how a slide is cut into tiles.")
    return manifest.tiles


def _share(tissue: Mask, size: tuple[int, int], place: Place) -> float:
    """Return how much of a tile is tissue, by the thumbnail."""
    across, down = tissue.shape[1] / size[0], tissue.shape[0] / size[1]
    left, top = max(0, int(place.x * across)), max(0, int(place.y * down))
    right = max(left + 1, int(np.ceil((place.x + place.width) * across)))
    low = max(top + 1, int(np.ceil((place.y + place.height) * down)))
    part = tissue[top:low, left:right]
    return float(part.mean()) if part.size else 0.0
