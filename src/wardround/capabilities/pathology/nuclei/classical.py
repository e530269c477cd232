"""Nuclei without anything learned: the baselines that a network has to beat."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.nuclei.matching import Labels
from wardround.capabilities.pathology.nuclei.separating import SMALLEST, sifted
from wardround.capabilities.pathology.stains import density

_BLUR, _AROUND, _SHARE, _LEAST = 1.5, 20.0, 0.5, 0.7
_HEIGHT = 0.75


def otsu(rgb: NDArray[np.uint8]) -> Labels:
    """Return the connected parts darker than Otsu's threshold of the grey picture."""
    from scipy import ndimage
    from skimage.filters import threshold_otsu

    grey = rgb.mean(2)
    if np.ptp(grey) == 0:
        return np.zeros(grey.shape, np.int32)
    labels, _ = ndimage.label(grey < threshold_otsu(grey))
    return np.asarray(labels, np.int32)


def watershed(rgb: NDArray[np.uint8], smallest: int = SMALLEST) -> Labels:
    """Return nuclei by what they take of the red, which is haematoxylin's and hardly eosin's.

    The threshold lies between Otsu's and the mean of the surroundings; touching nuclei are parted
    along the distance to the rim (Malpica 1997), at maxima that stand out by ``_HEIGHT`` pixels.
    """
    from scipy import ndimage
    from skimage.filters import threshold_otsu
    from skimage.morphology import h_maxima
    from skimage.segmentation import watershed as flood

    red = density(rgb)[..., 0]
    if np.ptp(red) == 0:
        return np.zeros(red.shape, np.int32)
    soft = ndimage.gaussian_filter(red, _BLUR)
    least = threshold_otsu(soft)
    around = np.maximum(ndimage.gaussian_filter(red, _AROUND), _LEAST * least)
    mask = ndimage.binary_fill_holes(soft > _SHARE * least + (1 - _SHARE) * around)
    rim = ndimage.gaussian_filter(ndimage.distance_transform_edt(mask), 1.0)
    middles, _ = ndimage.label(h_maxima(rim, _HEIGHT))
    return sifted(flood(-rim, middles, mask=mask), smallest)
