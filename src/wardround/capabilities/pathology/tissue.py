"""Where on a slide the tissue lies, and what lies there that is none: ink, folds, nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.stains import EVENLY, density, light_of

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
    soft = ndimage.gaussian_filter(dense @ EVENLY, 1.0)
    least = FAINTEST
    if np.ptp(soft) > 0:
        least = float(np.clip(threshold_otsu(soft) * 0.6, FAINTEST, DARKEST))
    ink = find_ink(rgb)
    smallest = max(4, int(SMALLEST * soft.size))
    tissue = _without_small(apply_hysteresis_threshold(soft, FAINTEST, least), smallest) & ~ink
    tissue = ~_without_small(~tissue, smallest)
    folds = soft > FOLDED
    if folds.any():
        folds = _grown(_grown(_shrunk(_shrunk(folds)))) & ~ink
    return Ground(tissue & ~ink, ink, folds & tissue, light)


def find_ink(rgb: NDArray[np.uint8]) -> Mask:
    """Return pixels of green, cyan, blue or black ink; red ink is not told from eosin."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    high = np.maximum(np.maximum(red, green), blue)
    span = high - np.minimum(np.minimum(red, green), blue)
    ink: Mask = (high < BLACK) & (span < 20)
    # Where red is the highest, the hue is red, yellow or purple: it is asked of the others.
    asked = (high > red) & (span > INK_COLOUR * high.astype(np.float32)) & (high < 235)
    ink[asked] |= _is_inks(rgb[asked], high[asked], span[asked])
    if not ink.any():
        return ink
    return _grown(_grown(_shrunk(ink)))


def _is_inks(
    rgb: NDArray[np.uint8], high: NDArray[np.uint8], span: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Return which pixels (n, 3) whose highest colour is not red have a hue of ink."""
    red, green, blue = rgb.T.astype(np.float32)
    hue = np.where(high == green, (blue - red) / span + 2, (red - green) / span + 4) / 6
    inked: NDArray[np.bool_] = (hue > INK_HUES[0]) & (hue < INK_HUES[1])
    return inked


def _shrunk(mask: Mask) -> Mask:
    """Return the pixels whose four neighbours are of the mask, too; beyond the picture is none."""
    around = np.pad(mask, 1)
    inner: Mask = mask & around[:-2, 1:-1] & around[2:, 1:-1]
    inner &= around[1:-1, :-2]
    inner &= around[1:-1, 2:]
    return inner


def _grown(mask: Mask) -> Mask:
    """Return the mask with the four neighbours of each of its pixels."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown


def _without_small(mask: Mask, smallest: int) -> Mask:
    """Return the mask without pieces of fewer pixels than ``smallest``."""
    from scipy import ndimage

    pieces, number = ndimage.label(mask)
    sizes = np.bincount(pieces.ravel(), minlength=number + 1)
    sizes[0] = 0
    kept: Mask = (sizes >= smallest)[pieces]
    return kept
