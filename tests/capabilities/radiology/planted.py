"""A piece of an ill lung, planted in a healthy chest: why the answer turned is then known."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.measured import image_of
from wardround.capabilities.radiology.resting import like
from wardround.engines.images import Image
from wardround.engines.vision import VisionModel

Mask = NDArray[np.bool_]

RADIUS = 5.5
"""Of the piece, in pixels of a 28 by 28 image."""


def planted(
    model: VisionModel, images: NDArray[np.uint8], labels: NDArray[np.int64], *, most: int
) -> list[tuple[Image, Mask]]:
    """Return chests of which the model says pneumonia for the piece alone, and where it lies."""
    values = np.stack([model.prepare(image_of(one)) for one in images])
    odds = odds_of(model, values)
    healthy = np.flatnonzero((labels == 0) & (odds < -1))
    ill = np.flatnonzero((labels == 1) & (odds > 3))
    chance = np.random.default_rng(0)
    rows, columns = np.mgrid[:28, :28]
    made = []
    for _ in range(40 * most):
        into, of = values[chance.choice(healthy)], values[chance.choice(ill)]
        x, y = chance.choice([8, 19]) + chance.integers(-2, 3), chance.integers(8, 20)
        away = np.hypot(columns - x, rows - y) - RADIUS
        share = 1 / (1 + np.exp(away / 0.6))
        mixed = into * (1 - share) + like(of, into) * share
        made.append((np.round(mixed[0] * 255).astype(np.uint8), away < 0))
    turned = odds_of(model, np.stack([model.prepare(image_of(one)) for one, _ in made])) > 0
    kept = [one for one, likely in zip(made, turned, strict=True) if likely]
    return [(image_of(one), where) for one, where in kept[:most]]


def odds_of(model: VisionModel, values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the model's log-odds of pneumonia."""
    return model.log_odds(model.run(values.astype(np.float32)), "pneumonia")[:, 0]
