"""Whether a picture can be read at all: stained tissue, in focus, large enough, not under ink."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.stains import EVENLY, density, light_of
from wardround.capabilities.pathology.tissue import find_ink

SMALLEST = 32
"""Pixels of a side: a nucleus at 20x takes 12 to 20, and has to be seen with its surroundings."""
BRIGHTEST = 100
"""Brightness of the ground of a bright field; dark grounds are fluorescence, or inverted."""
COLOURED = 0.1
"""Spread of the three densities over their mean: an X-ray has none, stained tissue has 0.6 to 2."""
NAMED = 0.10
"""Share of what is dark that is haematoxylin's blue or eosin's red; tissue has 0.12 to 1."""
FOREIGN = 0.30
"""Share of what is dark that takes more red than green, as leaves and skies do, and no stain."""
SAMPLE = 250_000
"""Pixels, evenly spread, of which the colours are asked."""
STAIN = 0.12
"""Density from which a pixel counts as dark in what is asked here."""
EMPTY = 1e-3
INKED = 0.25
SHARP, USABLE = 0.0012, 0.0006
"""Focus: below the first it is doubted, below the second not read; sharp tiles have 0.0014 on."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; where it did not pass, ``says`` is the reason."""

    name: str
    passed: bool
    says: str
    value: float | None = None
    stops: bool = True
    """Whether a picture that fails it is not read."""


def focus_of(rgb: NDArray[np.uint8]) -> float:
    """Return the variance of the Laplacian of the density over the variance of the density.

    The density is that of green, which both stains take. Divided so, little stain is not taken for
    little focus (Pech-Pacheco 2000 does not divide). Large nuclei and high magnification lower it.
    """
    from scipy import ndimage

    dense = density(np.ascontiguousarray(rgb[..., 1]))
    soft = ndimage.gaussian_filter(dense, 1.0)
    edges = soft[:-2, 1:-1] + soft[2:, 1:-1]
    edges += soft[1:-1, :-2]
    edges += soft[1:-1, 2:]
    edges -= 4 * soft[1:-1, 1:-1]
    return float(edges.var() / max(float(dense.var()), 1e-4))


def check_size(rgb: NDArray[np.uint8]) -> Check:
    """Return whether there is enough picture to read."""
    least = min(rgb.shape[:2])
    says = f"The picture is {rgb.shape[1]} by {rgb.shape[0]} pixels."
    if least < SMALLEST:
        says += f" Each side needs at least {SMALLEST}."
    return Check("size", least >= SMALLEST, says, float(least))


def check_stain(rgb: NDArray[np.uint8], where: NDArray[np.bool_] | None = None) -> Check:
    """Return whether this is stained tissue in transmitted light, as far as colours tell.

    ``where`` (H, W) says of which pixels it is asked; the light is that of the whole picture.
    """
    light = light_of(rgb)
    if light.max() < BRIGHTEST:
        return Check(
            "stain", False, "The ground is dark: this is no bright-field picture of a stained "
            "section (fluorescence, an inverted picture or a radiograph).", float(light.max()),
        )  # fmt: skip
    if light[1] > max(light[0], light[2]) + 8:
        return Check("stain", False, "The ground is green: no light of a bright field.")
    step = max(1, round((rgb.shape[0] * rgb.shape[1] / SAMPLE) ** 0.5))
    some = rgb[::step, ::step].reshape(-1, 3) if where is None else rgb[where]
    some = some[:: max(1, round(len(some) / SAMPLE))]
    dark = density(some, light)
    dark = dark[dark @ EVENLY > STAIN]
    if len(dark) < max(8, EMPTY * len(some)):
        return Check("stain", False, "There is no stained tissue: the field is empty.", 0.0)
    red, green, blue = np.ascontiguousarray(dark.T)
    high, low = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    spread = float((high - low).mean() / dark.mean())
    if spread < COLOURED:
        return Check(
            "stain", False, "The picture has no colour: a radiograph, a scan or a page, no "
            "stained tissue.", spread,
        )  # fmt: skip
    foreign = float((red > 1.1 * green).mean())
    blueish = (blue <= 0.9 * green) & (blue <= 0.9 * red) & (green >= 0.85 * red)
    reddish = (green > 1.5 * red) & (green > 1.3 * blue)
    named = float((blueish | reddish).mean())
    if foreign > FOREIGN or named < NAMED:
        return Check(
            "stain", False, "The colours are not those of haematoxylin with eosin or DAB: this "
            "looks like no stained tissue.", named,
        )  # fmt: skip
    return Check("stain", True, "The colours are those of stained tissue.", named)


def check_focus(rgb: NDArray[np.uint8]) -> Check:
    """Return whether edges are sharp enough; doubtful ones are read and said to be doubtful."""
    value = focus_of(rgb)
    if value >= SHARP:
        return Check("focus", True, "The picture is in focus.", value)
    stops = value < USABLE
    says = "The picture is out of focus" + ("." if stops else ", perhaps: counts may be low.")
    return Check("focus", False, says, value, stops)


def check_ink(rgb: NDArray[np.uint8]) -> Check:
    """Return whether ink covers the picture."""
    share = float(find_ink(rgb).mean())
    if share < 0.01:
        return Check("ink", True, "There is no ink.", share)
    says = f"Ink or a black mark covers {share:.0%} of the picture."
    return Check("ink", False, says, share, share > INKED)


def check_picture(rgb: NDArray[np.uint8]) -> tuple[Check, ...]:
    """Return every check of a picture, in order; what cannot be asked after a failure is not."""
    checks = [check_size(rgb)]
    if checks[0].passed:
        checks.append(check_stain(rgb))
        if checks[-1].passed:
            checks += [check_focus(rgb), check_ink(rgb)]
    return tuple(checks)
