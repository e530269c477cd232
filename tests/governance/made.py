"""Patients made by a seed, with predictions of which it is known how right they are."""

import numpy as np
from numpy.typing import NDArray

from wardround.governance.validation import About, Predictions, Validation, validate

Floats = NDArray[np.float64]


def chances(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)))


def cohort(n: int = 800, seed: int = 1, slope: float = 1.0) -> tuple[Floats, Floats]:
    """Outcomes, and predictions that are right where ``slope`` is 1, else too extreme or mild."""
    chance = np.random.default_rng(seed)
    scores = chance.normal(-0.8, 1.2, n)
    outcomes = (chance.random(n) < chances(scores)).astype(float)
    return outcomes, chances(scores / slope)


def predictions(n: int = 800, seed: int = 1) -> Predictions:
    """All that can be handed in, with a group that is too small to say of."""
    y, p = cohort(n, seed)
    chance = np.random.default_rng(seed + 1)
    doctors = chances(np.log(p / (1 - p)) + chance.normal(size=n))
    doctors[: n // 10] = np.nan
    sites = np.where(np.arange(n) < 30, "C", np.where(np.arange(n) % 2, "A", "B")).tolist()
    return Predictions.of(
        y,
        p,
        groups={"site": sites, "sex": np.where(chance.random(n) < 0.5, "women", "men").tolist()},
        missing={"lactate": (chance.random(n) < 0.3).tolist(), "age": [False] * n},
        baselines={"doctors": doctors.tolist()},
        sets=np.c_[p < 0.6, p > 0.25].tolist(),
    )


def validation(n: int = 800, seed: int = 1) -> Validation:
    return validate(predictions(n, seed), resamples=200)


ABOUT = About(
    name="Sepsis risk",
    version="1.2",
    predicts="sepsis",
    horizon="within 24 hours",
    for_whom="adults on a ward",
    not_for=["Not for children."],
)
