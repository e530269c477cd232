"""How somebody stands to a patient: what decisions about charts hang on."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple, Protocol


class CareRelation(NamedTuple):
    """What the record, and the register of emergencies, say of one person and one patient."""

    treats: bool = False
    """They take part in a visit, are of the care team, or are the patient's own practitioner."""
    expected: bool = False
    """The patient has a visit of yesterday, today or tomorrow."""
    seen: bool = False
    """The patient had a visit lately."""
    emergency: bool = False
    """They have opened the chart in an emergency, and it is open still."""


Relations = dict[str, CareRelation]
"""How one person stands to each patient (``Patient/1``)."""

STRANGERS = CareRelation()
"""They have nothing to do with each other."""

EVERY_RELATION = tuple(CareRelation(*facts) for facts in product((False, True), repeat=4))


class Care(Protocol):
    """Who cares for whom, as the record has it."""

    def relations(self, person: str, patients: Iterable[str]) -> Mapping[str, CareRelation]:
        """Return how ``person`` (``Practitioner/1``) stands to each patient (``Patient/1``)."""
        ...

    def panel(self, person: str, most: int) -> list[str]:
        """Return the patients whom ``person`` treats, or who are in the clinic these days."""
        ...
