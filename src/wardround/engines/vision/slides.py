"""Models of slides: tiles become embeddings, and an aggregator weighs them (attention MIL).

Multiple-instance learning by attention as in Ilse 2018 (arXiv 1802.04712) and CLAM (Lu 2021): a
slide is a bag of tiles of any number, and the weights say which tiles the answer rests on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision import meaning
from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.manifest import Manifest, Tiles
from wardround.engines.vision.model import opened
from wardround.engines.vision.preparing import Seen, prepare
from wardround.engines.vision.reading import LARGEST, MANIFEST, bytes_of, read_manifest
from wardround.engines.vision.session import Session
from wardround.kernel import InvalidInput

MOST_TILES = 200_000
"""Of one slide: embeddings of 1,024 numbers are then 0.8 GB."""


@dataclass(frozen=True)
class Place:
    """Where a tile lies on the slide, in pixels of its first level, with the halo around it."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Weighed:
    """What the aggregator says of a slide."""

    probabilities: NDArray[np.float64]
    """Of each code, calibrated."""
    attention: NDArray[np.float64] | None
    """Of each tile, adding up to 1; None where the model does not say."""


@dataclass(frozen=True)
class SlideModel:
    """A model of slides: an embedder of tiles and an aggregator."""

    manifest: Manifest
    digest: str
    embedder: Session
    aggregator: Session

    @property
    def tiles(self) -> Tiles:
        """How it wants a slide cut."""
        if self.manifest.tiles is None:
            raise InvalidInput("The manifest does not say how a slide is cut.", where="tiles")
        return self.manifest.tiles

    def prepare(self, tile: Seen) -> NDArray[np.float32]:
        """Return a tile as the embedder takes it: (channels, rows, columns)."""
        return prepare(tile, self.manifest.input).values

    def embed(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (tiles, numbers) for (tiles, channels, rows, columns); raise ``ModelFault``."""
        name = self.manifest.features or next(iter(self.embedder.outputs))
        found = self.embedder.run(batch, [name])[name]
        return np.asarray(found.reshape(len(found), -1), dtype=np.float32)

    def read(self, embeddings: NDArray[np.float32]) -> Weighed:
        """Return what is said of the slide whose tiles have these embeddings."""
        if embeddings.ndim != 2 or not len(embeddings):
            raise InvalidInput("A slide without tiles has no answer.", where="tiles")
        if len(embeddings) > MOST_TILES:
            raise InvalidInput(f"These are more than {MOST_TILES:,} tiles.", where="tiles")
        output = self.manifest.of_kind("classes")
        attention = self.manifest.attention
        bag = embeddings if len(self.aggregator.shape) == 2 else embeddings[None]
        found = self.aggregator.whole(bag, [output.name, *([attention] if attention else [])])
        scores = np.reshape(found[output.name], (1, -1))
        meaning.check(output, scores)
        said = meaning.probabilities(output, scores)[0]
        return Weighed(said, _weights(found[attention], len(embeddings)) if attention else None)


def load_slide_model(folder: Path, *, provider: str = "cpu", threads: int = 1) -> SlideModel:
    """Return the model of slides of a folder, its files as its manifest says, by sha256."""
    data = bytes_of(folder / MANIFEST, LARGEST)
    manifest = read_manifest(data)
    if manifest.task != "slide":
        raise InvalidInput("This is no model of slides.", where=MANIFEST, mend="Load it as one.")
    (embedder,) = opened(folder, manifest, "embedder", provider=provider, threads=threads)
    (aggregator,) = opened(folder, manifest, "aggregator", provider=provider, threads=threads)
    wanted = [manifest.of_kind("classes").name, *filter(None, [manifest.attention])]
    asked = [(aggregator, one) for one in wanted]
    asked += [(embedder, one) for one in filter(None, [manifest.features])]
    for session, name in asked:
        if name not in session.outputs:
            raise InvalidInput(
                "The model has no output of this name.",
                where=f"{session.name}: {name}",
                mend=f"It has: {', '.join(sorted(session.outputs))[:300]}.",
            )
    if len(aggregator.shape) not in {2, 3} or any(aggregator.shape[:-1][-1:]):
        raise InvalidInput(
            "The aggregator does not take any number of tiles.",
            where=aggregator.name,
            mend="Export it with a dynamic axis: (tiles, numbers) or (1, tiles, numbers).",
        )
    return SlideModel(manifest, sha256(data).hexdigest(), embedder, aggregator)


def cut(size: tuple[int, int], mpp: float, tiles: Tiles) -> Iterator[Place]:
    """Yield the tiles of a slide of (width, height) pixels at ``mpp`` microns each, row by row.

    A tile that reaches over the right or lower edge is moved back, so that all of the slide is seen
    and none is padded; a slide smaller than a tile is one tile that reaches beyond it.
    """
    if not (np.isfinite(mpp) and mpp > 0):
        raise InvalidInput(
            "The slide does not say how large its pixels are.",
            where="mpp",
            mend="Say the microns per pixel.",
        )
    by = tiles.mpp / mpp
    side, step, halo = (round(one * by) for one in (tiles.size, tiles.step, tiles.halo))
    width, height = size
    whole = side + 2 * halo
    for y in _starts(height, side, max(1, step)):
        for x in _starts(width, side, max(1, step)):
            yield Place(x - halo, y - halo, whole, whole)


def _starts(length: int, side: int, step: int) -> Iterator[int]:
    last = max(0, length - side)
    yield from range(0, last, step)
    yield last


def _weights(raw: NDArray[Any], tiles: int) -> NDArray[np.float64]:
    """Return attention that adds up to 1 over the tiles; of several heads, their mean."""
    values = np.asarray(raw, dtype=np.float64)
    if values.size % tiles or tiles not in values.shape:
        raise ModelFault(
            f"The attention has the shape {list(raw.shape)} for {tiles} tiles.", where="attention"
        )
    axis = max(at for at, length in enumerate(values.shape) if length == tiles)
    values = np.moveaxis(values, axis, -1).reshape(-1, tiles)
    if (values < 0).any() or not np.allclose(values.sum(axis=1), 1, atol=1e-3):
        values = np.exp(values - values.max(axis=1, keepdims=True))
    values = values / values.sum(axis=1, keepdims=True)
    return np.asarray(values.mean(axis=0))
