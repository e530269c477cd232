"""What a review needs of the record: a port, that ``bootstrap`` fills."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from wardround.security import CareRelation


class Record(Protocol):
    """The record, as far as a review of access asks it."""

    def read(self, references: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Return those of the resources that stand, by their references."""
        ...

    def links(self) -> Mapping[str, str]:
        """Return patients with the practitioner that a FHIR ``Person`` says is the same human."""
        ...

    def relations(
        self, person: str, patients: Iterable[str], at: datetime, days: int | None = None
    ) -> Mapping[str, CareRelation]:
        """Return how ``person`` (``Practitioner/1``) stood to each patient at a moment.

        It is what the record says of that moment now: a visit that was entered and then called
        off is none. ``days`` is how long a visit counts, as the clinic has set it unless given.
        """
        ...
