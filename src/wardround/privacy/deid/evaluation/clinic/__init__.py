"""Visit notes as US practices and hospitals write them, with planted PHI at known offsets."""

from wardround.privacy.deid.evaluation.clinic.documents import Document, documents

__all__ = ["Document", "documents"]
