"""The order of a worklist: the likely findings first, and nobody waits for ever.

Each hour of waiting counts as much as ``AGEING`` of log-odds, so a low probability moves up and is
never passed for good. An image that the model did not read is not at the end: it stands where an
even chance would.
"""

import heapq
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

AGEING = 2.0
"""Log-odds for each hour of waiting: after two hours, one in fifty stands before an even chance."""


class Waiting(NamedTuple):
    """An image on the worklist: since when (hours), with which probability, None where unread."""

    name: str
    since: float
    probability: float | None


class Waits(NamedTuple):
    """Minutes of waiting in one simulated order."""

    order: str
    pneumonia: float
    """On average, with pneumonia."""
    pneumonia_95: float
    """The wait that 95 of 100 with pneumonia do not exceed."""
    healthy: float
    longest: float


def urgency(one: Waiting, now: float) -> float:
    """Return the log-odds with what waiting has added; unread images count as an even chance."""
    share = 0.5 if one.probability is None else min(max(one.probability, 1e-6), 1 - 1e-6)
    return float(np.log(share / (1 - share))) + AGEING * (now - one.since)


def ordered(images: Iterable[Waiting], now: float) -> list[Waiting]:
    """Return the worklist, most urgent first; who came first goes first among equals."""
    return sorted(images, key=lambda one: (-urgency(one, now), one.since, one.name))


def simulate(
    probabilities: Sequence[float | None],
    labels: Sequence[int],
    *,
    load: float = 0.9,
    minutes: float = 4.0,
    days: int = 40,
    seed: int = 0,
) -> tuple[Waits, Waits]:
    """Return waiting times of one reader, first come first served and in our order.

    Images come at random (Poisson), ten hours a day, drawn from those given; reading one takes
    ``minutes`` on average (exponential), and ``load`` is the share of time that the reader reads.
    """
    chance = np.random.default_rng(seed)
    arrivals, picked, lengths = [], [], []
    for day in range(days):
        now = 0.0
        while (now := now + chance.exponential(minutes / load / 60)) < 10:
            arrivals.append(24.0 * day + now)
            picked.append(int(chance.integers(len(labels))))
            lengths.append(float(chance.exponential(minutes / 60)))
    times = np.array(arrivals)
    plain = [0.0] * len(times)
    # Ageing is linear in time: between two images only arrival and probability count, for ever.
    ranked = [
        -urgency(Waiting("", at, probabilities[who]), 0.0)
        for at, who in zip(arrivals, picked, strict=True)
    ]
    truth = np.array([labels[who] for who in picked])
    found = []
    for name, keys in (("as they come", plain), ("by urgency", ranked)):
        waits = 60 * _waits(times, keys, lengths)
        ill = waits[truth == 1]
        found.append(
            Waits(
                name,
                float(ill.mean()),
                float(np.quantile(ill, 0.95)),
                float(waits[truth == 0].mean()),
                float(waits.max()),
            )
        )
    return found[0], found[1]


def _waits(arrivals: np.ndarray, keys: Sequence[float], lengths: Sequence[float]) -> np.ndarray:
    """Return how long each waits for one reader who takes the lowest key first."""
    waits = np.zeros(len(arrivals))
    waiting: list[tuple[float, int]] = []
    now, coming = 0.0, 0
    while coming < len(arrivals) or waiting:
        if not waiting:
            now = max(now, float(arrivals[coming]))
        while coming < len(arrivals) and arrivals[coming] <= now:
            heapq.heappush(waiting, (keys[coming], coming))
            coming += 1
        _, one = heapq.heappop(waiting)
        waits[one] = now - arrivals[one]
        now += lengths[one]
    return waits
