"""What payers decided of claims we do not know: posted as unapplied until a person says whose."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from wardround.capabilities.billing import Money, PaidClaim
from wardround.kernel import Actor, Clock, Conflict, NotAllowed, NotFound, Noun, system_clock
from wardround.revenue.books import Books
from wardround.revenue.fees import Fees, no_fees
from wardround.revenue.ids import is_key
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Account, Leg
from wardround.revenue.money import cents, dollars
from wardround.revenue.plan import plan_claim
from wardround.revenue.state import MOVES, ClaimState
from wardround.revenue.tables import held, held_place, payments
from wardround.revenue.worklist import WorkList
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of


class Return(StrEnum):
    """Why money goes back to a payer."""

    NOT_OURS = "not-ours"
    TWICE = "paid-twice"
    ASKED = "payer-asked"


class Held(Noun):
    """A decision that waits for its claim; ``amount`` is what was paid for it.

    One that was ``applied`` to no ``claim`` was returned to the payer.
    """

    payment: str
    serial: int
    amount: Money
    paid: PaidClaim
    claim: str | None = None
    applied: datetime | None = None


class Holding:
    """What is held, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock, fees: Fees = no_fees) -> None:
        self._tx = tx
        self._clock = clock
        self._fees = fees

    def keep(self, payment: str, paid: PaidClaim) -> None:
        """Hold a decision of a payment that is being posted."""
        last = select(func.max(held.c.serial)).where(held.c.payment == payment)
        serial = int(self._tx.execute(last).scalar() or 0) + 1
        body, place = paid.model_dump_json().encode(), held_place(payment, serial)
        self._tx.execute(
            insert(held).values(
                payment=payment,
                serial=serial,
                cents=cents(paid.paid),
                body=vault_of(self._tx).seal(self._tx, NOBODY, body, place),
            )
        )

    def list(self, *, waiting: bool = True, payment: str | None = None) -> Sequence[Held]:
        """Return what waits, or all; of one payment, or of all."""
        query = select(held).order_by(held.c.payment, held.c.serial)
        if waiting:
            query = query.where(held.c.applied.is_(None))
        if payment is not None:
            query = query.where(held.c.payment == payment)
        return [self._read(row) for row in self._tx.execute(query).all()]

    def apply(self, payment: str, serial: int, claim: str, by: Actor) -> None:
        """Post a decision that was held to the claim that a person names.

        Raise ``Conflict`` where it was applied before, ``NotAllowed`` where the claim cannot be
        paid as it stands.
        """
        this = held.c.payment == payment, held.c.serial == serial
        query = select(held).where(*this)
        row = self._tx.execute(query).one_or_none() if is_key(payment) else None
        if row is None:
            raise NotFound("Nothing of this number is held.")
        ledger = Ledger(self._tx, self._clock)
        now = ledger.locked(claim)
        if now.state is not ClaimState.REPLACED and ClaimState.PAID not in MOVES[now.state]:
            raise NotAllowed("This claim was never sent.", where=f"claim {claim}")
        free = update(held).where(*this, held.c.applied.is_(None))
        if self._tx.execute(free.values(claim=claim, applied=self._clock())).rowcount != 1:
            raise Conflict("This was applied before.", mend="Reload the page.")
        paid, body = self._read(row).paid, ledger.find(claim).body
        one = plan_claim(paid, now, body, Account.UNAPPLIED, self._fees)
        Books(self._tx, self._clock).write("applied", one.legs, by, payment)
        ledger.move(claim, one.then or now.state, by, "payment applied", about=payment)
        day = select(payments.c.paid_on).where(payments.c.id == payment)
        paid_on = self._tx.execute(day).scalar()
        WorkList(self._tx, self._clock).follow(one, body, payment, paid_on, by)

    def give_back(self, payment: str, serial: int, why: Return, by: Actor) -> None:
        """Return what a payer paid for no claim of ours; the books say that it went out again.

        Raise ``Conflict`` where it was applied or returned before, ``NotAllowed`` where nothing
        was paid.
        """
        this = held.c.payment == payment, held.c.serial == serial
        query = select(held).where(*this)
        row = self._tx.execute(query).one_or_none() if is_key(payment) else None
        if row is None:
            raise NotFound("Nothing of this number is held.")
        if row.cents <= 0:
            raise NotAllowed("Nothing was paid that could be returned.")
        free = update(held).where(*this, held.c.applied.is_(None))
        if self._tx.execute(free.values(applied=self._clock())).rowcount != 1:
            raise Conflict("This was applied or returned before.", mend="Reload the page.")
        legs = (
            Leg(account=Account.UNAPPLIED, cents=row.cents),
            Leg(account=Account.CASH, cents=-row.cents),
        )
        Books(self._tx, self._clock).write(f"returned: {why}", legs, by, payment)
        AuditTrail(self._tx, self._clock).record(
            "add-refund",
            "success",
            actor=by,
            entity=f"payment/{payment}",
            purpose=PurposeOfUse.PAYMENT,
            detail={"serial": str(serial), "why": str(why)},
        )

    def _read(self, row: Row[Any]) -> Held:
        place = held_place(row.payment, row.serial)
        opened = vault_of(self._tx).open(self._tx, row.body, place)
        return Held(
            payment=row.payment,
            serial=row.serial,
            amount=dollars(row.cents),
            paid=PaidClaim.model_validate_json(opened),
            claim=row.claim,
            applied=None if row.applied is None else utc(row.applied),
        )
