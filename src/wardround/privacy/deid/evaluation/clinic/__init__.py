"""Visit notes as US practices and hospitals write them, with planted PHI at known offsets."""

from wardround.privacy.deid.evaluation.clinic.documents import documents

__all__ = ["documents"]
