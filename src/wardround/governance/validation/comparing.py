"""Groups of patients beside one another, and other predictions beside the model's.

Gaps are of what a patient would notice: missed (FNR), found (TPR), alarmed for nothing (FPR), an
alarm that is right (PPV), and a risk that comes true (observed less expected). The widest gap of a
column is the widest of many pairs, so its interval is widened for all of them (Bonferroni).
"""

from math import comb, sqrt

import numpy as np

from wardround.governance.validation.model import Compared, Curve, Gap, Group, Measured
from wardround.governance.validation.predictions import FEWEST, FEWEST_EACH, Floats, Predictions
from wardround.governance.validation.proportions import LEVEL, newcombe, wilson
from wardround.governance.validation.ranking import delong
from wardround.governance.validation.resampling import (
    Yardstick,
    interval,
    intervals,
    resampled,
)

SAID = ("auroc", "brier", "o_to_e", "slope")
"""Measures told of each group beside those at the threshold."""

RATES = ("tpr", "fnr", "fpr", "ppv")


def groups(data: Predictions, chosen: float, seed: int, resamples: int) -> list[Group]:
    """Return each level of each column with its measures, or that it is too small to say."""
    found = []
    for column, levels in data.groups.items():
        for level in sorted(set(levels.tolist())):
            rows = levels == level
            found.append(_group(data, rows, (column, level), chosen, (seed, resamples)))
    return found


def _group(
    data: Predictions,
    rows: np.ndarray,
    named: tuple[str, str],
    chosen: float,
    drawing: tuple[int, int],
) -> Group:
    y, p = data.outcomes[rows], data.risks[rows]
    n, events = len(y), int(y.sum())
    small = n < FEWEST or min(events, n - events) < FEWEST_EACH
    measures: dict[str, Measured] = {}
    if not small:
        [(whole, drawn)] = resampled([Yardstick(y, p).measure], y, *drawing)
        measured = intervals(whole, drawn)
        measures = {name: measured[name] for name in SAID if name in measured}
        measures["calibration_gap"] = _residual(y, p)
        measures["alerts_per_100"] = _hundredfold(wilson(int((p >= chosen).sum()), n))
        counts = rates(y, p, chosen)
        measures |= {name: wilson(*counts[name]) for name in RATES if counts[name][1]}
    column, level = named
    return Group(column=column, level=level, n=n, events=events, small=small, measures=measures)


def _hundredfold(found: Measured) -> Measured:
    return Measured(
        value=100 * found.value, low=100 * (found.low or 0.0), high=100 * (found.high or 0.0)
    )


def _residual(outcomes: Floats, risks: Floats) -> Measured:
    """Return observed less expected, as a share of patients."""
    left = outcomes - risks
    mean, reach = float(left.mean()), 1.96 * float(left.std(ddof=1)) / sqrt(len(left))
    return Measured(value=mean, low=mean - reach, high=mean + reach)


def rates(outcomes: Floats, risks: Floats, threshold: float) -> dict[str, tuple[int, int]]:
    """Return, for each rate at a threshold, of how many patients it is how many."""
    yes, flagged = outcomes == 1, risks >= threshold
    true, alerts, events = int((yes & flagged).sum()), int(flagged.sum()), int(yes.sum())
    return {
        "tpr": (true, events),
        "fnr": (events - true, events),
        "fpr": (alerts - true, len(yes) - events),
        "ppv": (true, alerts),
    }


def gaps(data: Predictions, told: list[Group], chosen: float) -> list[Gap]:
    """Return the widest gap of each measure between the levels of each column."""
    found = []
    for column, levels in data.groups.items():
        large = [group.level for group in told if group.column == column and not group.small]
        parts = {one: (data.outcomes[levels == one], data.risks[levels == one]) for one in large}
        counts = {one: rates(*part, chosen) for one, part in parts.items()}
        for measure in RATES:
            shares = {
                one: counted[measure][0] / counted[measure][1]
                for one, counted in counts.items()
                if counted[measure][1]
            }
            for more, less, pairs in _ends(shares):
                ends = counts[more][measure], counts[less][measure]
                difference = newcombe(*ends, _widened(pairs))
                found.append(_gap(column, measure, (more, less), difference, pairs))
        left = {one: y - p for one, (y, p) in parts.items()}
        for more, less, pairs in _ends({one: float(each.mean()) for one, each in left.items()}):
            difference = _means_apart(left[more], left[less], _widened(pairs))
            found.append(_gap(column, "calibration_gap", (more, less), difference, pairs))
    return found


def _ends(values: dict[str, float]) -> list[tuple[str, str, int]]:
    """Return the level with most, that with least, and how many pairs there are; or nothing."""
    if len(values) < 2:
        return []
    ordered = sorted(values, key=lambda level: (values[level], level))
    return [(ordered[-1], ordered[0], comb(len(values), 2))]


def _widened(pairs: int) -> float:
    return 1 - (1 - LEVEL) / pairs


def _gap(column: str, measure: str, ends: tuple[str, str], difference: Measured, pairs: int) -> Gap:
    return Gap(
        column=column,
        measure=measure,
        more=ends[0],
        less=ends[1],
        difference=difference,
        pairs=pairs,
    )


def _means_apart(first: Floats, second: Floats, level: float) -> Measured:
    from scipy.stats import norm

    difference = float(first.mean() - second.mean())
    error = sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second))
    reach = float(norm.ppf((1 + level) / 2)) * error
    return Measured(value=difference, low=difference - reach, high=difference + reach)


def compared(data: Predictions, seed: int, resamples: int) -> list[Compared]:
    """Return each baseline beside the model, on the patients for whom both are there."""
    return [
        _compared(name, data, np.asarray(theirs), seed, resamples)
        for name, theirs in data.baselines.items()
    ]


def _compared(name: str, data: Predictions, theirs: Floats, seed: int, resamples: int) -> Compared:
    both = ~np.isnan(theirs)
    y, ours, other = data.outcomes[both], data.risks[both], theirs[both]
    sticks = Yardstick(y, ours), Yardstick(y, other)
    measures = [stick.measure for stick in sticks]
    (own, own_drawn), (their, their_drawn) = resampled(measures, y, seed, resamples)
    theirs_found = intervals(their, their_drawn)
    (x, height), _ = sticks[1].ranking.curves()
    apart = delong(y, ours, other)
    low, high = apart.interval
    return Compared(
        name=name,
        n=len(y),
        auroc=theirs_found["auroc"],
        brier=theirs_found["brier"],
        slope=theirs_found.get("slope"),
        o_to_e=theirs_found["o_to_e"],
        model_auroc=interval(own["auroc"][0], own_drawn["auroc"]),
        auroc_difference=Measured(value=apart.difference, low=low, high=high),
        auroc_p=apart.p,
        model_brier=interval(own["brier"][0], own_drawn["brier"]),
        brier_difference=interval(
            own["brier"][0] - their["brier"][0], own_drawn["brier"] - their_drawn["brier"]
        ),
        roc=Curve(name=name, x=[float(one) for one in x], y=[float(one) for one in height]),
    )
