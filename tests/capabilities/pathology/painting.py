"""A painted section whose nuclei are known, to test what counts them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.stains import DAB, EOSIN, HAEMATOXYLIN, Floats, reference

RADIUS = (5.0, 8.0)
"""Pixels: 5 to 8 µm across at 20x (0.5 µm a pixel)."""


@dataclass(frozen=True)
class Phantom:
    """A picture, uint8 (H, W, 3), and the middle (n, 2) of each nucleus that was painted."""

    rgb: NDArray[np.uint8]
    places: Floats
    positive: NDArray[np.bool_]


def paint(
    width: int,
    height: int,
    *,
    spacing: float = 26.0,
    margin: int = 0,
    brown: float | None = None,
    seed: int = 0,
) -> Phantom:
    """Paint nuclei, none touching another, on a ground of eosin; glass around, ``margin`` wide.

    With ``brown``, that share of them is stained with DAB, and there is no eosin.
    """
    draw = np.random.default_rng(seed)
    across = np.arange(margin + spacing / 2, width - margin - spacing / 2 + 1, spacing)
    down = np.arange(margin + spacing / 2, height - margin - spacing / 2 + 1, spacing)
    places = np.stack(np.meshgrid(across, down), axis=2).reshape(-1, 2)
    loose = max(0.0, spacing / 2 - RADIUS[1] - 2)
    places = places + draw.uniform(-loose, loose, places.shape)
    positive = draw.random(len(places)) < (brown or 0)
    nuclear = np.zeros((height, width), np.float32)
    dab = np.zeros((height, width), np.float32)
    for (x, y), is_brown in zip(places, positive, strict=True):
        long, short = np.sort(draw.uniform(*RADIUS, 2))[::-1]
        _ellipse(dab if is_brown else nuclear, x, y, (long, short), draw.uniform(0, np.pi))
    ground = np.zeros((height, width), np.float32)
    inner = slice(margin, height - margin), slice(margin, width - margin)
    ground[inner] = 0.25 + 0.05 * draw.standard_normal(ground[inner].shape)
    if brown is None:
        amounts = np.stack([1.1 * nuclear, np.maximum(ground, 0)], axis=2)
        dense = amounts @ reference(HAEMATOXYLIN, EOSIN)
    else:
        amounts = np.stack([0.9 * nuclear + 0.3 * np.maximum(ground, 0), 1.3 * dab], axis=2)
        dense = amounts @ reference(HAEMATOXYLIN, DAB)
    shown = 245 * np.exp(-dense) + draw.normal(0, 2, dense.shape)
    rgb = np.clip(shown, 0, 255).astype(np.uint8)
    return Phantom(rgb, places.astype(np.float32), positive)


def _ellipse(canvas: Floats, x: float, y: float, axes: tuple[float, float], turn: float) -> None:
    """Paint a nucleus with a soft rim."""
    reach = int(axes[0] + 3)
    top, left = max(0, int(y) - reach), max(0, int(x) - reach)
    part = canvas[top : int(y) + reach + 1, left : int(x) + reach + 1]
    ys, xs = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]]
    along = (xs - x) * np.cos(turn) + (ys - y) * np.sin(turn)
    beside = (ys - y) * np.cos(turn) - (xs - x) * np.sin(turn)
    out = (np.hypot(along / axes[0], beside / axes[1]) - 1) * axes[1]
    np.maximum(part, np.clip(0.5 - out, 0, 1), out=part)
