"""A business associate agreement (45 CFR 164.504(e)): what it covers, and how it stands today."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from wardround.kernel import Noun
from wardround.privacy.egress.address import read_host
from wardround.privacy.egress.recipient import Carries, Data, Recipient, Service

REMINDERS = (30, 60, 90)
"""Days before an agreement ends on which it is brought up."""

MOST_NOTICE_DAYS = 60
"""A business associate tells of a breach within 60 days of finding it (45 CFR 164.410(b))."""


class Standing(StrEnum):
    """How an agreement stands on a day."""

    COMING = "not yet in force"
    IN_FORCE = "in force"
    ENDING = "ends soon"
    EXPIRED = "expired"
    TERMINATED = "terminated"

    @property
    def holds(self) -> bool:
        """Whether data may go out under it."""
        return self in {Standing.IN_FORCE, Standing.ENDING}


class Return(StrEnum):
    """What becomes of the data when the agreement ends (164.504(e)(2)(ii)(J))."""

    RETURN = "return"
    DESTROY = "destroy"
    EITHER = "return or destroy"
    PROTECT = "protect for as long as it is kept"
    """Where neither can be done."""


class Terms(Noun):
    """What was agreed; dates are whole days by the clinic's clock, both included.

    ``hosts`` are the names at which the party is called. ``level`` is the most that may be handed
    over: PHI, or a limited data set under a data use agreement.
    """

    party: str = Field(min_length=1, max_length=200)
    contact: str = Field(default="", max_length=500)
    scope: str = Field(default="", max_length=2000)
    hosts: tuple[str, ...] = ()
    services: frozenset[Service] = frozenset()
    data: frozenset[Data] = frozenset()
    level: Carries = Carries.PHI
    effective: date
    expires: date | None = None
    flow_down: bool = False
    """Subcontractors are bound to the same terms (164.504(e)(2)(ii)(D))."""
    breach_days: int | None = Field(default=None, ge=0, le=MOST_NOTICE_DAYS)
    """Days within which the party tells of a breach; none where no clause says so."""
    at_end: Return | None = None
    document_held: str = Field(default="", max_length=500)
    """Where the signed paper is, if it is not kept here."""

    @field_validator("hosts")
    @classmethod
    def _names(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(read_host(host) for host in hosts))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires is not None and self.expires < self.effective:
            raise ValueError("An agreement ends on or after the day on which it begins.")
        if self.level not in {Carries.LIMITED, Carries.PHI}:
            raise ValueError("An agreement is about PHI or about a limited data set.")
        return self

    @property
    def lacks(self) -> tuple[str, ...]:
        """What 164.504(e)(2) demands and the terms do not have; the gate stays shut until then."""
        demanded = {
            "a clause that binds subcontractors": self.flow_down,
            "a clause on telling of breaches": self.breach_days is not None,
            "what becomes of the data at the end": self.at_end is not None,
        }
        return tuple(name for name, there in demanded.items() if not there)


class Agreement(Noun):
    """An entry of the register: one version of it, with who wrote it and when."""

    id: str
    version: int
    terms: Terms
    terminated: date | None = None
    reason: str = ""
    change: str
    at: datetime
    by: str
    documents: int = 0

    def standing(self, today: date) -> Standing:
        """Return how it stands on ``today``."""
        if self.terminated is not None and self.terminated <= today:
            return Standing.TERMINATED
        if today < self.terms.effective:
            return Standing.COMING
        left = self.days_left(today)
        if left is None:
            return Standing.IN_FORCE
        if left < 0:
            return Standing.EXPIRED
        return Standing.ENDING if left <= max(REMINDERS) else Standing.IN_FORCE

    def days_left(self, today: date) -> int | None:
        """Return the days until its last; below 0 when it is over, none where it has no end."""
        return None if self.terms.expires is None else (self.terms.expires - today).days

    def reminder(self, today: date) -> int | None:
        """Return which of the reminders is due: 30, 60 or 90 days before it ends."""
        if self.standing(today) is not Standing.ENDING:
            return None
        left = self.days_left(today) or 0
        return next(days for days in REMINDERS if left <= days)

    def covers(self, recipient: Recipient) -> bool:
        """Whether this party, service and kinds of data are in its scope, on whatever day."""
        return (
            recipient.origin.host in self.terms.hosts
            and recipient.service in self.terms.services
            and recipient.data <= self.terms.data
        )


def in_scope(agreements: Iterable[Agreement], recipient: Recipient) -> list[Agreement]:
    """Return the agreements whose scope holds ``recipient``."""
    return [agreement for agreement in agreements if agreement.covers(recipient)]
