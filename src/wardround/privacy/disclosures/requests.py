"""Patients who asked for their account: by when it is to be given, and what became of it.

60 days from the day it was received; once 30 more, where the patient is told in writing within the
60 why, and by which day (45 CFR 164.528(c)(1)). The first account in twelve months is free; for a
later one a fee may be charged that the patient was told of and could avoid (164.528(c)(2)).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Noun,
    system_clock,
    worded,
)
from wardround.privacy.disclosures.account import years_before
from wardround.privacy.disclosures.tables import request_place, requests
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

DAYS = 60
"""Within how many days of its receipt a request is answered (164.528(c)(1)(i))."""

MORE_DAYS = 30
"""By how many more at most the answer may be put off, once (164.528(c)(1)(ii))."""


class Outcome(StrEnum):
    """What became of a request."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class AccountRequest(Noun):
    """A request of a patient: received, perhaps put off, answered or withdrawn."""

    id: str
    patient: str
    number: str
    received: date
    entered: datetime
    by: str
    free: bool
    """No other was asked for in the twelve months before (164.528(c)(2))."""
    extended: date | None = None
    """The day on which the patient was told in writing that it takes longer."""
    until: date | None = None
    why: str = ""
    ended: date | None = None
    outcome: Outcome | None = None

    @property
    def due(self) -> date:
        """The last day on which it is answered."""
        return self.until or self.received + timedelta(days=DAYS)

    def days_left(self, today: date) -> int:
        """Return the days until its last; below 0 when that is over."""
        return (self.due - today).days


class AccountRequests:
    """The register of requests, within one transaction; nothing is ever taken out of it."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def receive(self, patient: str, number: str, received: date, by: Actor) -> str:
        """Keep that a patient with this record number asked, and return the request's id."""
        self._require_past(received, "received")
        request = str(uuid4())
        self._tx.execute(
            insert(requests).values(
                id=request,
                patient=patient,
                received=received,
                entered=self._clock(),
                by=by.id,
                number=self._sealed(request, "number", number),
            )
        )
        self._audit("add-disclosure-request", by, request, patient)
        return request

    def extend(self, request: str, told: date, until: date, why: str, by: Actor) -> None:
        """Put the answer off, once; the patient was told on ``told`` why, and by which day.

        Raise ``NotAllowed`` where the rule has no such extension.
        """
        found = self._open(request)
        self._require_past(told, "told")
        if found.extended is not None:
            raise NotAllowed("It was put off once; the rule allows no second time.")
        last = found.received + timedelta(days=DAYS)
        if not found.received <= told <= last:
            raise NotAllowed(
                f"The patient is told within the {DAYS} days, and after asking.", where="told"
            )
        if not last < until <= last + timedelta(days=MORE_DAYS):
            raise NotAllowed(
                f"It may be put off by {MORE_DAYS} days at most, and only to later.", where="until"
            )
        words = worded(why, "why", "The statement to the patient gives reasons.")
        self._change(
            found,
            by,
            "extended",
            {"extended": told, "until": until, "why": self._sealed(request, "why", words)},
        )

    def end(self, request: str, day: date, outcome: Outcome, by: Actor) -> None:
        """Keep that a request was answered or withdrawn on ``day``."""
        found = self._open(request)
        self._require_past(day, "ended")
        if day < found.received:
            raise InvalidInput("That was before it was received.", where="ended")
        self._change(found, by, outcome.value, {"ended": day, "outcome": outcome.value})

    def find(self, request: str) -> AccountRequest:
        """Return one request; raise ``NotFound``."""
        found = next((one for one in self.list() if one.id == request), None)
        if found is None:
            raise NotFound("There is no such request.")
        return found

    def list(self) -> list[AccountRequest]:
        """Return every request: those to be answered first, by the last day of each."""
        rows = self._tx.execute(select(requests).order_by(requests.c.received)).all()
        found = [self._read(row, rows) for row in rows]
        found.sort(key=lambda one: one.received, reverse=True)
        found.sort(key=lambda one: one.due if one.ended is None else date.max)
        return found

    def _open(self, request: str) -> AccountRequest:
        found = self.find(request)
        if found.ended is not None:
            raise Conflict("This request was ended before.", mend="Reload the page.")
        return found

    def _require_past(self, day: date, where: str) -> None:
        if day > self._clock().astimezone().date():
            raise InvalidInput("This day is still to come.", where=where)

    def _change(
        self, request: AccountRequest, by: Actor, change: str, values: dict[str, Any]
    ) -> None:
        last = request.extended
        same = requests.c.extended.is_(None) if last is None else requests.c.extended == last
        still = (requests.c.id == request.id, requests.c.ended.is_(None), same)
        done = self._tx.execute(update(requests).where(*still).values(**values))
        if done.rowcount != 1:
            raise Conflict("Somebody changed this request meanwhile.", mend="Reload the page.")
        self._audit("change-disclosure-request", by, request.id, request.patient, change)

    def _read(self, row: Row[Any], others: Sequence[Row[Any]]) -> AccountRequest:
        since = years_before(row.received, 1)
        return AccountRequest(
            id=row.id,
            patient=row.patient,
            number=self._opened(row.id, "number", row.number),
            received=row.received,
            entered=utc(row.entered),
            by=row.by,
            free=not any(_earlier(other, row, since) for other in others),
            extended=row.extended,
            until=row.until,
            why=self._opened(row.id, "why", row.why),
            ended=row.ended,
            outcome=None if row.outcome is None else Outcome(row.outcome),
        )

    def _sealed(self, request: str, name: str, words: str) -> bytes:
        place = request_place(request, name)
        return vault_of(self._tx).seal(self._tx, NOBODY, words.encode(), place)

    def _opened(self, request: str, name: str, sealed: bytes | None) -> str:
        if sealed is None:
            return ""
        return vault_of(self._tx).open(self._tx, sealed, request_place(request, name)).decode()

    def _audit(self, action: str, by: Actor, request: str, patient: str, change: str = "") -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            subject=patient,
            entity=f"request/{request}",
            purpose=PurposeOfUse.COMPLIANCE,
            detail={"change": change} if change else {},
        )


def _earlier(other: Row[Any], row: Row[Any], since: date) -> bool:
    """Whether ``other`` is a request of the same patient, not withdrawn, of the year before."""
    return bool(
        other.patient == row.patient
        and other.outcome != Outcome.WITHDRAWN
        and since < other.received
        and (other.received, other.entered, other.id) < (row.received, row.entered, row.id)
    )
