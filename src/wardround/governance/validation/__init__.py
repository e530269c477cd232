"""Predictions held against what happened: measures with intervals, and their report."""

from wardround.governance.validation.model import Measured, Validation
from wardround.governance.validation.predictions import Predictions
from wardround.governance.validation.service import validate

__all__ = ["Measured", "Predictions", "Validation", "validate"]
