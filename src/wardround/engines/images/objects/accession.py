"""Whose slide it is, as an archive has it: what every image and object of its study says alike."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

_NAMESPACE = UUID("5f0a1c57-6a0e-5f2b-8a1e-3c0f9b1f7d42")


@dataclass(frozen=True, slots=True)
class Accession:
    """A slide that a laboratory took in: of whom, and when.

    ``key`` is what UIDs follow from: the same slide of the same patient is the same study, however
    often it is written. What is not known of a patient is empty.
    """

    key: str = field(repr=False)
    taken_in: datetime
    patient_id: str = field(default="", repr=False)
    patient_name: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    """As DICOM writes a day: ``19610423``."""
    sex: str = field(default="", repr=False)
    """M, F, O, or empty."""

    def uid(self, part: str) -> str:
        """Return the UID of the study, the series, or one level (PS3.5 B.2)."""
        return f"2.25.{uuid5(_NAMESPACE, f'{self.key}:{part}').int}"
