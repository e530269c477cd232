"""Text burned into the pixels, found unread: strokes of one grey, as high as each other.

What a device writes into an image is drawn in one grey with hard edges, and its letters stand on a
line (Tsui et al. 2012, J Digit Imaging 25:431, find it so in ultrasound). Anatomy has neither: its
edges are soft, and no three neighbours in a row are equally bright and equally high. Single letters
and pairs are side markers and belong there.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.screening.checks import Check, failed, passed

Grey = NDArray[np.float32]
Numbers = NDArray[np.float64]

SMALLEST = 48
"""Side below which no text can be read."""
JUMP = 0.2
"""Difference within two pixels that counts as a hard edge."""
BLOCK = 32
"""Side of the blocks that are looked through for hard edges; half of it in images below
``SMALL``."""
SMALL = 256
HARD = 6
"""Hard edges in a block from which letters may be there."""
CROWDED = 0.4
"""Share of such blocks above which the image is grain or a pattern, and nothing can be told."""
LOWEST, HIGHEST = 5, 44
"""Pixels of a letter's height; larger letters are found where the image is seen smaller."""
LETTERS = 3
"""Letters in a row that are text; one or two are a side marker."""
SCALES = 4
"""How often an image is looked through, each time at half its size."""

SAYS = (
    "Text seems to be burned into the image at the {}: it may name the patient. Look at it before "
    "the image leaves the house."
)


class _Letters(NamedTuple):
    """Parts that could be letters, a number each: their box, grey and how even that is."""

    top: Numbers
    bottom: Numbers
    left: Numbers
    right: Numbers
    grey: Numbers


def lettering(image: Grey) -> Check:
    """Check that no text is burned into an image in [0, 1]; it is pointed out and stops nothing."""
    seen = image
    for _ in range(SCALES):
        if min(seen.shape) < SMALLEST:
            break
        at = _line(seen)
        if at is not None:
            return failed("burned-in text", SAYS.format(_where(at, seen.shape)), stops=False)
        seen = _halved(seen)
    return passed("burned-in text")


def _halved(image: Grey) -> Grey:
    rows, columns = (side // 2 * 2 for side in image.shape)
    down = image[0:rows:2] + image[1:rows:2]
    return np.asarray((down[:, 0:columns:2] + down[:, 1:columns:2]) / 4)


def _line(image: Grey) -> tuple[float, float] | None:
    """Return the middle, row and column, of a line of letters; None where there is none."""
    for top, bottom, left, right in _regions(image):
        part = image[top:bottom, left:right]
        for shown in (part, 1 - part):
            found = _in_a_row(_letters(shown))
            if found is not None:
                return top + found[0], left + found[1]
    return None


def _regions(image: Grey) -> list[tuple[int, int, int, int]]:
    """Return boxes around the blocks that have hard edges, each with a block around it."""
    from scipy import ndimage

    block = BLOCK if min(image.shape) >= SMALL else BLOCK // 2
    across = np.abs(image[:, 2:] - image[:, :-2]) > JUMP
    down = -(-image.shape[0] // block), -(-image.shape[1] // block)
    padded = np.zeros((down[0] * block, down[1] * block), dtype=bool)
    padded[: across.shape[0], 1 : 1 + across.shape[1]] = across
    in_rows = padded.view(np.uint8).reshape(down[0], block, -1).sum(axis=1, dtype=np.uint8)
    hard = in_rows.reshape(down[0], down[1], block).sum(axis=2, dtype=np.int32) >= HARD
    if not hard.any() or hard.mean() > CROWDED:
        return []
    places, _ = ndimage.label(hard, structure=np.ones((3, 3)))
    return [
        (
            max(0, (rows.start - 1) * block),
            min(image.shape[0], (rows.stop + 1) * block),
            max(0, (columns.start - 1) * block),
            min(image.shape[1], (columns.stop + 1) * block),
        )
        for rows, columns in ndimage.find_objects(places)
    ]


def _letters(part: Grey) -> _Letters:
    """Return the parts brighter than what is around them that are shaped as letters are."""
    from scipy import ndimage

    around = ndimage.uniform_filter(part, 2 * HIGHEST // 3)
    mask = part > around + JUMP / 2
    marks, count = ndimage.label(mask, structure=np.ones((3, 3)))
    if not count:
        return _Letters(*(np.zeros(0) for _ in range(5)))
    boxes = np.array(
        [(a.start, a.stop, b.start, b.stop) for a, b in ndimage.find_objects(marks)], dtype=float
    )
    top, bottom, left, right = boxes.T
    high, wide = bottom - top, right - left
    index = np.arange(1, count + 1)
    area = np.asarray(ndimage.sum_labels(mask, marks, index))
    brightest = np.asarray(ndimage.maximum(part, marks, index))
    fill = area / (high * wide)
    kept = (
        (high >= LOWEST)
        & (high <= HIGHEST)
        & (wide <= 1.8 * high)
        & (wide >= 0.08 * high)
        & (fill >= 0.15)
    )
    return _Letters(*(one[kept] for one in (top, bottom, left, right, brightest)))


def _in_a_row(found: _Letters) -> tuple[float, float] | None:
    """Return the middle of the first row of letters: alike in height and grey, on one line."""
    order = np.argsort(found.left)
    top, bottom, left, right, grey = (one[order] for one in found)
    high, middle = bottom - top, (top + bottom) / 2
    for first in range(len(order)):
        row = [first]
        for other in range(first + 1, len(order)):
            last = row[-1]
            if left[other] - right[last] > 1.2 * high[first]:
                break
            alike = (
                0.6 <= high[other] / high[first] <= 1.6
                and abs(middle[other] - middle[first]) <= 0.35 * high[first]
                and abs(grey[other] - grey[first]) <= 0.04
                and left[other] >= right[last] - 1
            )
            if alike:
                row.append(other)
        if len(row) >= LETTERS:
            ends = (left[row[0]] + right[row[-1]]) / 2
            return float(middle[row].mean()), float(ends)
    return None


def _where(at: tuple[float, float], shape: tuple[int, ...]) -> str:
    row, column = at[0] / shape[0], at[1] / shape[1]
    down = "top" if row < 1 / 3 else "bottom" if row > 2 / 3 else "middle"
    over = " left" if column < 1 / 3 else " right" if column > 2 / 3 else ""
    return down + over
