"""All scores, by name, in the order of the fields of medicine they come from."""

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
