"""What the gate network says: a fault of a kind it learned, or an image unlike all it learned."""

from collections.abc import Iterator, Sequence
from math import exp

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits import Limits
from wardround.capabilities.radiology.screening.checks import Check, failed, passed
from wardround.capabilities.radiology.screening.kinds import ANY, KINDS, SAYS

Numbers = NDArray[np.float64]


def distances(features: NDArray[np.floating]) -> Numbers:
    """Return how far images are from those learned from (Lee et al. 2018, NeurIPS, one class).

    The model's features are whitened on what it learned from: the root of their mean square is
    Mahalanobis' distance by the root of their number, and is about 1 for images of the same kind.
    """
    return np.asarray(np.sqrt((features.astype(np.float64) ** 2).mean(axis=1)))


def gated(odds: Sequence[float], distance: float, limits: Limits) -> Iterator[Check]:
    """Yield the check of each kind of fault, and that of likeness, for one image."""
    found = max(range(len(KINDS)), key=lambda kind: odds[1 + kind])
    stopped = odds[ANY] > limits.gate
    for place, kind in enumerate(KINDS):
        share = round(_chance(odds[1 + place]), 3)
        if stopped and place == found:
            yield failed(kind, SAYS[kind], share)
        else:
            yield passed(kind, value=share)
    away = round(distance, 3)
    if distance > limits.unlike:
        yield failed("likeness", "The image is unlike those that the model learned from.", away)
    else:
        yield passed("likeness", value=away)


def strangeness(odds: Sequence[float], distance: float, limits: Limits) -> float:
    """Return one number for what the network's two gates say; above 1, one of them stops."""
    return max(_chance(odds[ANY]) / _chance(limits.gate), distance / limits.unlike)


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-min(max(odds, -30.0), 30.0)))
