"""The lowest and highest a score can still be, when some of its inputs are not known.

For points it is exact: the points of what is missing are enumerated, on both sides of every cut.
For a formula it is the lowest and highest at the corners of the possible: between its ``knots`` a
formula rises or falls steadily in each input, whatever the others are, so its extremes lie there.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from math import inf, nextafter, prod

from wardround.capabilities.risk.score import Component, Input, Kind, Score, Value

MOST = 5_000
"""Fillings that are tried for one range; beyond them nothing useful is known."""


def extent(
    score: Score, values: Mapping[str, Value], missing: Sequence[Input]
) -> tuple[float, float] | None:
    """Return the lowest and highest value; None where there are too many fillings to try."""
    if score.components:
        return _points(score, values, missing)
    return _corners(score, values, missing)


def informs(score: Score, low: float, high: float) -> bool:
    """Whether a range tells anything: it leaves out at least one band."""
    if not score.bands or low == high:
        return low == high
    met = {score.bands.index(b) for b in (score.band(low), score.band(high)) if b is not None}
    return bool(met) and (min(met) > 0 or max(met) < len(score.bands) - 1)


def _points(
    score: Score, values: Mapping[str, Value], missing: Sequence[Input]
) -> tuple[float, float] | None:
    """Enumerate, each group of lines that share a missing input by itself."""
    unknown = {asked.name: asked for asked in missing}
    low = high = 0.0
    groups: list[tuple[set[str], list[Component]]] = []
    for line in score.components:
        names = {name for name in line.inputs if name in unknown}
        if not names:
            points = line.points(values)
            low, high = low + points, high + points
            continue
        joined = [line]
        for other in [group for group in groups if group[0] & names]:
            names |= other[0]
            joined = [*other[1], *joined]
            groups.remove(other)
        groups.append((names, joined))
    for names, lines in groups:
        totals = _tried(sorted(names), lines, unknown, values)
        if totals is None:
            return None
        low, high = low + min(totals), high + max(totals)
    return low, high


def _tried(
    names: Sequence[str],
    lines: Sequence[Component],
    unknown: Mapping[str, Input],
    values: Mapping[str, Value],
) -> list[float] | None:
    fillings = [
        representatives(unknown[n], tuple(c for line in lines for c in line.cuts.get(n, ())))
        for n in names
    ]
    if prod(map(len, fillings)) > MOST:
        return None
    return [
        sum(line.points({**values, **dict(zip(names, filling, strict=True))}) for line in lines)
        for filling in product(*fillings)
    ]


def _corners(
    score: Score, values: Mapping[str, Value], missing: Sequence[Input]
) -> tuple[float, float] | None:
    fillings = [
        representatives(asked, score.knots.get(asked.name, ()), beside=False) for asked in missing
    ]
    if prod(map(len, fillings)) > MOST:
        return None
    names = [asked.name for asked in missing]
    found = [
        score.calculate({**values, **dict(zip(names, filling, strict=True))}).value
        for filling in product(*fillings)
    ]
    return min(found), max(found)


def representatives(
    asked: Input, cuts: Sequence[float], *, beside: bool = True
) -> tuple[Value, ...]:
    """Return values that stand for all an input may take: its limits, and those about each cut.

    Of a formula only values that it was made from: with any other there would be no score.
    """
    if asked.kind is Kind.YES_NO:
        return (False, True)
    if asked.choices:
        return tuple(code for code, _ in asked.choices)
    low, high = asked.span
    about = {low, high, *cuts}
    if beside:
        about |= {nextafter(cut, side) for cut in cuts for side in (-inf, inf)}
    return tuple(sorted(v for v in about if low <= v <= high))
