"""How soon a shift of an input is seen, and how often one is seen that is not there.

Three rules, with as many false alarms each: the CUSUM on normal scores that is used, an EWMA on the
same scores, and a Kolmogorov-Smirnov test of windows. Ten inputs with heavy tails (log-normal), of
which one moves by 0.3 standard deviations of its logarithm; every run has a reference of its own.

    python scripts/measure_monitoring.py [--runs 400]
"""

import argparse
from collections.abc import Iterator
from math import sqrt

import numpy as np
from scipy.stats import kstwobign

from wardround.governance.monitoring.shift import PATIENTS_A_FALSE_ALARM, SHIFT, Reference, limit

Scored = tuple[np.ndarray, np.ndarray, np.ndarray]

WATCHED = 10
PATIENTS = 10_000
WITHIN = 500
SEED = 20261128
ALLOWANCE = SHIFT / 2
WEIGHT = 0.03
WINDOW = 250


def scored(
    chance: np.random.Generator, runs: int, patients: int, n: int, moved: float
) -> Iterator[Scored]:
    """Yield, run by run, the reference's values and the normal scores of new ones."""
    for _ in range(runs):
        known = np.exp(chance.normal(size=n))
        new = np.exp(chance.normal(size=patients) + moved)
        yield known, new, Reference(known, "input").scores(new)


def first_passings(scores: np.ndarray, height: float) -> tuple[np.ndarray, np.ndarray]:
    """Return when each stream's CUSUM first passes, and how often it does, restarted each time."""
    up, down = np.zeros(len(scores)), np.zeros(len(scores))
    first, times = np.full(len(scores), np.inf), np.zeros(len(scores))
    for at in range(scores.shape[1]):
        up = np.maximum(0, up + scores[:, at] - ALLOWANCE)
        down = np.maximum(0, down - scores[:, at] - ALLOWANCE)
        over = np.maximum(up, down) >= height
        first[over & np.isinf(first)] = at + 1
        times += over
        up[over] = down[over] = 0
    return first, times


def ewma(scores: np.ndarray) -> np.ndarray:
    """Return the largest exponentially weighted mean so far, after each patient."""
    now, most = np.zeros(len(scores)), np.zeros(scores.shape)
    for at in range(scores.shape[1]):
        now = (1 - WEIGHT) * now + WEIGHT * scores[:, at]
        most[:, at] = np.abs(now)
    return np.maximum.accumulate(most, axis=1)


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


def told(name: str, delays: np.ndarray, false: float) -> None:
    """Print a row."""
    found = (delays <= WITHIN).mean()
    print(f"| {name} | {found:.1%} | {np.median(delays):.0f} | {false:.2f} |")


def measured(n: int, runs: int) -> None:
    """Print what the three rules do with a reference of ``n`` values."""
    chance = np.random.default_rng(SEED)
    calm = list(scored(chance, runs * WATCHED, PATIENTS, n, 0.0))
    moved = list(scored(chance, runs, 2 * WITHIN, n, SHIFT))
    height = limit(WATCHED, n)
    quiet, shifted = (np.array([scores for *_, scores in all_]) for all_ in (calm, moved))
    times = first_passings(quiet, height)[1].reshape(runs, WATCHED).sum(axis=1)
    false = float(times.mean())
    print(f"\n{n} values at validation, {WATCHED} inputs, {runs} runs, limit {height:.1f}\n")
    print(f"| rule | seen within {WITHIN} | median delay | false alarms in {PATIENTS:,} |")
    print("|---|---|---|---|")
    told("CUSUM", first_passings(shifted, height)[0], false)
    print(f"Runs with more than one false alarm: {(times > 1).mean():.1%}\n")
    share = min(0.5, max(PATIENTS * 1.0 / PATIENTS_A_FALSE_ALARM, 1 / runs) / WATCHED)
    line = float(np.quantile(ewma(quiet)[:, -1], 1 - share))
    over = ewma(shifted) >= line
    delays = np.where(over.any(axis=1), over.argmax(axis=1) + 1, np.inf)
    told(f"EWMA ({WEIGHT:g})", delays, share * WATCHED)
    line = float(kstwobign.isf(share / (PATIENTS // WINDOW)))
    seen = np.array([windows(known, new) for known, new, _ in moved]) >= line
    delays = np.where(seen.any(axis=1), (seen.argmax(axis=1) + 1) * WINDOW, np.inf)
    told(f"KS, windows of {WINDOW}", delays, share * WATCHED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    runs = parser.parse_args().runs
    for n in (1000, 5000):
        measured(n, runs)


if __name__ == "__main__":
    main()
