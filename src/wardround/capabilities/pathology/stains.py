"""Stains: optical density, which stains a slide has, and one slide as if stained like another."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.kernel import InvalidInput

Floats = NDArray[np.float32]

HAEMATOXYLIN = (0.650, 0.704, 0.286)
EOSIN = (0.072, 0.990, 0.105)
DAB = (0.268, 0.570, 0.776)
"""Absorption of red, green and blue (Ruifrok and Johnston 2001, Anal Quant Cytol Histol 23:291)."""

STAINED = 0.15
"""Optical density from which a pixel holds stain (Macenko 2009, beta)."""
EDGE = 1.0
"""Percent of the darkest angles left out at each end (Macenko 2009, alpha)."""
EVENLY = np.full(3, 1 / 3, np.float32)
"""Weights of the mean of three colours: a product is four times as fast as a mean."""
SPARSE = 0.1
"""Weight of the concentrations' sum in Vahadane 2016 (IEEE TMI 35:1962), lambda."""
SAMPLE = 20_000
_ROUNDS = 200
_DENSITY = -np.log((np.arange(256, dtype=np.float32) + 1) / 256)
_FEWEST = 100


@dataclass(frozen=True)
class Stains:
    """Two stains of a slide: (2, 3) absorptions of length 1, haematoxylin first, and how much."""

    matrix: Floats
    most: Floats
    """(2,): the 99th percentile of each stain's concentration."""


def density(rgb: NDArray[np.uint8], light: Any = 255.0) -> Floats:
    """Return the optical density of uint8 pixels; ``light`` is what falls on the slide."""
    lamp = np.log((np.asarray(light, np.float32) + 1) / 256).astype(np.float32)
    if not np.any(lamp):
        dense: Floats = _DENSITY[rgb]
        return dense
    if not lamp.ndim:
        return np.maximum(_DENSITY + lamp, 0)[rgb]
    dense = np.empty(rgb.shape, np.float32)
    for colour, of_its in enumerate(lamp):
        dense[..., colour] = np.maximum(_DENSITY + of_its, 0)[rgb[..., colour]]
    return dense


def light_of(rgb: NDArray[np.uint8]) -> Floats:
    """Return the light (3,) that falls on a slide: what the brightest hundredth lets through."""
    pixels = rgb.reshape(-1, 3)
    pixels = pixels[:: max(1, len(pixels) // 200_000)]
    red, green, blue = pixels.T.astype(np.int16)
    light = red + green + blue
    bright = pixels[light >= np.percentile(light, 99)]
    lamp: Floats = np.median(bright, axis=0).astype(np.float32)
    return lamp


def reference(*stains: tuple[float, float, float]) -> Floats:
    """Return published absorptions as a matrix whose rows have length 1."""
    matrix = np.array(stains, np.float32)
    scaled: Floats = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return scaled


def concentrations(dense: Floats, matrix: Floats) -> Floats:
    """Return how much of each stain (…, stains) explains densities (…, 3), by least squares."""
    amounts: Floats = np.maximum(dense @ np.linalg.pinv(matrix).astype(np.float32), 0)
    return amounts


def brown_of(dense: Floats) -> Floats:
    """Return how much DAB (…) explains densities (…, 3), beside haematoxylin."""
    share = np.linalg.pinv(reference(HAEMATOXYLIN, DAB)).astype(np.float32)[:, 1]
    amounts: Floats = np.maximum(dense @ share, 0)
    return amounts


def macenko(dense: Floats) -> Stains:
    """Estimate two stains from the extreme angles of the plane that densities lie in.

    Macenko et al. 2009 (ISBI, 1107). Raise ``InvalidInput`` where there is too little stain.
    """
    pixels = _stained(dense)
    _, vectors = np.linalg.eigh(np.cov(pixels.T))
    plane = vectors[:, [2, 1]]
    plane = plane * np.where(plane.sum(0) < 0, -1, 1)
    along = pixels @ plane
    angles = np.arctan2(along[:, 1], along[:, 0])
    ends = np.percentile(angles, [EDGE, 100 - EDGE])
    found = np.stack([plane @ [np.cos(end), np.sin(end)] for end in ends])
    return _ordered(found, pixels)


def vahadane(dense: Floats, sparse: float = SPARSE) -> Stains:
    """Estimate two stains as the sparse, non-negative parts that densities are made of.

    Vahadane et al. 2016, solved by multiplicative updates (Hoyer 2002) from Ruifrok's absorptions.
    """
    pixels = _stained(dense).T
    parts = reference(HAEMATOXYLIN, EOSIN).T.astype(np.float64)
    amounts = np.maximum(np.linalg.pinv(parts) @ pixels, 1e-3)
    for _ in range(_ROUNDS):
        amounts *= (parts.T @ pixels) / (parts.T @ parts @ amounts + sparse + 1e-9)
        parts *= (pixels @ amounts.T) / (parts @ amounts @ amounts.T + 1e-9)
        lengths = np.linalg.norm(parts, axis=0)
        parts /= lengths
        amounts *= lengths[:, None]
    return _ordered(parts.T, pixels.T)


def normalise(rgb: NDArray[np.uint8], of: Stains, to: Stains, light: Any = 255.0) -> Any:
    """Return uint8 pixels as they would look in the stains ``to`` on white light."""
    amounts = concentrations(density(rgb, light), of.matrix) * (to.most / of.most)
    shown = 256 * np.exp(-(amounts @ to.matrix)) - 1
    return np.clip(np.round(shown), 0, 255).astype(np.uint8)


def _stained(dense: Floats) -> NDArray[np.float64]:
    """Return at most ``SAMPLE`` pixels (n, 3) that hold stain, the same ones each time."""
    pixels = dense.reshape(-1, 3)
    pixels = pixels[(pixels > STAINED).all(1)]
    if len(pixels) < _FEWEST:
        raise InvalidInput(
            "There is too little stain to tell which stains they are.",
            mend="Take a region with tissue in it.",
        )
    drawn = np.random.default_rng(0).permutation(len(pixels))[:SAMPLE]
    return pixels[drawn].astype(np.float64)


def _ordered(found: Any, pixels: NDArray[np.float64]) -> Stains:
    """Return two absorptions as stains; haematoxylin is the one that takes more of the red."""
    matrix = np.abs(found) / np.linalg.norm(found, axis=1, keepdims=True)
    matrix = matrix[np.argsort(-matrix[:, 0])].astype(np.float32)
    most = np.percentile(concentrations(pixels.astype(np.float32), matrix), 99, axis=0)
    return Stains(matrix, np.maximum(most, 1e-3).astype(np.float32))
