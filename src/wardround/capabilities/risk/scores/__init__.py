"""The published scores, by name."""

from wardround.capabilities.risk.score import Score
from wardround.capabilities.risk.scores import (
    acute,
    embolism,
    heart,
    kidney,
    later,
    liver,
    pneumonia,
    pooled,
    prevent,
)

SCORES: dict[str, Score] = {
    score.name: score
    for room in (acute, pneumonia, embolism, heart, liver, later, kidney, prevent, pooled)
    for score in room.SCORES
}

__all__ = ["SCORES"]
