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
    places = np.flatnonzero(labels)
    of = labels.ravel()[places] - 1
    ys, xs = np.divmod(places, labels.shape[1])
    area = np.bincount(of, minlength=count).astype(np.float64)
    whole = np.maximum(area, 1)

    def mean(values: Any) -> NDArray[np.float64]:
        total: NDArray[np.float64] = np.bincount(of, values, count) / whole
        return total

    stain = density(rgb.reshape(-1, 3)[places], light)
    red, green, blue = (mean(stain[:, colour]) for colour in range(3))
    x, y = mean(xs), mean(ys)
    dx, dy = xs - x[of], ys - y[of]
    # A pixel is a square, not a point: 1/12 is its own second moment (as in scikit-image).
    xx, yy, xy = mean(dx * dx) + 1 / 12, mean(dy * dy) + 1 / 12, mean(dx * dy)
    spread = np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    longest, shortest = (xx + yy) / 2 + spread, (xx + yy) / 2 - spread
    rim, around, width = _rim(labels, ys, xs)
    return Nuclei(
        x=x.astype(np.float32),
        y=y.astype(np.float32),
        area=area.astype(np.float32),
        perimeter=_perimeters(around, width, count),
        eccentricity=np.sqrt(1 - np.clip(shortest / longest, 0, 1)).astype(np.float32),
        density=((red + green + blue) / 3).astype(np.float32),
        brown=mean(brown_of(stain)).astype(np.float32),
        red=(red / np.maximum(green, 1e-3)).astype(np.float32),
        outline=_outlines(of[rim], dx[rim], dy[rim], x, y),
    )


def _rim(labels: Labels, ys: Any, xs: Any) -> tuple[NDArray[np.bool_], NDArray[np.int32], int]:
    """Return which pixels of nuclei touch, by a side, what is not of theirs.

    And these alone, numbered as ``labels``, on a picture larger by a pixel on each side, as one
    line, and how wide that picture is.
    """
    width = labels.shape[1] + 2
    around = np.pad(labels, 1).ravel()
    places = (ys + 1) * width + xs + 1
    own = around[places]
    rim = np.zeros(len(places), bool)
    for step in (-width, -1, 1, width):
        rim |= around[places + step] != own
    only = np.zeros_like(around)
    only[places[rim]] = own[rim]
    return rim, only, width


def _perimeters(rim: NDArray[np.int32], width: int, count: int) -> Numbers:
    """Return perimeters as ``skimage.measure.perimeter`` has them, all nuclei in one pass."""
    places = np.flatnonzero(rim)
    own = rim[places]
    weight = np.ones(len(own), np.int64)
    for beside, steps in (
        (2, (-width, -1, 1, width)),
        (10, (-width - 1, -width + 1, width - 1, width + 1)),
    ):
        for step in steps:
            weight += beside * (rim[places + step] == own)
    lengths = _PERIMETER[np.minimum(weight, len(_PERIMETER) - 1)]
    total: Numbers = np.bincount(own - 1, lengths, count).astype(np.float32)
    return total


def _outlines(of: Any, dx: Any, dy: Any, x: Any, y: Any) -> Numbers:
    """Return a corner of each nucleus in each of ``RAYS`` directions from its middle.

    ``of`` is whose each pixel of the rim is, ``dx`` and ``dy`` how far from its middle. A direction
    without a pixel of the rim lies between its neighbours, so every outline has all its corners; of
    a nucleus that is not seen whole from its middle, the outline is larger than it is.
    """
    turn = np.arctan2(dy.astype(np.float32), dx.astype(np.float32))
    sector = np.floor((turn / (2 * np.pi) + 1) * RAYS + 0.5).astype(np.int64) % RAYS
    far: NDArray[np.float64] = np.zeros(len(x) * RAYS)
    np.maximum.at(far, of * RAYS + sector, np.sqrt(dx * dx + dy * dy) + 0.5)
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
