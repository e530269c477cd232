"""People speaking and writing freely: a second hand's documents, with PHI at known places."""

from wardround.privacy.deid.evaluation.voices.generate import documents

__all__ = ["documents"]
