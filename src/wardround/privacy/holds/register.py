"""The register of legal holds: placed and lifted with a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    NotFound,
    Noun,
    system_clock,
    worded,
)
from wardround.privacy.holds.tables import hold_place, holds
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

_MISSING = "Say it in a few words."


class LegalHold(Noun):
    """One hold: on a patient, or on all where none is named; for a matter, in words."""

    id: str
    patient: str | None
    matter: str
    placed: datetime
    placed_by: str
    lifted: datetime | None = None
    lifted_by: str | None = None
    why: str = ""


class LegalHolds:
    """The register, within one transaction; every change is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def place(self, patient: str | None, matter: str, by: Actor) -> str:
        """Hold a patient's data, or everybody's, and return the hold's id."""
        hold, words = str(uuid4()), worded(matter, "matter", _MISSING)
        self._tx.execute(
            insert(holds).values(
                id=hold,
                patient=patient,
                placed=self._clock(),
                placed_by=by.id,
                matter=self._sealed(hold, "matter", words),
            )
        )
        self._audit("add-hold", by, hold, patient)
        return hold

    def lift(self, hold: str, why: str, by: Actor) -> None:
        """End a hold, with the reason; raise ``Conflict`` where it was lifted before."""
        found = self._find(hold)
        words = worded(why, "why", _MISSING)
        standing = (holds.c.id == hold, holds.c.lifted.is_(None))
        values = {"lifted": self._clock(), "lifted_by": by.id}
        sealed = self._sealed(hold, "why", words)
        done = self._tx.execute(update(holds).where(*standing).values(**values, why=sealed))
        if done.rowcount != 1:
            raise Conflict("This hold was lifted before.", mend="Reload the page.")
        self._audit("remove-hold", by, hold, found.patient)

    def of(self, patient: str) -> list[LegalHold]:
        """Return the holds that stand on a patient's data, those on everybody's too."""
        whose = or_(holds.c.patient == patient, holds.c.patient.is_(None))
        query = select(holds).where(holds.c.lifted.is_(None), whose).order_by(holds.c.placed)
        return [self._read(row) for row in self._tx.execute(query)]

    def list(self) -> list[LegalHold]:
        """Return every hold, those that stand first, the newest of each first."""
        order = (holds.c.lifted.is_not(None), holds.c.placed.desc(), holds.c.id)
        return [self._read(row) for row in self._tx.execute(select(holds).order_by(*order))]

    def over(self, before: datetime) -> Sequence[tuple[str, str | None]]:
        """Return the ids of holds that were lifted by then, with the patient they were on."""
        query = select(holds.c.id, holds.c.patient).where(holds.c.lifted < before)
        return [(row.id, row.patient) for row in self._tx.execute(query)]

    def forget(self, hold: str, before: datetime) -> bool:
        """Delete a hold that was lifted by then; return whether it was."""
        gone = delete(holds).where(holds.c.id == hold, holds.c.lifted < before)
        return self._tx.execute(gone).rowcount == 1

    def _find(self, hold: str) -> LegalHold:
        row = self._tx.execute(select(holds).where(holds.c.id == hold)).one_or_none()
        if row is None:
            raise NotFound("There is no such hold.")
        return self._read(row)

    def _read(self, row: Row[Any]) -> LegalHold:
        return LegalHold(
            id=row.id,
            patient=row.patient,
            matter=self._opened(row.id, "matter", row.matter),
            placed=utc(row.placed),
            placed_by=row.placed_by,
            lifted=None if row.lifted is None else utc(row.lifted),
            lifted_by=row.lifted_by,
            why=self._opened(row.id, "why", row.why),
        )

    def _sealed(self, hold: str, name: str, words: str) -> bytes:
        return vault_of(self._tx).seal(self._tx, NOBODY, words.encode(), hold_place(hold, name))

    def _opened(self, hold: str, name: str, sealed: bytes | None) -> str:
        if sealed is None:
            return ""
        return vault_of(self._tx).open(self._tx, sealed, hold_place(hold, name)).decode()

    def _audit(self, action: str, by: Actor, hold: str, patient: str | None) -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            subject=patient,
            entity=f"hold/{hold}",
            purpose=PurposeOfUse.COMPLIANCE,
        )


def held(tx: Connection, subject: str) -> str | None:
    """Return why a patient's data may not be destroyed, without PHI; ``security.Hold``."""
    found = LegalHolds(tx).of(subject)
    if not found:
        return None
    since = min(one.placed for one in found).astimezone().date().isoformat()
    return f"there is a legal hold on it since {since}. The privacy officer lifts holds."
