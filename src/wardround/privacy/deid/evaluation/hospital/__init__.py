"""Documents of an imagined hospital, by another hand than the detector's."""

from wardround.privacy.deid.evaluation.hospital.documents import documents

__all__ = ["documents"]
