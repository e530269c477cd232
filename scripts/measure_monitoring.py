"""How soon a shift of an input is seen, and how often one is seen that is not there.

First the rule that is used, with its own limit. Then rules of its kind beside one another, each
with the limit that gives as many false alarms as it: the CUSUM, EWMAs on the same scores, and a
Kolmogorov-Smirnov test of windows. Ten inputs with heavy tails (log-normal), of which one moves by
0.3 standard deviations of its logarithm, at the first patient or at the 2,001st; every run has a
reference of its own.

    python scripts/measure_monitoring.py [--runs 400]
"""

import argparse
from collections.abc import Iterator
from functools import partial
from math import sqrt

import numpy as np
from scipy.stats import kstwobign

from wardround.governance.monitoring.shift import SHIFT, Reference, limit

Scored = tuple[np.ndarray, np.ndarray, np.ndarray]

WATCHED = 10
PATIENTS = 10_000
WITHIN = 500
SEED = 20261128
ALLOWANCE = SHIFT / 2
WEIGHTS = (0.005, 0.01, 0.03)
WINDOW = 250


def scored(
    chance: np.random.Generator, runs: int, patients: int, n: int, moved: float
) -> Iterator[Scored]:
    """Yield, run by run, the reference's values and the normal scores of new ones."""
    for _ in range(runs):
        known = np.exp(chance.normal(size=n))
        new = np.exp(chance.normal(size=patients) + moved)
        yield known, new, Reference(known, "input").scores(new)


def alarms(scores: np.ndarray, height: float) -> np.ndarray:
    """Return how often each stream's CUSUM passes its limit, begun anew each time."""
    up, down = np.zeros(len(scores)), np.zeros(len(scores))
    times = np.zeros(len(scores))
    for at in range(scores.shape[1]):
        up = np.maximum(0, up + scores[:, at] - ALLOWANCE)
        down = np.maximum(0, down - scores[:, at] - ALLOWANCE)
        over = np.maximum(up, down) >= height
        times += over
        up[over] = down[over] = 0
    return times


def sums(scores: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the larger CUSUM of each stream after each patient."""
    up, down = np.zeros(len(scores)), np.zeros(len(scores))
    for at in range(scores.shape[1]):
        up = np.maximum(0, up + scores[:, at] - ALLOWANCE)
        down = np.maximum(0, down - scores[:, at] - ALLOWANCE)
        yield np.maximum(up, down)


def means(scores: np.ndarray, weight: float) -> Iterator[np.ndarray]:
    """Yield how far the exponentially weighted mean of each stream is from 0."""
    now = np.zeros(len(scores))
    for at in range(scores.shape[1]):
        now = (1 - weight) * now + weight * scores[:, at]
        yield np.abs(now)


def windows(known: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Return the scaled KS distance of each window of patients."""
    ordered = np.sort(known)
    found = []
    for start in range(0, len(new) - WINDOW + 1, WINDOW):
        part = np.sort(new[start : start + WINDOW])
        share = np.searchsorted(ordered, part, side="right") / len(ordered)
        ranks = np.arange(1, WINDOW + 1) / WINDOW
        distance = max((ranks - share).max(), (share - ranks + 1 / WINDOW).max())
        found.append(distance * sqrt(WINDOW * len(known) / (WINDOW + len(known))))
    return np.array(found)


def delays(paths: Iterator[np.ndarray], line: float) -> np.ndarray:
    """Return at which patient after the shift each stream passes a line, or that it never does.

    A stream that passes it before is left out: that is a false alarm.
    """
    passed = np.array([path >= line for path in paths]).T
    calm = ~passed[:, :-WITHIN].any(axis=1)
    after = passed[calm][:, -WITHIN:]
    return np.where(after.any(axis=1), after.argmax(axis=1) + 1, np.inf)


def told(name: str, after: np.ndarray, false: float) -> None:
    """Print a row."""
    print(f"| {name} | {(after <= WITHIN).mean():.1%} | {np.median(after):.0f} | {false:.2f} |")


def measured(n: int, runs: int, before: int) -> None:
    """Print what the rules do with a reference of ``n`` values, ``before`` patients in."""
    chance = np.random.default_rng(SEED)
    quiet = np.array([one for *_, one in scored(chance, runs * WATCHED, PATIENTS, n, 0.0)])
    moved = list(scored(chance, runs, before + WITHIN, n, 0.0))
    moving = [
        (known, new * np.exp(SHIFT * (np.arange(len(new)) >= before))) for known, new, _ in moved
    ]
    shifted = np.array([Reference(known, "input").scores(new) for known, new in moving])
    times = alarms(quiet, limit(WATCHED, n)).reshape(runs, WATCHED).sum(axis=1)
    false = float(times.mean())
    print(f"\n{n} values at validation, shift after {before} patients, {runs} runs\n")
    print(f"| rule | seen within {WITHIN} | median delay | false alarms in {PATIENTS:,} |")
    print("|---|---|---|---|")
    told(f"CUSUM, limit {limit(WATCHED, n):.1f}", delays(sums(shifted), limit(WATCHED, n)), false)
    share = 0.2 / WATCHED
    rules = {"CUSUM": sums} | {
        f"EWMA, weight {weight:g}": partial(means, weight=weight) for weight in WEIGHTS
    }
    for name, rule in rules.items():
        most = np.zeros(len(quiet))
        for path in rule(quiet):
            np.maximum(most, path, out=most)
        told(name, delays(rule(shifted), float(np.quantile(most, 1 - share))), share * WATCHED)
    line = float(kstwobign.isf(share / (PATIENTS // WINDOW)))
    seen = np.array([windows(known, new[before:]) for known, new in moving]) >= line
    after = np.where(seen.any(axis=1), (seen.argmax(axis=1) + 1) * WINDOW, np.inf)
    told(f"KS, windows of {WINDOW}", after, share * WATCHED)
    print(f"\nRuns of the first with more than one false alarm: {(times > 1).mean():.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    runs = parser.parse_args().runs
    for n, before in ((1000, 0), (5000, 0), (5000, 2000)):
        measured(n, runs, before)


if __name__ == "__main__":
    main()
