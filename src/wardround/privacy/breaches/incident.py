"""An incident: what happened with PHI that should not have, and all that was done about it."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from wardround.kernel import InvalidInput, Noun
from wardround.privacy.breaches.assessment import Assessment
from wardround.privacy.breaches.states import STATES, UNKNOWN
from wardround.privacy.disclosures import OfficialRequest

DAYS = 60
"""Calendar days after discovery within which a notice is given (164.404(b), 164.410(b))."""


class Phi(StrEnum):
    """Kinds of PHI, as a letter names them (164.404(c)(1)(B))."""

    NAME = "name"
    BIRTH = "date of birth"
    ADDRESS = "home address"
    CONTACT = "telephone number or e-mail address"
    SSN = "Social Security number"
    LICENCE = "driver's licence or other identity number"
    FINANCIAL = "bank account or card number"
    INSURANCE = "health insurance number"
    RECORD = "medical record number"
    DIAGNOSIS = "diagnoses"
    TREATMENT = "treatment, medicines and notes of visits"
    RESULTS = "results of tests, and images"
    RECORDING = "recordings of visits"


class Sort(StrEnum):
    """The types of breach that the Secretary's form knows."""

    HACKING = "Hacking or IT incident"
    DISPOSAL = "Improper disposal"
    LOSS = "Loss"
    THEFT = "Theft"
    ACCESS = "Unauthorized access or disclosure"


class Location(StrEnum):
    """The places of breached PHI that the Secretary's form knows."""

    DESKTOP = "Desktop computer"
    RECORD = "Electronic medical record"
    MAIL = "E-mail"
    LAPTOP = "Laptop"
    SERVER = "Network server"
    PORTABLE = "Other portable electronic device"
    PAPER = "Paper or films"
    OTHER = "Other"


class Named(Noun):
    """A patient whose PHI it is, by the record number that was entered."""

    number: str
    patient: str


class Associate(Noun):
    """The business associate that had the PHI, and when it found out and told us (164.410)."""

    agreement: str
    party: str
    days: int | None = None
    """Days within which its agreement has it tell us."""
    discovered: date | None = None
    told: date | None = None
    agent: bool = False
    """What our agent knows, we know (164.404(a)(2))."""

    @property
    def known_to_us(self) -> date | None:
        """The day from which on we knew what our agent knew."""
        return self.discovered if self.agent else None

    @property
    def due(self) -> date | None:
        """The last day on which it was to tell us: by its agreement, after 60 days at most."""
        if self.discovered is None:
            return None
        return self.discovered + timedelta(days=DAYS if self.days is None else self.days)


class Circumstances(Noun):
    """What is known: days, what happened, which PHI, whose, who had it and who got it."""

    title: str = Field(min_length=1, max_length=120)
    discovered: date
    happened: date | None = None
    what: str = Field(min_length=1, max_length=4000)
    phi: frozenset[Phi] = frozenset()
    sort: Sort
    locations: frozenset[Location] = frozenset()
    unsecured: bool = True
    """Not encrypted or destroyed as the Secretary's guidance says (164.402)."""
    safeguards: str = Field(default="", max_length=2000)
    residents: dict[str, int] = Field(default_factory=dict)
    unreachable: int = Field(default=0, ge=0, le=100_000_000)
    """How many have no address that letters reach."""
    patients: tuple[Named, ...] = ()
    recipient: str = Field(default="", max_length=500)
    recipient_address: str = Field(default="", max_length=500)
    associate: Associate | None = None

    @field_validator("residents")
    @classmethod
    def _known(cls, residents: dict[str, int]) -> dict[str, int]:
        if not residents.keys() <= STATES.keys():
            raise ValueError("There is no such state.")
        if any(not 0 <= count <= 400_000_000 for count in residents.values()):
            raise ValueError("There are not that many people.")
        return residents

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.happened is not None and self.happened > self.discovered:
            raise ValueError("It was discovered before it happened.")
        other = self.associate
        if other is None:
            return self
        if other.told is not None and other.told < self.discovered:
            raise ValueError("The party told of it earlier than the day of discovery.")
        if other.known_to_us is not None and other.known_to_us < self.discovered:
            raise ValueError("What an agent of ours discovers is discovered that day.")
        return self

    @property
    def kinds(self) -> tuple[Phi, ...]:
        """The kinds of PHI, in the order in which a letter names them."""
        return tuple(kind for kind in Phi if kind in self.phi)

    @property
    def individuals(self) -> int:
        """How many people it is about: as counted, and not fewer than are named."""
        return max(sum(self.residents.values()), len(self.patients))

    def of_states(self) -> dict[str, int]:
        """Return how many live in each state, without those of whom it is not known."""
        return {state: count for state, count in self.residents.items() if state != UNKNOWN}


class Given(Noun):
    """A notice that was given: under which duty, on which day, how in words, by whom entered."""

    duty: str
    day: date
    note: str = Field(default="", max_length=1000)
    by: str
    at: datetime


class Kept(Noun):
    """What is sealed of one version of an incident."""

    circumstances: Circumstances
    assessment: Assessment | None = None
    given: tuple[Given, ...] = ()
    delays: tuple[OfficialRequest, ...] = ()
    accounted: tuple[str, ...] = ()
    """The patients in whose account of disclosures it stands."""
    closed: bool = False
    change: str
    why: str = Field(default="", max_length=1000)


class Incident(Kept):
    """An entry of the register: one version of it, with who wrote it and when."""

    id: str
    version: int
    at: datetime
    by: str

    @property
    def to_account(self) -> tuple[Named, ...]:
        """Whose account of disclosures it is still to be entered in (164.528).

        What went to somebody outside was disclosed against the rule, breach or not; an account
        leaves out what went out for treatment, payment and operations, but not that.
        """
        if self.assessment is None or not self.circumstances.recipient:
            return ()
        return tuple(
            one for one in self.circumstances.patients if one.patient not in self.accounted
        )


def read_circumstances(**fields: Any) -> Circumstances:
    """Return what is known from what a person typed; raise ``InvalidInput`` naming the field."""
    try:
        return Circumstances.model_validate(fields)
    except ValidationError as error:
        raise what_is_wrong(error) from None


def what_is_wrong(error: ValidationError) -> InvalidInput:
    """Return what is wrong with what was typed, without quoting it."""
    first = error.errors(include_input=False)[0]
    where = str(first["loc"][0]) if first["loc"] else None
    return InvalidInput(first["msg"].removeprefix("Value error, "), where=where)
