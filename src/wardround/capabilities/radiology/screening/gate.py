"""What the gate network says: a fault of a kind it learned, or an image unlike all it learned."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits.limits import Limits
from wardround.capabilities.radiology.screening.checks import Check, failed
from wardround.capabilities.radiology.screening.kinds import ANY, KINDS, SAYS

Numbers = NDArray[np.float64]


def distances(features: NDArray[np.floating]) -> Numbers:
    """Return how far images are from those learned from (Lee et al. 2018, NeurIPS, one class).

    The model's features are whitened on what it learned from: the root of their mean square is
    Mahalanobis' distance by the root of their number, and is about 1 for images of the same kind.
    """
    return np.asarray(np.sqrt((features.astype(np.float64) ** 2).mean(axis=1)))


def gated(odds: NDArray[np.floating], away: Numbers, limits: Limits) -> list[list[Check]]:
    """Return for each image the check of each kind of fault, and that of likeness.

    ``odds`` are the network's, (n, 1 + kinds); ``away`` the distances, (n,).
    """
    shares = np.round(_chance(odds[:, 1:]), 3).tolist()
    worst = odds[:, 1:].argmax(axis=1).tolist()
    stopped = (odds[:, ANY] > limits.gate).tolist()
    unlike = (away > limits.unlike).tolist()
    out = []
    for place, distance in enumerate(np.round(away, 3).tolist()):
        checks = [
            Check(kind, True, "", one) for kind, one in zip(KINDS, shares[place], strict=True)
        ]
        if stopped[place]:
            kind = KINDS[worst[place]]
            checks[worst[place]] = failed(kind, SAYS[kind], shares[place][worst[place]])
        checks.append(
            failed("likeness", UNLIKE, distance)
            if unlike[place]
            else Check("likeness", True, "", distance)
        )
        out.append(checks)
    return out


UNLIKE = "The image is unlike those that the model learned from."


def strangeness(odds: NDArray[np.floating], away: Numbers, limits: Limits) -> Numbers:
    """Return one number an image for what the network's two gates say; above 1, one stops it."""
    limit = _chance(np.array(limits.gate))
    return np.asarray(np.maximum(_chance(odds[:, ANY]) / limit, away / limits.unlike))


def _chance(odds: NDArray[np.floating]) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds.astype(np.float64), -30, 30))))
