"""What a network took for nuclei on a slide, and their colour or size says are none."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.index import BROWN, Stained
from wardround.capabilities.pathology.morphometry import Nuclei

LARGEST = 400.0
"""µm²: a nucleus 22 µm wide; what is larger is keratin, a fold, or many nuclei in one."""
FEWEST = 200
APART = 1.6
"""How many times as much of the red the bluer of two kinds takes, where they are two kinds."""
EOSIN, HAEMATOXYLIN = 0.40, 0.45
"""Density of red over green: below the first on average it is eosin, from the second a nucleus."""


def sort_out(
    nuclei: Nuclei, mpp: float | None, colours: Stained
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Return which are nuclei, and what was left out and why.

    Scanners show eosin and haematoxylin differently, so the two kinds are sought on the slide
    itself (Otsu's threshold); where there is one kind only, or DAB, no colour is left out.
    """
    kept = np.ones(len(nuclei), bool)
    remarks = []
    if mpp is not None:
        kept &= nuclei.area * mpp**2 <= LARGEST
        if not kept.all():
            remarks.append(f"{(~kept).sum()} pieces larger than {LARGEST:.0f} µm² do not count.")
    least = _threshold(nuclei.red[kept])
    if least is not None and colours.brown < BROWN * max(1, colours.dark):
        red = kept & (nuclei.red < least)
        kept &= ~red
        remarks.append(f"{red.sum()} pieces in the colour of eosin do not count.")
    return kept, tuple(remarks)


def _threshold(red: NDArray[np.float32]) -> float | None:
    """Return between which colours eosin ends and haematoxylin begins, where there are both."""
    from skimage.filters import threshold_otsu

    if len(red) < FEWEST:
        return None
    least = float(threshold_otsu(np.clip(red, 0, 1.5)))
    low, high = red[red < least], red[red >= least]
    if not len(low) or not len(high):
        return None
    eosin, blue = float(low.mean()), float(high.mean())
    two = eosin < EOSIN and blue >= HAEMATOXYLIN and blue >= APART * eosin
    return least if two else None
