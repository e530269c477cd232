"""Risk prediction: published scores, whose result a clinician can check line by line."""

from wardround.capabilities.risk.answer import Answer, Given, Measured, Reason, Status, answer
from wardround.capabilities.risk.bulk import Scoring
from wardround.capabilities.risk.chart import ChartOf, Chosen, Found
from wardround.capabilities.risk.score import Band, Code, Input, Kind, Part, Result, Score
from wardround.capabilities.risk.scores import FIELDS, SCORES
from wardround.capabilities.risk.service import Risk, load_risk, model_of
from wardround.capabilities.risk.units import convert

__all__ = [
    "FIELDS",
    "SCORES",
    "Answer",
    "Band",
    "ChartOf",
    "Chosen",
    "Code",
    "Found",
    "Given",
    "Input",
    "Kind",
    "Measured",
    "Part",
    "Reason",
    "Result",
    "Risk",
    "Score",
    "Scoring",
    "Status",
    "answer",
    "convert",
    "load_risk",
    "model_of",
]
