"""A stained slide of nobody: tissue on glass, with nuclei whose places are known.

Colours are made as stains make them, by optical density (Beer and Lambert) with the stain vectors
of Ruifrok and Johnston (2001), so that what unmixes stains has a known answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.slide import Colours
from wardround.engines.images.tiff_pyramid import Layer, write_pyramid

HEMATOXYLIN = np.array([0.65, 0.70, 0.29], np.float32)
EOSIN = np.array([0.07, 0.99, 0.11], np.float32)
DAB = np.array([0.27, 0.57, 0.78], np.float32)

CELL = 14.0
"""Microns of the side of the square that a nucleus has to itself."""

TILE = 256
QUALITY = 90
SMALLEST = 512
"""Pixels of the longer side of the smallest level, or fewer."""


@dataclass(frozen=True)
class Nucleus:
    """An ellipse in pixels of the base; ``angle`` in radians; ``positive`` if it is brown."""

    x: float
    y: float
    long: float
    short: float
    angle: float
    positive: bool = False


@dataclass(frozen=True)
class SlidePhantom:
    """What is drawn; equal phantoms give equal slides."""

    seed: int = 0
    width: int = 2048
    height: int = 2048
    mpp: float | None = 0.5
    """Microns per pixel, also of the drawing; None draws at 0.5 and does not say so."""
    density: float = 0.55
    """The share of squares with a nucleus; in the hot spot twice that, at most all."""
    hot_spot: tuple[float, float] = (0.62, 0.45)
    """Where nuclei are dense, as shares of width and height."""
    positive: float = 0.0
    """The share of nuclei that DAB stains brown; above 0 there is no eosin."""
    glass: bool = True
    """Whether there is empty glass around the tissue."""


def draw_slide(phantom: SlidePhantom) -> tuple[Colours, tuple[Nucleus, ...]]:
    """Return the base level, uint8 (H, W, 3), and its nuclei."""
    draw = np.random.default_rng(phantom.seed)
    shape = (phantom.height, phantom.width)
    tissue = _tissue(phantom, draw)
    nuclei = tuple(_nuclei(phantom, tissue, draw))
    second = 0.08 * _cloud(draw, shape, 24) + 0.05 * _cloud(draw, shape, 200)
    ground = np.clip(0.38 + second, 0.12, 0.8) * tissue * (0.12 if phantom.positive else 1.0)
    blue = 0.06 * tissue
    brown = np.zeros(shape, np.float32)
    for one in nuclei:
        _stain(brown if one.positive else blue, one, float(draw.uniform(0.75, 1.1)))
    out = np.empty((*shape, 3), np.uint8)
    for top in range(0, phantom.height, TILE):
        band = slice(top, top + TILE)
        density = blue[band, :, None] * HEMATOXYLIN + ground[band, :, None] * EOSIN
        density += brown[band, :, None] * DAB
        light = 245 * np.exp(-density) + 2 * draw.standard_normal(density.shape, np.float32)
        out[band] = np.clip(light, 0, 255).astype(np.uint8)
    return out, nuclei


def write_slide(phantom: SlidePhantom, path: Path) -> tuple[Nucleus, ...]:
    """Write a tiled TIFF with its levels, which OpenSlide opens; return the nuclei drawn.

    Where its resolution is said, it is in the TIFF's own tags, pixels a centimetre.
    """
    picture, nuclei = draw_slide(phantom)
    write_pyramid(path, _layers(picture, phantom.mpp), TILE)
    return nuclei


def _layers(picture: Colours, mpp: float | None) -> Iterator[Layer]:
    """Yield the levels, each half the one before."""
    while True:
        yield Layer(picture.shape[1], picture.shape[0], _encoded(picture), mpp)
        if max(picture.shape) <= SMALLEST:
            return
        picture, mpp = _half(picture), mpp and 2 * mpp


def _encoded(picture: Colours) -> Iterator[bytes]:
    """Yield a level's tiles as JPEG, those at the edges filled up with white."""
    from PIL import Image as Pillow

    for top in range(0, picture.shape[0], TILE):
        for left in range(0, picture.shape[1], TILE):
            part = picture[top : top + TILE, left : left + TILE]
            tile = np.full((TILE, TILE, 3), 255, np.uint8)
            tile[: part.shape[0], : part.shape[1]] = part
            out = BytesIO()
            Pillow.fromarray(tile).save(out, "JPEG", quality=QUALITY, subsampling=0)
            yield out.getvalue()


