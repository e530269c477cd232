"""What a score would have been at earlier moments, by what the chart held then."""

from wardround.capabilities.risk.answer import Status, answer
from wardround.capabilities.risk.chart import ChartOf
from wardround.capabilities.risk.model import Point
from wardround.capabilities.risk.score import Score

MOST = 24
"""Earlier moments that are shown."""


def trend(score: Score, chart: ChartOf) -> tuple[Point, ...]:
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
    return tuple(found)
