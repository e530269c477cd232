"""Size, shape and stain of nuclei, all of a tile at once, in pixels."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.nuclei.matching import Labels
from wardround.capabilities.pathology.stains import brown_of, density

Numbers = NDArray[np.float32]

RAYS = 20
"""Corners of an outline: the farthest pixel of the rim in each direction from the middle."""

_EVENLY = np.full(3, 1 / 3, np.float32)
_PERIMETER = np.zeros(50)
_PERIMETER[[5, 7, 15, 17, 25, 27]] = 1
_PERIMETER[[21, 33]] = np.sqrt(2)
_PERIMETER[[13, 23]] = (1 + np.sqrt(2)) / 2
"""Length that a pixel of the rim adds, by its neighbours (Benkrid and Crookes 2000)."""


@dataclass(frozen=True)
class Nuclei:
    """Nuclei of a tile or a slide, an entry each; lengths in pixels until ``scaled``."""

    x: Numbers
    y: Numbers
    area: Numbers
    perimeter: Numbers
    eccentricity: Numbers
    density: Numbers
    """Mean optical density over the three colours."""
    brown: Numbers
    """Mean concentration of DAB where haematoxylin and DAB are told apart."""
    red: Numbers
    """Density of red over that of green: 0.9 in haematoxylin, 0.5 in DAB, 0.1 in eosin."""
    outline: Numbers
    """(n, RAYS, 2): x and y of corners, in the order in which they are drawn."""

    def __len__(self) -> int:
        return len(self.x)

    @property
    def circularity(self) -> Numbers:
        """Return 4πA/P², at most 1; the perimeter of few pixels is rough, and so is this."""
        round_ = 4 * np.pi * self.area / np.maximum(self.perimeter, 1) ** 2
        result: Numbers = np.minimum(round_, 1).astype(np.float32)
        return result

    def taken(self, which: Any) -> "Nuclei":
        """Return some of them, by mask or by number."""
        return Nuclei(**{name: values[which] for name, values in vars(self).items()})

    def bare(self) -> "Nuclei":
        """Return them without their outlines, in a fifth of the memory."""
        return replace(self, outline=np.zeros((len(self), 0, 2), np.float32))

    def moved(self, x: float, y: float, scale: float) -> "Nuclei":
        """Return them on a picture of which theirs is a part at ``x``, ``y``, ``scale`` coarser."""
        place = np.array([x, y], np.float32)
        middle = (scale - 1) / 2
        return Nuclei(
            x=self.x * scale + np.float32(x + middle),
            y=self.y * scale + np.float32(y + middle),
            area=self.area * np.float32(scale**2),
            perimeter=self.perimeter * np.float32(scale),
            eccentricity=self.eccentricity,
            density=self.density,
            brown=self.brown,
            red=self.red,
            outline=(self.outline * np.float32(scale) + place + np.float32(middle)),
        )


def measure(labels: Labels, rgb: NDArray[np.uint8], light: Any = 255.0) -> Nuclei:
    """Measure nuclei (H, W) of a picture, uint8 (H, W, 3), on which ``light`` falls."""
    count = int(labels.max(initial=0))
    ys, xs = np.nonzero(labels)
    of = labels[ys, xs] - 1
    area = np.bincount(of, minlength=count).astype(np.float64)
    whole = np.maximum(area, 1)

    def mean(values: Any) -> NDArray[np.float64]:
        total: NDArray[np.float64] = np.bincount(of, values, count) / whole
        return total

    stain = density(rgb[ys, xs], light)
    x, y = mean(xs), mean(ys)
    dx, dy = xs - x[of], ys - y[of]
    # A pixel is a square, not a point: 1/12 is its own second moment (as in scikit-image).
    xx, yy, xy = mean(dx * dx) + 1 / 12, mean(dy * dy) + 1 / 12, mean(dx * dy)
    spread = np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    longest, shortest = (xx + yy) / 2 + spread, (xx + yy) / 2 - spread
    return Nuclei(
        x=x.astype(np.float32),
        y=y.astype(np.float32),
        area=area.astype(np.float32),
        perimeter=_perimeters(labels, count),
        eccentricity=np.sqrt(1 - np.clip(shortest / longest, 0, 1)).astype(np.float32),
        density=mean(stain @ _EVENLY).astype(np.float32),
        brown=mean(brown_of(stain)).astype(np.float32),
        red=(mean(stain[:, 0]) / np.maximum(mean(stain[:, 1]), 1e-3)).astype(np.float32),
        outline=_outlines(labels, x, y),
    )


def _rim(labels: Labels) -> NDArray[np.bool_]:
    """Return the pixels of nuclei that touch, by a side, what is not of theirs."""
    around = np.pad(labels, 1)
    middle = around[1:-1, 1:-1]
    same = (
        (around[:-2, 1:-1] == middle)
        & (around[2:, 1:-1] == middle)
        & (around[1:-1, :-2] == middle)
        & (around[1:-1, 2:] == middle)
    )
    rim: NDArray[np.bool_] = (labels > 0) & ~same
    return rim


def _perimeters(labels: Labels, count: int) -> Numbers:
    """Return perimeters as ``skimage.measure.perimeter`` has them, all nuclei in one pass."""
    rim = np.where(_rim(labels), labels, 0)
    around = np.pad(rim, 1)
    ys, xs = np.nonzero(rim)
    own = rim[ys, xs]
    weight = np.ones(len(own), np.int64)
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) == (1, 1):
                continue
            beside = 2 if 1 in {down, right} else 10
            weight += beside * (around[ys + down, xs + right] == own)
    lengths = _PERIMETER[np.minimum(weight, len(_PERIMETER) - 1)]
    total: Numbers = np.bincount(own - 1, lengths, count).astype(np.float32)
    return total


def _outlines(labels: Labels, x: Any, y: Any) -> Numbers:
    """Return a corner of each nucleus in each of ``RAYS`` directions from its middle.

    A direction without a pixel of the rim lies between its neighbours, so every outline has all its
    corners; of a nucleus that is not seen whole from its middle, the outline is larger than it is.
    """
    ys, xs = np.nonzero(_rim(labels))
    of = labels[ys, xs] - 1
    dx, dy = xs - x[of], ys - y[of]
    sector = np.floor((np.arctan2(dy, dx) / (2 * np.pi) + 1) * RAYS + 0.5).astype(np.int64) % RAYS
    far: NDArray[np.float64] = np.zeros(len(x) * RAYS)
    np.maximum.at(far, of * RAYS + sector, np.hypot(dx, dy) + 0.5)
    far = far.reshape(-1, RAYS)
    for _ in range(RAYS):
        empty = far == 0
        if not empty.any():
            break
        left, right = np.roll(far, 1, 1), np.roll(far, -1, 1)
        near = np.where((left > 0) & (right > 0), (left + right) / 2, np.maximum(left, right))
        far = np.where(empty, np.maximum(near, 0), far)
        far[(far == 0).all(1)] = 0.5
    angles = 2 * np.pi * np.arange(RAYS) / RAYS
    corners = np.stack(
        [x[:, None] + far * np.cos(angles), y[:, None] + far * np.sin(angles)], axis=2
    )
    outlines: Numbers = corners.astype(np.float32)
    return outlines


def joined(parts: "list[Nuclei]") -> Nuclei:
    """Return the nuclei of several tiles as one."""
    if not parts:
        return empty()
    return Nuclei(
        **{name: np.concatenate([vars(one)[name] for one in parts]) for name in vars(parts[0])}
    )


def empty() -> Nuclei:
    """Return no nuclei."""
    none = np.zeros(0, np.float32)
    shape = np.zeros((0, RAYS, 2), np.float32)
    return Nuclei(none, none, none, none, none, none, none, none, shape)
