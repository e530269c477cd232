"""What happened to each claim: added to, never changed; each event is in the audit trail too."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from wardround.kernel import Actor, Clock, system_clock
from wardround.revenue.model import Happened
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import event_place, events
from wardround.security import AuditTrail, PurposeOfUse, utc, vault_of


class History:
    """The events, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def note(
        self,
        claim: str,
        subject: str,
        by: Actor,
        change: str,
        state: ClaimState,
        about: str = "",
        words: str = "",
    ) -> None:
        """Add an event; words are sealed for the patient."""
        last = select(func.max(events.c.serial)).where(events.c.claim == claim)
        serial = int(self._tx.execute(last).scalar() or 0) + 1
        place, vault = event_place(claim, serial), vault_of(self._tx)
        sealed = vault.seal(self._tx, subject, words.encode(), place) if words else b""
        self._tx.execute(
            insert(events).values(
                claim=claim,
                serial=serial,
                at=self._clock(),
                by=by.id,
                change=change,
                state=str(state),
                about=about,
                words=sealed,
            )
        )
        AuditTrail(self._tx, self._clock).record(
            "add-claim" if serial == 1 else "change-claim",
            "success",
            actor=by,
            subject=subject,
            entity=f"claim/{claim}",
            purpose=PurposeOfUse.PAYMENT,
            detail={"change": change.replace(" ", "-"), "state": str(state).replace(" ", "-")},
        )

    def of(self, claim: str) -> Sequence[Happened]:
        """Return all that happened to a claim, the latest first."""
        query = select(events).where(events.c.claim == claim).order_by(events.c.serial.desc())
        rows = self._tx.execute(query).all()
        sealed = [(row.words, event_place(row.claim, row.serial)) for row in rows if row.words]
        opened = iter(vault_of(self._tx).open_all(self._tx, sealed) if sealed else [])
        return [
            Happened(
                serial=row.serial,
                at=utc(row.at),
                by=row.by,
                change=row.change,
                state=ClaimState(row.state),
                about=row.about,
                words=next(opened).decode() if row.words else "",
            )
            for row in rows
        ]
