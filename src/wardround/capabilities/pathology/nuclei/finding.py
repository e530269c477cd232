"""Pixels in, nuclei out: network, separation and measurement of one picture."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.index import Stained, stained
from wardround.capabilities.pathology.morphometry import Nuclei, measure
from wardround.capabilities.pathology.nuclei.learned import Maps, Network
from wardround.capabilities.pathology.nuclei.matching import Labels
from wardround.capabilities.pathology.nuclei.separating import SOFT, separate
from wardround.capabilities.pathology.stains import density

EVERY = 3
"""Of so many lines and columns one is looked at, to tell the colours of a picture."""


def find(
    rgb: NDArray[np.uint8],
    network: Network,
    light: object = 255.0,
    scale: float = 1.0,
    *,
    soft: float = SOFT,
) -> tuple[Nuclei, Stained]:
    """Return the nuclei of uint8 (H, W, 3), and what its colours are made of."""
    labels = label(rgb, network, scale, soft=soft)
    some = rgb[::EVERY, ::EVERY]
    return measure(labels, rgb, light), stained(density(some, light))


def label(
    rgb: NDArray[np.uint8],
    network: Network,
    scale: float = 1.0,
    *,
    soft: float = SOFT,
) -> Labels:
    """Return the nuclei of a picture that the network is to see ``scale`` times as large."""
    return separate(*maps_of(rgb, network, scale), scale=scale, soft=soft)


def maps_of(rgb: NDArray[np.uint8], network: Network, scale: float) -> Maps:
    """Return chance and depth of each pixel of the picture, whatever size the network saw."""
    if scale == 1.0:
        return network.maps(rgb)
    from PIL import Image

    size = rgb.shape[1], rgb.shape[0]
    seen = tuple(max(16, round(one * scale)) for one in size)
    shown = np.asarray(Image.fromarray(rgb).resize(seen, Image.Resampling.BILINEAR))
    inside, depth = network.maps(shown)
    back = [
        np.asarray(Image.fromarray(one).resize(size, Image.Resampling.BILINEAR))
        for one in (inside, depth)
    ]
    return back[0], back[1]
