"""How well nuclei found agree with nuclei marked: pixels, instances, counts, kinds of miss."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int32]
"""(H, W): 0 outside, and the number of the nucleus each pixel lies in."""

MATCHED = 0.5
"""Two outlines are of one nucleus from this share of their union on; at .5 it is at most one."""


@dataclass(frozen=True)
class Agreement:
    """One tile, found beside marked."""

    dice: float
    found: int
    marked: int
    matched: int
    merged: int
    """Marked nuclei of which more than half lies in a found one that holds half of another, too."""
    split: int
    """Marked nuclei in which two found ones lie, each more than half within."""
    missed: int
    """Marked nuclei of which less than a fifth was found at all."""
    false: int
    """Found nuclei of which less than a fifth was marked at all."""

    @property
    def f1(self) -> float:
        """Return 2 TP / (2 TP + FP + FN); 1 where nothing was marked and nothing found."""
        both = self.found + self.marked
        return 2 * self.matched / both if both else 1.0

    @property
    def count_error(self) -> float:
        """Return by which share of the marked count the count is off."""
        return abs(self.found - self.marked) / max(self.marked, 1)


def agree(found: Labels, marked: Labels) -> Agreement:
    """Compare two labellings of one tile; numbers need not be consecutive."""
    found, marked = _consecutive(found), _consecutive(marked)
    n, m = int(found.max(initial=0)), int(marked.max(initial=0))
    common = np.zeros((n + 1, m + 1), np.int64)
    np.add.at(common, (found.ravel(), marked.ravel()), 1)
    found_area, marked_area = common.sum(1)[1:], common.sum(0)[1:]
    shared = common[1:, 1:]
    union = found_area[:, None] + marked_area[None, :] - shared
    matched = int((shared > MATCHED * union).sum())
    in_found = shared > 0.5 * marked_area[None, :]
    in_marked = shared > 0.5 * found_area[:, None]
    crowded = in_found.sum(1) > 1
    both = int(shared.sum())
    all_pixels = int(found_area.sum() + marked_area.sum())
    return Agreement(
        dice=2 * both / all_pixels if all_pixels else 1.0,
        found=n,
        marked=m,
        matched=matched,
        merged=int(in_found[crowded].any(0).sum()),
        split=int((in_marked.sum(0) > 1).sum()),
        missed=int((shared.sum(0) < 0.2 * marked_area).sum()),
        false=int((shared.sum(1) < 0.2 * found_area).sum()),
    )


def _consecutive(labels: Labels) -> Labels:
    _, places = np.unique(np.append(labels.ravel(), 0), return_inverse=True)
    return places[:-1].reshape(labels.shape).astype(np.int32)
