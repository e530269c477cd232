"""Learned models made and held against what happened: tables in, a model's folder out."""

from wardround.learning.site import validate_model
from wardround.learning.training import Made, Plan, train_model
from wardround.learning.validating import Held, hold_against

__all__ = ["Held", "Made", "Plan", "hold_against", "train_model", "validate_model"]
