"""Patients whom the privacy officer watches over: known to many, or asked for by the patient."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from wardround.kernel import Actor, Clock, Conflict, NotFound, Noun, system_clock, worded
from wardround.privacy.oversight.tables import watched, watched_place
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

_MISSING = "Say why, in a few words."


class WatchedPatient(Noun):
    """One patient of the list: since when, by whom, and why."""

    patient: str
    since: datetime
    by: str
    why: str


class Watched:
    """The list, within one transaction; every change is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def add(self, patient: str, why: str, by: Actor) -> None:
        """Watch over a patient; raise ``Conflict`` where it is done already."""
        words = worded(why, "why", _MISSING)
        if patient in self.patients():
            raise Conflict("This patient is on the list.", where="number")
        self._tx.execute(
            insert(watched).values(
                patient=patient,
                since=self._clock(),
                by=by.id,
                why=vault_of(self._tx).seal(
                    self._tx, NOBODY, words.encode(), watched_place(patient)
                ),
            )
        )
        self._audit("add-watched", patient, by)

    def remove(self, patient: str, by: Actor) -> None:
        """Watch no more; raise ``NotFound`` where it was not done."""
        gone = self._tx.execute(delete(watched).where(watched.c.patient == patient))
        if gone.rowcount != 1:
            raise NotFound("This patient is not on the list.")
        self._audit("remove-watched", patient, by)

    def patients(self) -> frozenset[str]:
        """Return who is on the list."""
        return frozenset(self._tx.execute(select(watched.c.patient)).scalars())

    def list(self) -> list[WatchedPatient]:
        """Return the list, the newest first."""
        order = (watched.c.since.desc(), watched.c.patient)
        rows = self._tx.execute(select(watched).order_by(*order)).all()
        sealed = [(row.why, watched_place(row.patient)) for row in rows]
        opened = vault_of(self._tx).open_all(self._tx, sealed) if sealed else []
        return [
            WatchedPatient(patient=row.patient, since=utc(row.since), by=row.by, why=why)
            for row, why in zip(rows, opened, strict=True)
        ]

    def _audit(self, action: str, patient: str, by: Actor) -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            subject=patient,
            entity="register/watched",
            purpose=PurposeOfUse.COMPLIANCE,
        )
