"""All scores, by the field of medicine they come from, and by name."""

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

FIELDS: dict[str, tuple[Score, ...]] = {
    "Acutely ill": acute.SCORES,
    "Pneumonia": pneumonia.SCORES,
    "Thrombosis and embolism": embolism.SCORES,
    "Heart, and before surgery": heart.SCORES,
    "Liver and bleeding": liver.SCORES,
    "After the stay, and others": later.SCORES,
    "Kidney": kidney.SCORES,
    "Cardiovascular disease in years to come": (*prevent.SCORES, *pooled.SCORES),
}
"""In the order in which they are offered."""

SCORES: dict[str, Score] = {score.name: score for scores in FIELDS.values() for score in scores}
