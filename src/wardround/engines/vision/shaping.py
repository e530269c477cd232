"""What steps do, as pure functions over arrays (rows, columns) or (rows, columns, channels)."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]


def window(values: NDArray[np.floating] | NDArray[np.integer], low: float, high: float) -> Pixels:
    """Return values from ``low`` to ``high`` as 0 to 1, cut off outside; all 0 if they are one."""
    if high <= low:
        return np.zeros(values.shape, dtype=np.float32)
    scaled = (values.astype(np.float32) - np.float32(low)) / np.float32(high - low)
    return np.asarray(np.clip(scaled, 0.0, 1.0), dtype=np.float32)


def invert(values: Pixels) -> Pixels:
    """Return dark as bright and bright as dark."""
    return np.float32(1.0) - values


def stretch(values: Pixels) -> Pixels:
    """Return the darkest as 0 and the brightest as 1."""
    return window(values, float(values.min()), float(values.max()))


def content(values: Pixels, above: float, margin: int) -> tuple[int, int, int, int]:
    """Return top, bottom, left, right of what lies above a level; all, where nothing does."""
    grey = values if values.ndim == 2 else values.max(axis=2)
    rows = np.flatnonzero(grey.max(axis=1) > above)
    columns = np.flatnonzero(grey.max(axis=0) > above)
    height, width = grey.shape
    if not len(rows):
        return 0, height, 0, width
    return (
        max(0, int(rows[0]) - margin),
        min(height, int(rows[-1]) + 1 + margin),
        max(0, int(columns[0]) - margin),
        min(width, int(columns[-1]) + 1 + margin),
    )


def placed(values: Pixels, top: int, left: int, size: tuple[int, int], fill: float) -> Pixels:
    """Return the image put into another size at ``top`` and ``left``; what lies outside is cut."""
    out = np.full((*size, *values.shape[2:]), fill, dtype=np.float32)
    height, width = values.shape[:2]
    to_top, to_left = max(0, top), max(0, left)
    to_bottom, to_right = min(size[0], top + height), min(size[1], left + width)
    if to_bottom > to_top and to_right > to_left:
        cut = values[to_top - top : to_bottom - top, to_left - left : to_right - left]
        out[to_top:to_bottom, to_left:to_right] = cut
    return out


def resize(values: Pixels, size: tuple[int, int], method: str) -> Pixels:
    """Return the image stretched to rows and columns, smoothed where it becomes smaller.

    ``area`` is the mean over the area that a new pixel covers; ``linear`` is a triangle as wide as
    two new pixels; ``sampled`` is between the four nearest pixels, without smoothing. Where the
    image becomes larger all go linearly from pixel to pixel.
    """
    if values.shape[:2] == size:
        return values
    down = _weights(values.shape[0], size[0], method)
    across = _weights(values.shape[1], size[1], method)
    if values.ndim == 2:
        return np.asarray((across @ (down @ values).T).T, dtype=np.float32)
    planes = [(across @ (down @ values[..., at]).T).T for at in range(values.shape[2])]
    return np.stack(planes, axis=2).astype(np.float32, copy=False)


def normalise(values: Pixels, mean: Pixels, deviation: Pixels) -> Pixels:
    """Return values less a mean, over a deviation, of all or of each channel."""
    return ((values - mean) / deviation).astype(np.float32, copy=False)


@lru_cache(maxsize=64)
def _weights(before: int, after: int, method: str):  # type: ignore[no-untyped-def]
    """Return the sparse (after, before) matrix that resamples one axis; its rows add up to 1."""
    from scipy.sparse import csr_array

    by = before / after
    edges = np.arange(after) * by
    if method == "area" and by >= 1:
        first, last = edges, edges + by
    else:
        reach = 1.0 if method == "sampled" else max(by, 1.0)
        centre = edges + by / 2
        first, last = centre - reach, centre + reach
    start = np.maximum(0, np.floor(first).astype(int))
    stop = np.minimum(before, np.ceil(last - 1e-9).astype(int))
    width = int((stop - start).max())
    at = start[:, None] + np.arange(width)[None, :]
    if method == "area" and by >= 1:
        inside = np.minimum(at + 1, last[:, None]) - np.maximum(at, first[:, None])
        weight = np.maximum(inside, 0.0)
    else:
        weight = np.maximum(0.0, 1 - np.abs(at + 0.5 - centre[:, None]) / reach)
    weight = np.where(at < stop[:, None], weight, 0.0)
    weight /= weight.sum(axis=1, keepdims=True)
    rows, columns = np.nonzero(weight)
    chosen = (weight[rows, columns].astype(np.float32), (rows, at[rows, columns]))
    return csr_array(chosen, shape=(after, before))
