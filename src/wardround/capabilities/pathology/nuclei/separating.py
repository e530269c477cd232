"""From maps to nuclei: what lies inside is parted where two middles can be told."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.nuclei.matching import Labels

INSIDE = 0.5
"""Chance from which a pixel lies in a nucleus."""
MIDDLE = 0.5
"""Depth from which a pixel can be the middle of a nucleus, where one stands alone."""
SMALLEST = 24
"""Pixels: what is smaller is debris, or a nucleus that cannot be told from it."""
_SEED = 4
_SOFT = 1.0


def separate(
    inside: NDArray[np.float32],
    depth: NDArray[np.float32],
    *,
    chance: float = INSIDE,
    middle: float = MIDDLE,
    smallest: int = SMALLEST,
    scale: float = 1.0,
) -> Labels:
    """Return nuclei (H, W) from the chance and the depth of each pixel, both 0…1.

    ``scale`` is how much larger the network saw them: sizes are those of what it saw.

    Middles are the parts deeper than ``middle``; a piece that has none is a nucleus of its own
    where it is at least ``smallest``. Each pixel goes to the middle that it runs down from.
    """
    from scipy import ndimage
    from skimage.segmentation import watershed

    mask = inside > chance
    if not mask.any():
        return np.zeros(inside.shape, np.int32)
    smooth = ndimage.gaussian_filter(depth, _SOFT / scale)
    seeds, count = ndimage.label(mask & (smooth > middle))
    sizes = np.bincount(seeds.ravel(), minlength=count + 1)
    seeds[sizes[seeds] < _SEED / scale**2] = 0
    pieces, number = ndimage.label(mask)
    seeded = np.zeros(number + 1, bool)
    seeded[pieces[seeds > 0]] = True
    alone = (pieces > 0) & ~seeded[pieces]
    seeds = np.where(alone, pieces + count, seeds)
    least = max(1, round(smallest / scale**2))
    return sifted(watershed(-smooth, seeds, mask=mask), least)


def sifted(labels: NDArray[Any], smallest: int) -> Labels:
    """Return nuclei of at least ``smallest`` pixels, numbered from 1 without gaps."""
    sizes = np.bincount(labels.ravel())
    kept = sizes >= smallest
    kept[0] = False
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    result: Labels = numbers[labels]
    return result
