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
SOFT = 2.0
"""Pixels over which the depth is smoothed, of nuclei as large as the network learned them."""
SOFT_ON_SLIDES = 1.0
"""The same where nuclei are 12 to 17 pixels across, as on a slide at half a micron a pixel.

On the published tiles made that small, smoothing as above loses a sixth of the nuclei.
"""
SMALLEST = 24
"""Pixels: what is smaller is debris, or a nucleus that cannot be told from it."""


def separate(
    inside: NDArray[np.float32],
    depth: NDArray[np.float32],
    *,
    scale: float = 1.0,
    soft: float = SOFT,
) -> Labels:
    """Return nuclei (H, W) from the chance and the depth of each pixel, both 0…1.

    Each pixel goes to the middle that it runs down from. A piece without a middle is a nucleus of
    its own. ``scale`` is how much larger the network saw them: sizes are those of what it saw.
    ``soft`` is how many pixels the depth is smoothed over.
    """
    from scipy import ndimage

    labels = np.zeros(inside.shape, np.int32)
    mask = inside > INSIDE
    if not mask.any():
        return labels
    smooth = ndimage.gaussian_filter(depth, soft / scale, truncate=3)
    # One line with a rim around it: a neighbour is a step away, and outside nothing is higher.
    around = np.pad(mask, 1)
    width, places = around.shape[1], np.flatnonzero(around)
    level = np.full(around.size, -1, np.float32)
    level[places] = smooth[mask]
    number = np.full(around.size, -1, np.int32)
    number[places] = np.arange(len(places), dtype=np.int32)
    top = _tops(level, places, number, width)
    is_peak = top == np.arange(len(top))
    parts = (np.cumsum(is_peak, dtype=np.int32) - 1)[top]
    least = max(1, round(SMALLEST / scale**2))
    number[places] = parts
    owner = _joined(number, places, level, width, level[places[is_peak]])
    labels[mask] = owner[parts] + 1
    return sifted(labels, least)


def _tops(
    level: NDArray[np.float32], places: NDArray[Any], number: NDArray[np.int32], width: int
) -> NDArray[np.int32]:
    """Return for each of ``places`` the one at the top, by way of the highest neighbour each time.

    Of neighbours of one height the later counts as the higher, so that a plain has one top.
    """
    highest = level[places]
    upward = np.zeros(len(places), np.int64)
    earlier = (-width - 1, -width, -width + 1, -1)
    for step in (*earlier, *(-one for one in reversed(earlier))):
        beside = level[places + step]
        higher = beside > highest if step < 0 else beside >= highest
        np.maximum(highest, beside, out=highest)
        np.copyto(upward, step, where=higher)
    top = number[places + upward]
    while True:
        further = top[top]
        if np.array_equal(further, top):
            return top
        top = further


def _joined(
    part: NDArray[np.int32],
    places: NDArray[Any],
    level: NDArray[np.float32],
    width: int,
    tops: NDArray[np.float32],
) -> NDArray[np.int32]:
    """Return for each part, from 0 on, the nucleus it belongs to; ``part`` is -1 outside.

    Where two parts meet there is a saddle. From the highest on, they are joined where the lower of
    their tops stands out of it by less than ``HEIGHT``, or is no middle (h-maxima, Soille 2003).
    """
    first, other, saddle = [], [], []
    own = part[places]
    for step in (1, width):
        beside = part[places + step]
        meet = (beside != own) & (beside >= 0)
        here = places[meet]
        first.append(np.minimum(own[meet], beside[meet]))
        other.append(np.maximum(own[meet], beside[meet]))
        saddle.append(np.minimum(level[here], level[here + step]))
    pairs = np.concatenate(first).astype(np.int64) * len(tops) + np.concatenate(other)
    order = np.argsort(pairs)
    pairs, heights = pairs[order], np.concatenate(saddle)[order]
    begins = np.flatnonzero(np.diff(pairs, prepend=-1))
    if len(begins):
        pairs, heights = pairs[begins], np.maximum.reduceat(heights, begins)
    lower = np.minimum(tops[pairs // len(tops)], tops[pairs % len(tops)]).astype(np.float64)
    # A top only rises as parts join: what stands out of its saddle now is never joined across it.
    may = (lower < MIDDLE) | (lower - heights < HEIGHT)
    pairs, heights = pairs[may], heights[may]
    of = list(range(len(tops)))
    high = tops.tolist()

    def root(part: int) -> int:
        while of[part] != part:
            of[part] = of[of[part]]
            part = of[part]
        return part

    order = np.argsort(-heights, kind="stable")
    for pair, height in zip(pairs[order].tolist(), heights[order].tolist(), strict=True):
        one, two = root(pair // len(tops)), root(pair % len(tops))
        top = min(high[one], high[two])
        if one != two and (top < MIDDLE or top - height < HEIGHT):
            of[two] = one
            high[one] = max(high[one], high[two])
    owner = np.array(of, np.int32)
    while not np.array_equal(owner[owner], owner):
        owner = owner[owner]
    return owner


def sifted(labels: NDArray[Any], smallest: int) -> Labels:
    """Return nuclei of at least ``smallest`` pixels, numbered from 1 without gaps."""
    sizes = np.bincount(labels.ravel())
    kept = sizes >= smallest
    kept[0] = False
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    result: Labels = numbers[labels]
    return result
