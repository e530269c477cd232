"""What a score was, and would have been, at earlier moments."""

from collections.abc import Iterable, Mapping
from typing import Any

from wardround.capabilities.risk.answer import Status, answer
from wardround.capabilities.risk.chart import ChartOf, moment_of
from wardround.capabilities.risk.model import Point
from wardround.capabilities.risk.score import Score

MOST = 24
"""Earlier moments that are shown."""


def computed(score: Score, chart: ChartOf) -> list[Point]:
    """Return the results at the latest moments at which an input was measured, oldest first.

    A moment at which something was missing has no point: nothing is carried over beyond the time
    for which the score takes a value.
    """
    found = []
    for at in chart.moments(score)[-MOST:]:
        then = chart.before(at).find(score)
        answered = answer(score, then.given, stale=then.stale, conflicting=then.conflicting)
        if answered.status is Status.RESULT and answered.result is not None:
            found.append(Point(at=at, value=answered.result.value))
    return found


def signed(observations: Iterable[Mapping[str, Any]]) -> list[Point]:
    """Return the results that were signed before and still stand."""
    return [
        Point(at=at, value=one["valueQuantity"]["value"], signed=True)
        for one in observations
        if one.get("status") in {"final", "amended"} and "valueQuantity" in one
        if (at := moment_of(one)) is not None
    ]


def trend(*kinds: Iterable[Point]) -> tuple[Point, ...]:
    """Return points of several kinds, oldest first."""
    every = [point for points in kinds for point in points]
    return tuple(sorted(every, key=lambda point: point.at)[-MOST:])
