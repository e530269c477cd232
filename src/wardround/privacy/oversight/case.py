"""A case: what was seen of one person, why it is worth a look, and what was done about it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from wardround.kernel import Noun
from wardround.privacy.oversight.rule import Reason


class Verdict(StrEnum):
    """Where a case stands, or what a step made of it."""

    OPEN = "open"
    ASKED = "asked"
    APPROPRIATE = "appropriate"
    NOT_APPROPRIATE = "not-appropriate"

    @property
    def closes(self) -> bool:
        """Whether nothing more is to be done."""
        return self in {Verdict.APPROPRIATE, Verdict.NOT_APPROPRIATE}


WAITING = (Verdict.OPEN, Verdict.ASKED)
CLOSED = (Verdict.APPROPRIATE, Verdict.NOT_APPROPRIATE)


class Suspect(Noun):
    """What is to become a case: a person, a patient where it is about one, and the reasons."""

    person: str
    patient: str | None
    reasons: tuple[Reason, ...]
    first: datetime
    last: datetime
    event: int

    @property
    def points(self) -> int:
        """The sum of the reasons' points, by which cases are ranked."""
        return sum(reason.points for reason in self.reasons)


class Step(Noun):
    """One thing that was done with a case; ``note`` is what was written of it."""

    at: datetime
    by: str
    verdict: Verdict
    note: str = ""


class Case(Noun):
    """One case; without a patient it is about how a person reads, whoever it is of."""

    id: str
    person: str
    patient: str | None
    found: datetime
    first: datetime
    last: datetime
    event: int
    points: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...] = ()

    @property
    def events(self) -> tuple[int, ...]:
        """The events of all its reasons, in their order."""
        return tuple(sorted({number for reason in self.reasons for number in reason.events}))


class Cleared(Noun):
    """How often cases of a rule were closed, and how many of them as appropriate."""

    rule: str
    closed: int
    appropriate: int


def together(before: Iterable[Reason], now: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons of a case that was found again: each rule once, as it stands now."""
    found = {one.rule: one for one in (*before, *now)}
    return tuple(sorted(found.values(), key=lambda one: -one.points))
