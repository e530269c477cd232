"""What is written of a call before it is made: the audit event, and the disclosure if it is one."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from wardround.database import Database
from wardround.kernel import Clock, Noun, system_clock
from wardround.privacy.egress.agreements.agreement import Agreement
from wardround.privacy.egress.agreements.register import Agreements
from wardround.privacy.egress.consent import WhyNot, refused
from wardround.privacy.egress.policy import Decision, Verdict
from wardround.privacy.egress.recipient import Cargo, Carries, Purpose, Recipient
from wardround.security import AuditTrail


class Disclosure(Noun):
    """A disclosure that a patient may ask an account of (45 CFR 164.528(b)(2))."""

    at: datetime
    subject: str
    recipient: str
    host: str
    data: tuple[str, ...]
    purpose: Purpose
    basis: str


NoteDisclosure = Callable[[Connection, Disclosure], None]
"""Writes a disclosure into the account of a patient, within the transaction of the audit event."""


class Ledger:
    """Decides by the register as it stands, and writes the decision, in one transaction.

    A call whose decision cannot be written is not made. It is written in a transaction of its own:
    who calls holds none that writes, or SQLite keeps both waiting.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock = system_clock,
        note_disclosure: NoteDisclosure | None = None,
        why_not: WhyNot | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._note_disclosure = note_disclosure
        self._why_not = why_not

    def settle(
        self,
        recipient: Recipient,
        cargo: Cargo,
        decide: Callable[[list[Agreement]], Decision],
        size: int,
    ) -> Decision:
        """Return what ``decide`` says of the agreements in the register, once it is on record.

        What may go by the agreements is refused all the same where the patient did not agree.
        """
        with self._database.begin() as tx:
            decision = decide(Agreements(tx, self._clock).list())
            if decision.verdict is not Verdict.REFUSE:
                decision = refused(tx, recipient, cargo, self._why_not) or decision
            self._audit(tx, recipient, cargo, decision, size)
            if decision.verdict is Verdict.PASS:
                self._disclose(tx, recipient, cargo, decision)
        return decision

    def _audit(
        self, tx: Connection, recipient: Recipient, cargo: Cargo, decision: Decision, size: int
    ) -> None:
        stays = decision.verdict is Verdict.REFUSE
        AuditTrail(tx, self._clock).record(
            "egress",
            "failure" if stays else "success",
            actor=cargo.actor,
            subject=cargo.subject,
            entity=f"recipient/{recipient.name}",
            purpose=recipient.purpose.code,
            detail={
                "decision": decision.verdict.value,
                "basis": decision.basis,
                "carries": cargo.carries.words,
                "service": recipient.service.value,
                "bytes": "0" if stays else str(size),
            },
        )

    def _disclose(
        self, tx: Connection, recipient: Recipient, cargo: Cargo, decision: Decision
    ) -> None:
        # Limited data sets are no part of the account: 164.528(a)(1)(viii).
        counts = cargo.carries is Carries.PHI and recipient.purpose.accounted
        if not counts or cargo.subject is None or self._note_disclosure is None:
            return
        self._note_disclosure(
            tx,
            Disclosure(
                at=self._clock(),
                subject=cargo.subject,
                recipient=recipient.name,
                host=recipient.origin.host,
                data=tuple(sorted(recipient.data)),
                purpose=recipient.purpose,
                basis=decision.basis,
            ),
        )
