"""A lattice in the pixels: blocks of JPEG, or an image drawn larger than it was.

Both leave their mark at the image's own size, where the model, which sees it smaller, is blind to
it. Compression to eight by eight pixels makes neighbours differ at every eighth line (Wang, Sheikh
and Bovik 2002, ICIP). An image whose pixels were repeated has lines that are the same as the one
before.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.screening.checks import Check, failed

Grey = NDArray[np.float32]

SMALLEST = 56
"""Side below which there are too few lines to tell."""
JPEG = 8
BLOCKED, PER_BLOCKED = 1.9, 50
"""How much more neighbours differ at block edges than within, where too little is left: for each
so many pixels of the side by one, for the finer an image is the emptier are its blocks. Quality 5
is beyond it, 75 is not."""
FEWEST = 28
"""Lines that differ, each way, without which there is too little to see."""
EACH = 8
"""One line in so many is enough to compare two that cross it."""


def lattice(image: Grey) -> Iterator[Check]:
    """Yield what is wrong with the lines of an image in [0, 1]; nothing where all is well."""
    side = min(image.shape)
    if side < SMALLEST:
        return
    rows, columns = _distinct(image[:, ::EACH].T), _distinct(image[::EACH])
    if min(rows, columns) < side // 2:
        says = f"Only {rows} by {columns} pixels of the image differ: it was drawn larger."
        least = min(rows, columns)
        yield failed("detail", says, float(least), stops=least < FEWEST)
        return
    blocked = min(_blocked(image[:, ::EACH].T), _blocked(image[::EACH]))
    if blocked > max(BLOCKED, side / PER_BLOCKED):
        says = "The image was compressed until its blocks show."
        yield failed("compression", says, round(blocked, 2))


def _distinct(part: Grey) -> int:
    """Return how many columns differ from the one before, the first counted."""
    return 1 + int((part[:, 1:] != part[:, :-1]).any(axis=0).sum())


def _blocked(part: Grey) -> float:
    """Return how much neighbouring columns differ at one of eight places, against the usual one."""
    apart = np.abs(part[:, 1:] - part[:, :-1]).mean(axis=0)
    whole = len(apart) // JPEG * JPEG
    places = np.sort(apart[:whole].reshape(-1, JPEG).mean(axis=0))
    return float(places[-1] / max(float(places[JPEG // 2 - 1]), 1e-5))
