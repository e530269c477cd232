"""Documents that people wrote from beginning to end, each by itself, with what identifies marked in place."""

from wardround.privacy.deid.evaluation.handwritten.documents import documents

__all__ = ["documents"]
