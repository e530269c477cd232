"""Thresholds for each group that miss equally often, and their price: an analysis, not a setting.

Hardt, Price and Srebro 2016 (NeurIPS), for equal opportunity: only the threshold differs, the
probability stays. Treating people of two groups differently at one probability is a decision of
policy and of law, and no model here does it by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.table import Numbers

RESAMPLES = 1000


@dataclass(frozen=True)
class GroupCost:
    """One group under one threshold for all, and under its own."""

    group: str
    patients: int
    events: int
    threshold: float
    missed: tuple[float, float]
    """False-negative rate: before, after."""
    false_alarms: tuple[float, float]
    """For each 100 of the group: before, after."""


@dataclass(frozen=True)
class Mitigation:
    """What own thresholds do, on patients they were not chosen on."""

    groups: list[GroupCost]
    gap: tuple[float, float]
    """Between the groups missed most and least often: before, after."""
    change: tuple[float, float, float]
    """Of the gap, and the interval of that at 95 %, by bootstrap."""
    by_chance: float
    """The gap that equal groups of these sizes would show on average after."""
    auroc: tuple[float, float]
    """Of the probability; and of its log-odds less those of the group's threshold."""


def own_thresholds(
    probability: Numbers, outcome: NDArray[np.int64], groups: Sequence[str], threshold: float
) -> dict[str, float]:
    """Return for each group the threshold that misses as often as ``threshold`` does in all."""
    missed = float((probability[outcome == 1] < threshold).mean())
    held = np.array(groups)
    return {
        str(group): float(
            np.quantile(probability[(held == group) & (outcome == 1)], missed, method="lower")
        )
        for group in np.unique(held)
        if outcome[held == group].any()
    }


def look(
    probability: Numbers,
    outcome: NDArray[np.int64],
    groups: Sequence[str],
    threshold: float,
    own: dict[str, float],
    seed: int = 0,
) -> Mitigation:
    """Return what ``own`` does here, beside ``threshold`` for all; a group without one keeps it."""
    from sklearn.metrics import roc_auc_score

    held = np.array(groups)
    limit = np.array([own.get(group, threshold) for group in groups])
    names = [str(name) for name in np.unique(held) if outcome[held == name].any()]
    before, after = probability >= threshold, probability >= limit
    costs = [
        _cost(name, held == name, outcome, (before, after), own.get(name, threshold))
        for name in names
    ]
    first, second = (_gap(held, outcome, acted, names) for acted in (before, after))
    draw = np.random.default_rng(seed)
    moved = []
    for _ in range(RESAMPLES):
        some = _drawn(draw, held, outcome)
        gaps = [_gap(held[some], outcome[some], act[some], names) for act in (before, after)]
        moved.append(gaps[1] - gaps[0])
    low, high = np.quantile(moved, (0.025, 0.975))
    moved_odds = _odds(probability) - _odds(limit)
    return Mitigation(
        costs,
        (first, second),
        (second - first, float(low), float(high)),
        _by_chance(draw, costs),
        (
            float(roc_auc_score(outcome, probability)),
            float(roc_auc_score(outcome, moved_odds)),
        ),
    )


def _cost(
    name: str,
    member: NDArray[np.bool_],
    outcome: NDArray[np.int64],
    acts: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    limit: float,
) -> GroupCost:
    yes, no = member & (outcome == 1), member & (outcome == 0)
    missed = [float((~act[yes]).mean()) for act in acts]
    alarms = [100 * float(act[no].sum() / member.sum()) for act in acts]
    return GroupCost(
        name,
        int(member.sum()),
        int(yes.sum()),
        limit,
        (missed[0], missed[1]),
        (alarms[0], alarms[1]),
    )


def _gap(
    held: NDArray[np.str_],
    outcome: NDArray[np.int64],
    act: NDArray[np.bool_],
    names: Sequence[str],
) -> float:
    missed = [float((~act[(held == name) & (outcome == 1)]).mean()) for name in names]
    return max(missed) - min(missed)


def _drawn(
    draw: np.random.Generator, held: NDArray[np.str_], outcome: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return rows drawn again within each group and outcome, so that none is empty."""
    found = []
    for name in np.unique(held):
        for value in (0, 1):
            same = np.flatnonzero((held == name) & (outcome == value))
            found.append(draw.choice(same, len(same)) if len(same) else same)
    return np.concatenate(found)


def _by_chance(draw: np.random.Generator, costs: Sequence[GroupCost]) -> float:
    events = np.array([cost.events for cost in costs])
    rate = float(sum(cost.events * cost.missed[1] for cost in costs) / events.sum())
    missed = draw.binomial(events, rate, (RESAMPLES, len(events))) / events
    return float((missed.max(axis=1) - missed.min(axis=1)).mean())


def _odds(probability: Numbers) -> Numbers:
    inside = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(inside / (1 - inside)))
