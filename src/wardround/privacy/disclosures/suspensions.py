"""Disclosures that an official had left out of what a patient is told (45 CFR 164.528(a)(2)).

A health oversight agency or a law enforcement official may say that an account would impede what
they do. While that stands, disclosures to them are left out of the patient's account, and the
account does not say so. The officer sees that they are.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from wardround.kernel import Actor, Clock, Conflict, NotFound, Noun, system_clock, worded
from wardround.privacy.disclosures.official import OfficialRequest
from wardround.privacy.disclosures.register import Entry
from wardround.privacy.disclosures.tables import suspension_place, suspensions
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of


class _Sealed(Noun):
    """What is sealed of a suspension: disclosures to whom, and the statement."""

    recipient: str
    asked: OfficialRequest


class Suspension(Noun):
    """One suspension: whose account, which recipient, what the official said; perhaps lifted."""

    id: str
    patient: str
    recipient: str
    asked: OfficialRequest
    by: str
    lifted: datetime | None = None
    lifted_by: str | None = None
    why: str = ""

    def stands(self, today: date) -> bool:
        """Whether disclosures to its recipient are left out on ``today``."""
        return self.lifted is None and self.asked.stands(today)

    def stood(self, day: date) -> bool:
        """Whether they were left out on an earlier day."""
        ended = None if self.lifted is None else self.lifted.astimezone().date()
        return self.asked.stands(day) and (ended is None or day <= ended)


class Suspensions:
    """The register of suspensions, within one transaction; nothing is ever taken out of it."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def suspend(self, patient: str, recipient: str, asked: OfficialRequest, by: Actor) -> str:
        """Leave disclosures to ``recipient`` out of the account of a patient; return the id."""
        suspension = str(uuid4())
        words = worded(recipient, "recipient", "Say the disclosures to whom.")
        sealed = _Sealed(recipient=words, asked=asked)
        self._tx.execute(
            insert(suspensions).values(
                id=suspension,
                patient=patient,
                entered=self._clock(),
                by=by.id,
                sealed=self._seal(suspension, "sealed", sealed.model_dump_json()),
            )
        )
        self._audit("add-suspension", by, suspension, patient)
        return suspension

    def lift(self, suspension: str, why: str, by: Actor) -> None:
        """End a suspension before its last day, with the reason."""
        query = select(suspensions).where(suspensions.c.id == suspension)
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such suspension.")
        words = worded(why, "why", "Say why it ends early.")
        values = {
            "lifted": self._clock(),
            "lifted_by": by.id,
            "why": self._seal(suspension, "why", words),
        }
        standing = (suspensions.c.id == suspension, suspensions.c.lifted.is_(None))
        done = self._tx.execute(update(suspensions).where(*standing).values(**values))
        if done.rowcount != 1:
            raise Conflict("This suspension was lifted before.", mend="Reload the page.")
        self._audit("remove-suspension", by, suspension, row.patient)

    def of(self, patient: str) -> list[Suspension]:
        """Return every suspension of a patient's account, also those that are over."""
        query = select(suspensions).where(suspensions.c.patient == patient)
        rows = self._tx.execute(query.order_by(suspensions.c.entered, suspensions.c.id))
        return [self._read(row) for row in rows]

    def _read(self, row: Row[Any]) -> Suspension:
        sealed = _Sealed.model_validate_json(self._open(row.id, "sealed", row.sealed))
        return Suspension(
            id=row.id,
            patient=row.patient,
            recipient=sealed.recipient,
            asked=sealed.asked,
            by=row.by,
            lifted=None if row.lifted is None else utc(row.lifted),
            lifted_by=row.lifted_by,
            why="" if row.why is None else self._open(row.id, "why", row.why),
        )

    def _seal(self, suspension: str, name: str, words: str) -> bytes:
        place = suspension_place(suspension, name)
        return vault_of(self._tx).seal(self._tx, NOBODY, words.encode(), place)

    def _open(self, suspension: str, name: str, sealed: bytes) -> str:
        place = suspension_place(suspension, name)
        return vault_of(self._tx).open(self._tx, sealed, place).decode()

    def _audit(self, action: str, by: Actor, suspension: str, patient: str) -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            subject=patient,
            entity=f"suspension/{suspension}",
            purpose=PurposeOfUse.COMPLIANCE,
        )


def part_by_suspension(
    entries: Iterable[Entry], suspensions: Iterable[Suspension], today: date
) -> tuple[list[Entry], list[Entry]]:
    """Return the disclosures that the patient is told of today, and those that are left out."""
    out = {one.recipient.casefold() for one in suspensions if one.stands(today)}
    told: list[Entry] = []
    left_out: list[Entry] = []
    for entry in entries:
        (left_out if entry.recipient.casefold() in out else told).append(entry)
    return told, left_out
