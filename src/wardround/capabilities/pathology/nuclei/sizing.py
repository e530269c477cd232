"""How large the nuclei of a picture are, so that the network sees them as it learned to."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.nuclei.classical import watershed
from wardround.capabilities.pathology.nuclei.matching import Labels
from wardround.capabilities.pathology.nuclei.separating import SMALLEST

DIAMETER = 20.0
"""Pixels across a usual nucleus as the network sees it."""
TOO_LARGE = 1.10
"""By how much outlines found without the network are larger than those drawn by hand."""
SMALLEST_SCALE, LARGEST_SCALE = 0.25, 2.0


def usual_diameter(labels: Labels) -> float | None:
    """Return the diameter that half of the area of all nuclei lies below, in pixels.

    Weighed by area, a crowd of specks does not tell the size. None where there are no nuclei.
    """
    areas = np.bincount(labels.ravel())[1:]
    areas = np.sort(areas[areas >= SMALLEST])
    if not len(areas):
        return None
    middle = areas[np.searchsorted(np.cumsum(areas), areas.sum() / 2)]
    return float(np.sqrt(4 * middle / np.pi))


def estimated_scale(rgb: NDArray[np.uint8]) -> float:
    """Return how much larger the network is to see a picture; 1 where it has no nuclei."""
    found = usual_diameter(watershed(rgb))
    if found is None:
        return 1.0
    return float(np.clip(TOO_LARGE * DIAMETER / found, SMALLEST_SCALE, LARGEST_SCALE))
