"""A complaint: what somebody said is wrong with what a model drafted, and all that was done.

The fields are those of 21 CFR 820.35(a), which since 2 February 2026 adds to ISO 13485, clause
8.2.2. Whether it is an event to be reported under 21 CFR 803 is decided by a person, never here.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from wardround.kernel import InvalidInput, Noun

Read = TypeVar("Read", bound=Noun)

MOST = 4000
"""How many characters what somebody tells may have."""


class ProblemCategory(StrEnum):
    """What is wrong, as the person who saw it says."""

    WRONG = "wrong content"
    MISSING = "missing content"
    PATIENT = "wrong patient"
    SLOW = "slow"
    UNCLEAR = "unclear"
    UNSAFE = "unsafe"
    OTHER = "other"


class Harm(StrEnum):
    """What came of it, as the person who saw it says."""

    NONE = "no harm"
    NEAR_MISS = "near miss"
    HARM = "harm"
    SERIOUS = "death or serious injury"


class ProblemChannel(StrEnum):
    """How it reached us."""

    DRAFT = "on the page of a draft"
    TELEPHONE = "by telephone"
    WRITING = "in writing"
    PERSON = "in person"


class Complainant(Noun):
    """Who complains (820.35(a)(4)); empty is what was not provided."""

    person: str | None = None
    """Their id, where they are one of ours."""
    name: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=500)
    phone: str = Field(default="", max_length=100)
    role: str = Field(default="", max_length=100)


class DeviceNamed(Noun):
    """What it is about: the model (820.35(a)(1)), and what identifies it ((a)(3))."""

    name: str = Field(min_length=1, max_length=200)
    version: str = Field(default="", max_length=100)
    digest: str = Field(default="", max_length=100)
    capability: str = Field(default="", max_length=100)
    udi: str = Field(default="", max_length=200)
    """The unique device identifier or universal product code, where it has one."""


class DraftSeen(Noun):
    """The draft as it was when somebody complained of it."""

    id: str
    revision: int
    status: str


class ProblemReport(Noun):
    """What was received: when, from whom, about what, in their words (820.35(a)(1) to (5))."""

    received: date
    occurred: date | None = None
    channel: ProblemChannel
    complainant: Complainant
    device: DeviceNamed
    draft: DraftSeen | None = None
    patient: str | None = None
    category: ProblemCategory
    harm: Harm
    words: str = Field(min_length=1, max_length=MOST)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.occurred is not None and self.occurred > self.received:
            raise ValueError("It was received before it happened.")
        return self


class MdrEvent(StrEnum):
    """What an event to be reported is (803.3)."""

    DEATH = "death"
    INJURY = "serious injury"
    MALFUNCTION = "malfunction"


class MdrReporter(StrEnum):
    """As whom a clinic has to report: 803.3 tells a user facility from a manufacturer."""

    FACILITY = "user facility"
    MANUFACTURER = "manufacturer"


class MdrHaste(StrEnum):
    """What makes a manufacturer's report due within five work days (803.53)."""

    REMEDY = "remedial action against a substantial risk to public health"
    REQUEST = "FDA asked for it in writing"


class MdrDecision(Noun):
    """Whether it is to be reported under 21 CFR 803: decided by whom, when, and why."""

    reportable: bool
    reasons: str = Field(min_length=1, max_length=MOST)
    event: MdrEvent | None = None
    reporters: frozenset[MdrReporter] = frozenset()
    aware: date | None = None
    """The day on which we became aware of the event (803.3)."""
    haste: MdrHaste | None = None
    haste_aware: date | None = None
    """The day on which we became aware of the need for haste (803.53)."""
    by: str
    at: datetime

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.reportable:
            if self.event or self.reporters or self.haste:
                raise ValueError("What is not reportable has no event, reporter or haste.")
            return self
        if self.event is None or self.aware is None or not self.reporters:
            raise ValueError(
                "What is reportable has an event, who reports it, and the day we became aware."
            )
        if self.event is MdrEvent.MALFUNCTION and MdrReporter.FACILITY in self.reporters:
            raise ValueError("A user facility reports deaths and serious injuries (803.30(a)).")
        if self.haste and MdrReporter.MANUFACTURER not in self.reporters:
            raise ValueError("Five work days are a manufacturer's (803.53).")
        if (self.haste is None) != (self.haste_aware is None):
            raise ValueError("Five work days count from a day: say what is urgent, and since when.")
        return self


class Investigation(Noun):
    """What an investigation found, or why there was none; what was corrected (820.35(a)(6))."""

    made: bool
    words: str = Field(min_length=1, max_length=MOST)
    """What was found, or the reason for not investigating."""
    similar: str = Field(default="", max_length=40)
    """The complaint whose investigation answers this one too."""
    correction: str = Field(default="", max_length=MOST)
    by: str
    at: datetime

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.made and self.similar:
            raise ValueError("An earlier investigation is named where none was made.")
        return self


class Reply(Noun):
    """What the complainant was told (820.35(a)(7))."""

    day: date
    words: str = Field(min_length=1, max_length=MOST)
    by: str
    at: datetime


class Sent(Noun):
    """That a person sent a report, outside of Wardround: which, when, under which number."""

    duty: str
    day: date
    number: str = Field(default="", max_length=200)
    by: str
    at: datetime


class Review(Noun):
    """Who took it up, and when."""

    by: str
    at: datetime


class Kept(Noun):
    """What is sealed of one version of a complaint."""

    report: ProblemReport
    review: Review | None = None
    decision: MdrDecision | None = None
    investigation: Investigation | None = None
    replies: tuple[Reply, ...] = ()
    sent: tuple[Sent, ...] = ()
    closed: bool = False
    change: str
    why: str = Field(default="", max_length=1000)


class Complaint(Kept):
    """An entry of the register: one version of it, with who wrote it and when."""

    number: str
    version: int
    at: datetime
    by: str


class ComplaintStage(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    REVIEW = "under review"
    INVESTIGATED = "investigated"
    NOT_INVESTIGATED = "not investigated"
    CLOSED = "closed"


def complaint_stage(complaint: Complaint) -> ComplaintStage:
    """Return where ``complaint`` stands."""
    if complaint.closed:
        return ComplaintStage.CLOSED
    if complaint.investigation is not None:
        return (
            ComplaintStage.INVESTIGATED
            if complaint.investigation.made
            else ComplaintStage.NOT_INVESTIGATED
        )
    return ComplaintStage.RECEIVED if complaint.review is None else ComplaintStage.REVIEW


def read_noun(kind: type[Read], **fields: Any) -> Read:
    """Return what a person typed as ``kind``; raise ``InvalidInput`` that quotes none of it."""
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = str(first["loc"][-1]) if first["loc"] else None
        raise InvalidInput(first["msg"].removeprefix("Value error, "), where=where) from None
