"""From maps to nuclei: what lies inside is parted where two middles can be told."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.nuclei.matching import Labels

INSIDE = 0.5
"""Chance from which a pixel lies in a nucleus."""
HEIGHT = 0.1
"""How far the depth falls between two middles: by less it is one nucleus, of uneven stain."""
MIDDLE = 0.3
"""Depth that a middle has at least, where a piece has several."""
SOFT = 1.5
"""Pixels over which the depth is smoothed."""
SMALLEST = 24
"""Pixels: what is smaller is debris, or a nucleus that cannot be told from it."""


def separate(
    inside: NDArray[np.float32], depth: NDArray[np.float32], *, scale: float = 1.0
) -> Labels:
    """Return nuclei (H, W) from the chance and the depth of each pixel, both 0…1.

    Each pixel goes to the middle that it runs down from. A piece without a middle is a nucleus of
    its own. ``scale`` is how much larger the network saw them: sizes are those of what it saw.
    """
    from scipy import ndimage
    from skimage.segmentation import watershed

    mask = inside > INSIDE
    if not mask.any():
        return np.zeros(inside.shape, np.int32)
    smooth = ndimage.gaussian_filter(depth, SOFT / scale, truncate=3)
    tops, count = ndimage.label(
        mask & (smooth == ndimage.maximum_filter(smooth, 3)), np.ones((3, 3))
    )
    pieces, number = ndimage.label(mask)
    topped = np.zeros(number + 1, bool)
    topped[pieces[tops > 0]] = True
    alone = (pieces > 0) & ~topped[pieces]
    parts = watershed(-smooth, np.where(alone, pieces + count, tops), mask=mask)
    least = max(1, round(SMALLEST / scale**2))
    return sifted(_joined(parts, smooth, count + number)[parts], least)


def _joined(parts: NDArray[Any], smooth: NDArray[np.float32], count: int) -> NDArray[np.int32]:
    """Return for each part, from 0 on, the nucleus it belongs to.

    Where two parts meet there is a saddle. From the highest on, they are joined where the lower of
    their tops stands out of it by less than ``HEIGHT``, or is no middle (h-maxima, Soille 2003).
    """
    first, other, saddle = [], [], []
    for here, there in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
        a, b = parts[here], parts[there]
        meet = (a != b) & (a > 0) & (b > 0)
        first.append(np.minimum(a[meet], b[meet]))
        other.append(np.maximum(a[meet], b[meet]))
        saddle.append(np.minimum(smooth[here][meet], smooth[there][meet]))
    pairs = np.concatenate(first).astype(np.int64) * (count + 1) + np.concatenate(other)
    heights = np.concatenate(saddle)
    inside = parts > 0
    top = np.zeros(count + 1, np.float32)
    np.maximum.at(top, parts[inside], smooth[inside])
    order = np.argsort(-heights, kind="stable")
    pairs, at = np.unique(pairs[order], return_index=True)
    heights = heights[order][at]
    of = list(range(count + 1))
    high = top.tolist()

    def root(part: int) -> int:
        while of[part] != part:
            of[part] = of[of[part]]
            part = of[part]
        return part

    for pair in np.argsort(-heights, kind="stable").tolist():
        one, two = root(int(pairs[pair]) // (count + 1)), root(int(pairs[pair]) % (count + 1))
        lower = min(high[one], high[two])
        if one != two and (lower < MIDDLE or lower - heights[pair] < HEIGHT):
            of[two] = one
            high[one] = max(high[one], high[two])
    return np.array([root(part) for part in range(count + 1)], np.int32)


def sifted(labels: NDArray[Any], smallest: int) -> Labels:
    """Return nuclei of at least ``smallest`` pixels, numbered from 1 without gaps."""
    sizes = np.bincount(labels.ravel())
    kept = sizes >= smallest
    kept[0] = False
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    result: Labels = numbers[labels]
    return result
