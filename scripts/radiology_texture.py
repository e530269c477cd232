"""What ``train_radiology`` learns of how images are drawn: their traits, and where it alarms."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scripts.radiology_data import SITES, Chests

from wardround.capabilities.radiology.screening.texture import away, learned, traits

ALARMS = 0.01
"""Share of untouched images of the tuning half that may be stopped; of the worst pseudo-site three
times as many."""
FRAMED = 0.3
"""Share of images that get a dark frame, as collimation leaves one."""

Grey = NDArray[np.float32]
Numbers = NDArray[np.float64]


class Drawn(NamedTuple):
    """What is known of how images are drawn, and the distances that set the limit."""

    limits: dict[str, Any]
    away: list[Numbers]
    """Of the tuning half, then of each pseudo-site by what was learned without it."""


def drawn(chests: Chests) -> Drawn:
    """Return middle, spread and whitening of the traits, and the distance that is too much."""
    dice = np.random.default_rng(0)
    plain = _grey(chests.images)
    known = np.stack([traits(plain), *(traits(_otherwise(plain, dice)) for _ in range(2))])
    centre, whiten = learned(known.reshape(-1, known.shape[2]))
    tuning = away(traits(_grey(chests.tuning[0])), centre, whiten)
    found = [tuning]
    for site in range(SITES):
        here = chests.sites == site
        rest = learned(known[:, ~here].reshape(-1, known.shape[2]))
        found.append(away(known[0, here], *rest))
    most = [np.quantile(one, 1 - ALARMS * (3 if at else 1)) for at, one in enumerate(found)]
    spread = known.reshape(-1, known.shape[2]).std(axis=0)
    limits = {
        "centre": [round(float(one), 5) for one in centre],
        "spread": [round(float(one), 5) for one in spread],
        "whiten": [[round(float(one), 5) for one in row] for row in whiten],
        "most": round(float(max(most)), 4),
    }
    return Drawn(limits, found)


def _grey(images: NDArray[np.uint8]) -> Grey:
    return np.asarray(images.astype(np.float32) / 255, dtype=np.float32)


def _otherwise(images: Grey, dice: np.random.Generator) -> Grey:
    """Return images as another machine gives them: gamma, sharpness, grain, a dark frame."""
    many = (len(images), 1, 1)
    bent = images ** np.exp(dice.uniform(-0.4, 0.4, many))
    soft = ndimage.uniform_filter(bent, (0, 3, 3))
    bent = bent + (soft - bent) * dice.uniform(-0.4, 0.5, many)
    bent = bent + dice.normal(0, 1, bent.shape) * dice.uniform(0, 0.015, many)
    out: Grey = np.clip(bent, 0, 1).astype(np.float32)
    for place in np.flatnonzero(dice.random(len(out)) < FRAMED):
        top, bottom, left, right = dice.integers(0, 4, 4)
        inside = np.zeros(out.shape[1:], dtype=bool)
        inside[top : out.shape[1] - bottom, left : out.shape[2] - right] = True
        out[place][~inside] = dice.uniform(0, 0.1)
    return out