def _half(picture: Colours) -> Colours:
    from PIL import Image as Pillow

    size = (max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2))
    return np.asarray(Pillow.fromarray(picture).resize(size, Pillow.Resampling.BOX))


def _cloud(draw: np.random.Generator, shape: tuple[int, int], grain: int) -> NDArray[np.float32]:
    """Return smooth noise, ``grain`` waves to the longer side."""
    from PIL import Image as Pillow

    scale = grain / max(shape)
    coarse = draw.normal(0, 1, [max(2, round(side * scale)) for side in shape])
    picture = Pillow.fromarray(coarse.astype(np.float32))
    return np.asarray(picture.resize(shape[::-1], Pillow.Resampling.BICUBIC), np.float32)


def _tissue(phantom: SlidePhantom, draw: np.random.Generator) -> NDArray[np.float32]:
    """Return 1 where there is tissue and 0 on glass, with a soft edge."""
    shape = (phantom.height, phantom.width)
    if not phantom.glass:
        return np.ones(shape, np.float32)
    v = (np.arange(shape[0], dtype=np.float32)[:, None] / shape[0] - 0.5) / 0.42
    u = (np.arange(shape[1], dtype=np.float32)[None, :] / shape[1] - 0.5) / 0.40
    edge = np.sqrt(u * u + v * v) + 0.10 * _cloud(draw, shape, 7)
    return np.asarray(np.clip((1 - edge) * 40, 0, 1), np.float32)


def _nuclei(
    phantom: SlidePhantom, tissue: NDArray[np.float32], draw: np.random.Generator
) -> Iterator[Nucleus]:
    mpp = phantom.mpp or 0.5
    cell = CELL / mpp
    reach = 0.12 * max(phantom.width, phantom.height)
    hot_x = phantom.hot_spot[0] * phantom.width
    hot_y = phantom.hot_spot[1] * phantom.height
    for row in range(int(phantom.height // cell)):
        for column in range(int(phantom.width // cell)):
            luck, along, aside, size, flat, angle, brown = draw.random(7)
            long = (2.6 + 1.6 * size) / mpp
            room = cell / 2 - long - 1
            x = (column + 0.5) * cell + (2 * along - 1) * room
            y = (row + 0.5) * cell + (2 * aside - 1) * room
            hot = np.hypot(x - hot_x, y - hot_y) < reach
            if luck < phantom.density * (2 if hot else 1) and tissue[int(y), int(x)] == 1:
                yield Nucleus(
                    x=float(x),
                    y=float(y),
                    long=float(long),
                    short=float(long * (0.6 + 0.4 * flat)),
                    angle=float(np.pi * angle),
                    positive=bool(brown < phantom.positive),
                )


def _stain(density: NDArray[np.float32], one: Nucleus, strength: float) -> None:
    """Add the stain of one nucleus, with an edge a pixel soft."""
    reach = int(one.long) + 2
    left, top = max(0, int(one.x) - reach), max(0, int(one.y) - reach)
    part = density[top : int(one.y) + reach + 1, left : int(one.x) + reach + 1]
    v, u = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]].astype(np.float32)
    du, dv = u - one.x, v - one.y
    along = du * np.cos(one.angle) + dv * np.sin(one.angle)
    aside = dv * np.cos(one.angle) - du * np.sin(one.angle)
    distance = np.sqrt((along / one.long) ** 2 + (aside / one.short) ** 2)
    part += strength * np.clip((1 - distance) * one.short + 0.5, 0, 1)
