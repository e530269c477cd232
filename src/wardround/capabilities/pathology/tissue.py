"""Where on a slide the tissue lies, and what lies there that is none: ink, folds, nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.stains import density, light_of

Mask = NDArray[np.bool_]

FAINTEST, DARKEST = 0.04, 0.08
"""Optical density between which the threshold of tissue is sought (Otsu's, held to this)."""
SMALLEST = 2e-4
"""Share of the picture below which a piece is dust, and a hole belongs to the tissue."""
INK_HUES = (0.20, 0.62)
"""Yellow-green to blue: no stain of tissue has these hues; green, cyan and blue ink has."""
INK_COLOUR = 0.25
BLACK = 60
"""Brightness below which what has no colour is black ink, or a mark."""
FOLDED = 1.25
"""Optical density, mean of three colours, of tissue that lies double."""


@dataclass(frozen=True)
class Ground:
    """A thumbnail read: tissue without ink, ink, folds, all (H, W); and the light of the slide."""

    tissue: Mask
    ink: Mask
    folds: Mask
    light: NDArray[np.float32]

    @property
    def share(self) -> float:
        """Return how much of the picture is tissue."""
        return float(self.tissue.mean()) if self.tissue.size else 0.0


def find_tissue(rgb: NDArray[np.uint8]) -> Ground:
    """Return what lies where on a thumbnail, uint8 (H, W, 3).

    What is faint is tissue where it touches what is dense: of pale counterstained tissue the
    nuclei alone reach Otsu's threshold, and what lies between them would count as glass.
    """
    from scipy import ndimage
    from skimage.filters import apply_hysteresis_threshold, threshold_otsu

    light = light_of(rgb)
    dense = density(rgb, light)
    soft = ndimage.gaussian_filter(dense.mean(2), 1.0)
    least = FAINTEST
    if np.ptp(soft) > 0:
        least = float(np.clip(threshold_otsu(soft) * 0.6, FAINTEST, DARKEST))
    ink = find_ink(rgb)
    smallest = max(4, int(SMALLEST * soft.size))
    tissue = _without_small(apply_hysteresis_threshold(soft, FAINTEST, least), smallest) & ~ink
    tissue = ~_without_small(~tissue, smallest)
    folds = ndimage.binary_opening(soft > FOLDED, iterations=2) & ~ink
    return Ground(tissue & ~ink, ink, folds & tissue, light)


def find_ink(rgb: NDArray[np.uint8]) -> Mask:
    """Return pixels of green, cyan, blue or black ink; red ink is not told from eosin."""
    from scipy import ndimage

    colours = rgb.astype(np.int16)
    red, green, blue = colours[..., 0], colours[..., 1], colours[..., 2]
    high = np.maximum(np.maximum(red, green), blue)
    low = np.minimum(np.minimum(red, green), blue)
    span = np.maximum(high - low, 1).astype(np.float32)
    hue = (
        np.where(
            high == red,
            ((green - blue) / span) % 6,
            np.where(high == green, (blue - red) / span + 2, (red - green) / span + 4),
        )
        / 6
    )
    colour = span / np.maximum(high, 1)
    inked = (hue > INK_HUES[0]) & (hue < INK_HUES[1]) & (colour > INK_COLOUR) & (high < 235)
    black = (high < BLACK) & (high - low < 20)
    ink: Mask = ndimage.binary_dilation(
        ndimage.binary_opening(inked | black, iterations=1), iterations=1
    )
    return ink


def _without_small(mask: Mask, smallest: int) -> Mask:
    """Return the mask without pieces of fewer pixels than ``smallest``."""
    from scipy import ndimage

    pieces, number = ndimage.label(mask)
    sizes = np.bincount(pieces.ravel(), minlength=number + 1)
    sizes[0] = 0
    kept: Mask = (sizes >= smallest)[pieces]
    return kept
