"""Pixels in, nuclei out: network, separation and measurement of one picture."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.index import Stained, brown_of, stained
from wardround.capabilities.pathology.morphometry import Nuclei, measure
from wardround.capabilities.pathology.nuclei.learned import Network
from wardround.capabilities.pathology.nuclei.separating import separate
from wardround.capabilities.pathology.stains import density


def find(
    rgb: NDArray[np.uint8], network: Network, light: object = 255.0, *, flips: bool = False
) -> tuple[Nuclei, Stained]:
    """Return the nuclei of uint8 (H, W, 3), and what its colours are made of."""
    inside, depth = network.maps(rgb, flips=flips)
    labels = separate(inside, depth)
    dense = density(rgb, light)
    return measure(labels, dense.mean(2), brown_of(dense)), stained(dense)
