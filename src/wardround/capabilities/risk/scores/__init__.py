"""The published scores, by name."""

from wardround.capabilities.risk.scores.catalog import SCORES

__all__ = ["SCORES"]
