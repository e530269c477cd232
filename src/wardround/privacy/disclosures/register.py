"""The register of disclosures: entered by hand, and by the egress gate as calls are made.

Not everything that is disclosed is accounted for: what goes out for treatment, payment and
operations, to the patient, or by the patient's authorization is not (164.528(a)(1)).
"""

from datetime import date, datetime
from uuid import uuid4

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, delete, insert, select

from wardround.kernel import Actor, Clock, InvalidInput, Noun, system_clock, worded
from wardround.privacy.disclosures.tables import disclosure_place, disclosures
from wardround.privacy.egress import Disclosure
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, vault_of

_MISSING = "This is needed for the account."


class _Told(Noun):
    """What is sealed of an entry: the four contents of 164.528(b)(2) but the date."""

    recipient: str
    address: str = ""
    what: str
    why: str


class Entry(Noun):
    """One disclosure: the day, to whom (and where they are, if known), what, and why."""

    id: str
    patient: str
    day: date
    by: str | None = Field(default=None)
    recipient: str
    address: str
    what: str
    why: str


class Disclosures:
    """The register, within one transaction; an entry leaves it by its time and no other way."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def enter(
        self,
        patient: str,
        day: date,
        recipient: str,
        what: str,
        why: str,
        by: Actor | None,
        address: str = "",
    ) -> str:
        """Keep a disclosure and return its id.

        Raise ``InvalidInput`` where one of the parts is missing, too long, or the day is to come.
        """
        if day > self._clock().astimezone().date():
            raise InvalidInput("This day is still to come.", where="day")
        told = _Told(
            recipient=worded(recipient, "recipient", _MISSING),
            address=worded(address, "address"),
            what=worded(what, "what", _MISSING),
            why=worded(why, "why", _MISSING),
        )
        entry = str(uuid4())
        sealed = vault_of(self._tx).seal(
            self._tx, NOBODY, told.model_dump_json().encode(), disclosure_place(entry)
        )
        self._tx.execute(
            insert(disclosures).values(
                id=entry,
                patient=patient,
                day=day,
                entered=self._clock(),
                by=None if by is None else by.id,
                sealed=sealed,
            )
        )
        if by is not None:  # what the gate enters is in the trail by the call itself
            AuditTrail(self._tx, self._clock).record(
                "add-disclosure",
                "success",
                actor=by,
                subject=patient,
                entity=f"disclosure/{entry}",
                purpose=PurposeOfUse.COMPLIANCE,
            )
        return entry

    def of(self, patient: str, since: date, until: date) -> list[Entry]:
        """Return the disclosures of a patient from one day to another, oldest first."""
        query = (
            select(disclosures)
            .where(disclosures.c.patient == patient)
            .where(disclosures.c.day >= since, disclosures.c.day <= until)
            .order_by(disclosures.c.day, disclosures.c.entered, disclosures.c.id)
        )
        rows = self._tx.execute(query).all()
        sealed = [(row.sealed, disclosure_place(row.id)) for row in rows]
        opened = vault_of(self._tx).open_all(self._tx, sealed) if sealed else []
        return [
            Entry(
                id=row.id,
                patient=row.patient,
                day=row.day,
                by=row.by,
                **_Told.model_validate_json(told).model_dump(),
            )
            for row, told in zip(rows, opened, strict=True)
        ]

    def over(self, before: datetime) -> list[tuple[str, str]]:
        """Return the ids, with their patients, of what was disclosed and entered by then."""
        query = select(disclosures.c.id, disclosures.c.patient).where(*_over(before))
        return [(row.id, row.patient) for row in self._tx.execute(query)]

    def forget(self, entry: str, before: datetime) -> bool:
        """Delete an entry that was over by then; return whether it was."""
        gone = delete(disclosures).where(disclosures.c.id == entry, *_over(before))
        return self._tx.execute(gone).rowcount == 1


def _over(before: datetime) -> tuple[ColumnElement[bool], ...]:
    day = before.astimezone().date()
    return disclosures.c.day < day, disclosures.c.entered < before


def note_disclosure(tx: Connection, disclosed: Disclosure) -> None:
    """Enter what the egress gate lets out, in the transaction of its decision."""
    Disclosures(tx, lambda: disclosed.at).enter(
        disclosed.subject,
        disclosed.at.astimezone().date(),
        disclosed.recipient,
        ", ".join(disclosed.data) or "Health information",
        disclosed.purpose.value.replace("-", " "),
        None,
        disclosed.host,
    )
