"""The published scores, by name and by field of medicine."""

from wardround.capabilities.risk.scores.catalog import FIELDS, SCORES

__all__ = ["FIELDS", "SCORES"]
