"""Risk prediction: published scores, checked line by line, and learned models with guardrails."""

from wardround.capabilities.risk.answer import Answer, Given, Measured, Reason, Status, answer
from wardround.capabilities.risk.bulk import Scoring
from wardround.capabilities.risk.chart import ChartOf, Chosen, Found
from wardround.capabilities.risk.learned.asking import check_spec_units
from wardround.capabilities.risk.learned.bulk import Predicting, learned_named
from wardround.capabilities.risk.learned.cohort import Cohort, read_cohort
from wardround.capabilities.risk.learned.prediction import Added, Case, Prediction
from wardround.capabilities.risk.learned.service import Learned
from wardround.capabilities.risk.score import Band, Code, Input, Kind, Part, Result, Score
from wardround.capabilities.risk.scores import FIELDS, SCORES
from wardround.capabilities.risk.scoring import model_of
from wardround.capabilities.risk.service import FindsLearned, Risk, load_risk
from wardround.capabilities.risk.units import convert

__all__ = [
    "FIELDS",
    "SCORES",
    "Added",
    "Answer",
    "Band",
    "Case",
    "ChartOf",
    "Chosen",
    "Code",
    "Cohort",
    "FindsLearned",
    "Found",
    "Given",
    "Input",
    "Kind",
    "Learned",
    "Measured",
    "Part",
    "Predicting",
    "Prediction",
    "Reason",
    "Result",
    "Risk",
    "Score",
    "Scoring",
    "Status",
    "answer",
    "check_spec_units",
    "convert",
    "learned_named",
    "load_risk",
    "model_of",
    "read_cohort",
]
