"""Emergency access: a chart opened with a reason, for some hours, and reviewed afterwards.

45 CFR 164.312(a)(2)(ii) asks for a way to what is needed in an emergency. Whoever goes it says why;
the privacy officer is told at once, and says afterwards whether it was as it should be.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    NotAllowed,
    NotFound,
    Noun,
    Role,
    system_clock,
    worded,
)
from wardround.security.action import PurposeOfUse
from wardround.security.audit.trail import AuditTrail
from wardround.security.sealing import NOBODY
from wardround.security.tables import emergencies, emergency_place, utc
from wardround.security.vault import vault_of

_MISSING = "Say why, in a few words."
_SLACK = timedelta(minutes=5)
"""How far the clocks of two servers may be apart."""


class Reason(StrEnum):
    """Why a chart was opened in an emergency."""

    EMERGENCY = "emergency"
    COVERING = "covering"
    CONSULTED = "consulted"
    OTHER = "other"


class Judgement(StrEnum):
    """What a review came to."""

    APPROPRIATE = "appropriate"
    NOT_APPROPRIATE = "not-appropriate"


class Emergency(Noun):
    """One chart opened in an emergency; ``words`` and ``note`` are what people wrote of it."""

    id: str
    person: str
    role: Role
    patient: str
    reason: Reason
    words: str
    opened: datetime
    ends: datetime
    reviewed_by: str | None = None
    reviewed: datetime | None = None
    judgement: Judgement | None = None
    note: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether it lets its person read the chart at ``now``."""
        return self.opened <= now < self.ends


class Emergencies:
    """The register of emergency access, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def open(
        self, actor: Actor, patient: str, reason: Reason, words: str, life: timedelta
    ) -> Emergency:
        """Open a chart to ``actor`` for ``life``; one that is open already stays as it is.

        That they may do so is for the caller to ask. Raise ``InvalidInput`` without words.
        """
        words = worded(words, "words", _MISSING)
        # SQLite has one writer; on PostgreSQL two at once make two entries, and both are reviewed.
        for known in self.of(actor.id, [patient]):
            return known
        now = self._clock()
        found = Emergency(
            id=str(uuid4()),
            person=actor.id,
            role=actor.role,
            patient=patient,
            reason=reason,
            words=words,
            opened=now,
            ends=now + life,
        )
        columns = {"id", "person", "role", "patient", "reason", "opened", "ends"}
        sealed = self._sealed(found.id, "words", words)
        self._tx.execute(
            insert(emergencies).values(**found.model_dump(include=columns), words=sealed)
        )
        self._audit("break-glass", actor, found, {"reason": reason.value})
        return found

    def end(self, emergency_id: str, actor: Actor) -> None:
        """Close a chart before its time, by whoever opened it."""
        found = self.find(emergency_id)
        if found.person != actor.id:
            raise NotAllowed("Somebody else opened this chart.")
        now = self._clock()
        if found.is_open(now):
            self._change(found.id, ends=now)
            self._audit("end-emergency", actor, found, {})

    def review(self, emergency_id: str, by: Actor, judgement: Judgement, note: str) -> None:
        """Say whether it was as it should be; raise ``Conflict`` where that was said before."""
        found = self.find(emergency_id)
        if found.person == by.id:
            raise NotAllowed("Nobody reviews their own emergency access.")
        if judgement is Judgement.NOT_APPROPRIATE or note.strip():
            note = worded(note, "note", _MISSING)
        if found.reviewed is not None:
            raise Conflict("This was reviewed before.", mend="Reload the page.")
        sealed = self._sealed(found.id, "note", note)
        now = self._clock()
        values = {"reviewed_by": by.id, "reviewed": now, "judgement": judgement.value}
        # What is not appropriate ends with its review.
        ends = now if judgement is Judgement.NOT_APPROPRIATE and found.is_open(now) else found.ends
        self._change(found.id, **values, note=sealed, ends=ends)
        self._audit("review-emergency", by, found, {"judgement": judgement.value})

    def find(self, emergency_id: str) -> Emergency:
        """Return one entry; raise ``NotFound``."""
        query = select(emergencies).where(emergencies.c.id == emergency_id)
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such emergency access.")
        return self._read(row)

    def of(self, person: str, patients: Iterable[str]) -> list[Emergency]:
        """Return what is open to a person now of these patients."""
        query = select(emergencies).where(
            *self._open(person), emergencies.c.patient.in_(list(patients))
        )
        return [self._read(row) for row in self._tx.execute(query)]

    def open_to(self, person: str) -> frozenset[str]:
        """Return the patients whose charts are open to a person now."""
        query = select(emergencies.c.patient).where(*self._open(person))
        return frozenset(self._tx.execute(query).scalars())

    def _open(self, person: str) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions of what is open; one yet to come was before the clock was set."""
        now = self._clock()
        whose, begun = emergencies.c.person == person, emergencies.c.opened <= now + _SLACK
        return whose, begun, emergencies.c.ends > now

    def unreviewed(self) -> int:
        """Return how many wait for a review."""
        query = select(func.count()).where(emergencies.c.reviewed.is_(None))
        return self._tx.execute(query).scalar_one()

    def list(self, limit: int = 200) -> list[Emergency]:
        """Return the entries, those that wait for a review first, the newest of each first."""
        order = (emergencies.c.reviewed.is_not(None), emergencies.c.opened.desc())
        query = select(emergencies).order_by(*order, emergencies.c.id).limit(limit)
        return [self._read(row) for row in self._tx.execute(query)]

    def over(self, before: datetime) -> Sequence[tuple[str, str]]:
        """Return the ids, with their patients, of what was reviewed by then."""
        query = select(emergencies.c.id, emergencies.c.patient)
        rows = self._tx.execute(query.where(emergencies.c.reviewed < before))
        return [(row.id, row.patient) for row in rows]

    def forget(self, emergency_id: str, before: datetime) -> bool:
        """Delete an entry that was reviewed by then; return whether it was."""
        reviewed = (emergencies.c.id == emergency_id, emergencies.c.reviewed < before)
        return self._tx.execute(delete(emergencies).where(*reviewed)).rowcount == 1

    def _read(self, row: Row[Any]) -> Emergency:
        known = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's own name for a row's columns)
        for name in ("words", "note"):
            sealed = known[name]
            place = emergency_place(row.id, name)
            known[name] = (
                vault_of(self._tx).open(self._tx, sealed, place).decode() if sealed else ""
            )
        for name in ("opened", "ends", "reviewed"):
            known[name] = None if known[name] is None else utc(known[name])
        return Emergency.model_validate(known)

    def _sealed(self, emergency_id: str, name: str, words: str) -> bytes:
        place = emergency_place(emergency_id, name)
        return vault_of(self._tx).seal(self._tx, NOBODY, words.encode(), place)

    def _change(self, emergency_id: str, **values: object) -> None:
        self._tx.execute(
            update(emergencies).where(emergencies.c.id == emergency_id).values(**values)
        )

    def _audit(self, action: str, actor: Actor, of: Emergency, detail: dict[str, str]) -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=actor,
            subject=of.patient,
            entity=f"emergency/{of.id}",
            detail=detail,
            purpose=PurposeOfUse.EMERGENCY if actor.id == of.person else PurposeOfUse.COMPLIANCE,
        )
