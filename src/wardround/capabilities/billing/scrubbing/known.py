"""What is known beside the claim: earlier claims of the patient, visits, and payers' limits."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from wardround.capabilities.billing.model import Claim


@dataclass(frozen=True)
class Seen:
    """A day on which the patient was seen face to face, by which group (NPI) and specialty."""

    at: date
    group: str
    specialty: str = ""


@dataclass(frozen=True)
class Known:
    """What is known of one patient and of the payers.

    ``limits`` are the days that a payer gives for filing, by the payer's id; ``numbers`` the
    patient control numbers that claims of others have.
    """

    claims: tuple[Claim, ...] = ()
    seen: tuple[Seen, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    numbers: AbstractSet[str] = frozenset()
