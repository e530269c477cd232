"""Posting what payers paid: a file as a whole, balanced to the cent, or nothing of it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from wardround.capabilities.billing import Imbalance, Money, Remittance, unbalanced
from wardround.kernel import Actor, Clock, Conflict, InvalidInput, NotFound, Noun, system_clock
from wardround.revenue.books import Books
from wardround.revenue.fees import Fees, no_fees
from wardround.revenue.held import Holding
from wardround.revenue.ids import is_key
from wardround.revenue.ledger import Ledger
from wardround.revenue.money import cents, dollars
from wardround.revenue.plan import Plan, Planned, plan_of
from wardround.revenue.tables import answer_place, payments
from wardround.revenue.worklist import WorkList
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

_TOLD = 5
"""How many sums that do not hold an error names."""


class Payment(Noun):
    """A remittance that was posted."""

    id: str
    payer: str
    trace: str
    amount: Money
    method: str
    paid_on: date | None
    posted: datetime
    posted_by: str


class Postings:
    """Payments, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock, fees: Fees = no_fees) -> None:
        self._tx = tx
        self._clock = clock
        self._ledger = Ledger(tx, clock)
        self._fees = fees

    def plan(self, remittances: Sequence[Remittance]) -> Sequence[Plan]:
        """Return what posting the payments of a file would do; nothing is changed.

        Raise ``InvalidInput`` where one does not balance, ``Conflict`` where it was posted.
        Each is planned as the ledger stands now: a claim that two payments of one file decide is
        planned by each alone, and posted in the order of the file.
        """
        self._require_sound(remittances)
        return [self._plan(one) for one in remittances]

    def post(self, remittances: Sequence[Remittance], by: Actor) -> Sequence[Payment]:
        """Post the payments of a file: all of them, or none on an error."""
        self._require_sound(remittances)
        return [self._post(one, by) for one in remittances]

    def list(self, limit: int = 200) -> Sequence[Payment]:
        """Return the payments that were posted, the latest first."""
        query = select(payments).order_by(payments.c.posted.desc(), payments.c.id).limit(limit)
        return [_payment(row) for row in self._tx.execute(query)]

    def find(self, payment: str) -> tuple[Payment, Remittance]:
        """Return a payment and what the payer wrote; raise ``NotFound``."""
        query = select(payments).where(payments.c.id == payment)
        row = self._tx.execute(query).one_or_none() if is_key(payment) else None
        if row is None:
            raise NotFound("There is no such payment.")
        opened = vault_of(self._tx).open(self._tx, row.body, answer_place(row.id))
        return _payment(row), Remittance.model_validate_json(opened)

    def _plan(self, remittance: Remittance) -> Plan:
        known = self._ledger.known(one.id for one in remittance.claims)
        bodies = self._ledger.bodies(list(known))
        return plan_of(remittance, known, bodies, self._fees)

    def _post(self, remittance: Remittance, by: Actor) -> Payment:
        self._ledger.lock(one.id for one in remittance.claims)
        plan, payment = self._plan(remittance), str(uuid4())
        bodies = self._ledger.bodies([one.claim for one in plan.claims if one.claim])
        self._insert(payment, remittance, by)
        legs = [leg for one in plan.claims for leg in one.legs]
        Books(self._tx, self._clock).write(
            "payment", [*legs, *plan.held_legs, *plan.provider_legs], by, payment
        )
        holding, work = Holding(self._tx, self._clock), WorkList(self._tx, self._clock)
        for one in plan.claims:
            if one.claim is None or one.then is None:
                holding.keep(payment, one.paid)
                continue
            self._move(one, payment, by)
            work.follow(one, bodies.get(one.claim), payment, remittance.paid_on, by)
        AuditTrail(self._tx, self._clock).record(
            "add-payment",
            "success",
            actor=by,
            entity=f"payment/{payment}",
            purpose=PurposeOfUse.PAYMENT,
            detail={"claims": str(len(plan.claims))},
        )
        return self.find(payment)[0]

    def _move(self, one: Planned, payment: str, by: Actor) -> None:
        assert one.claim is not None and one.then is not None  # noqa: S101, PT018 (_post asks)
        change = "reversed by payer" if one.reverses else "decided by payer"
        control = one.paid.payer_control[:64]
        self._ledger.move(one.claim, one.then, by, change, about=payment, payer_control=control)

    def _insert(self, payment: str, remittance: Remittance, by: Actor) -> None:
        body = remittance.model_dump_json().encode()
        place = answer_place(payment)
        row = {
            "id": payment,
            "payer": remittance.payer_id,
            "trace": remittance.trace,
            "amount": cents(remittance.amount),
            "method": remittance.method[:8],
            "paid_on": remittance.paid_on,
            "posted": self._clock(),
            "posted_by": by.id,
            "body": vault_of(self._tx).seal(self._tx, NOBODY, body, place),
        }
        try:
            with self._tx.begin_nested():
                self._tx.execute(insert(payments).values(**row))
        except IntegrityError:
            raise _posted_before(remittance) from None

    def _unbalanced(self, remittance: Remittance, wrong: Sequence[Imbalance]) -> InvalidInput:
        ours = self._ledger.known(one.claim for one in wrong)
        told = [
            f"{_place(one, remittance, ours)}: {one.expected} by its parts, {one.told} as written"
            for one in wrong[:_TOLD]
        ]
        if len(wrong) > _TOLD:
            told.append(f"and {len(wrong) - _TOLD} more")
        return InvalidInput(
            "It does not balance: " + "; ".join(told) + ".",
            where=f"835 {remittance.control}",
            mend="Nothing was posted. Ask the payer for a corrected file.",
        )

    def _require_sound(self, remittances: Sequence[Remittance]) -> None:
        """Raise where a file has no payment, one that does not balance, or one posted before."""
        if not remittances:
            raise InvalidInput("There is no payment in this file.")
        seen: set[tuple[str, str]] = set()
        for one in remittances:
            if not one.payer_id or len(one.payer_id) > 80 or len(one.trace) > 64:
                raise InvalidInput(
                    "The payment has no number of its payer (TRN03), or one that is too long.",
                    where=f"835 {one.control}",
                )
            if wrong := unbalanced(one):
                raise self._unbalanced(one, wrong)
            key = (one.payer_id, one.trace)
            same = payments.c.payer == one.payer_id, payments.c.trace == one.trace
            if key in seen or self._tx.execute(select(payments.c.id).where(*same)).first():
                raise _posted_before(one)
            seen.add(key)


def _place(one: Imbalance, remittance: Remittance, ours: Collection[str]) -> str:
    """Return where a sum does not hold: a number that is not one of ours is not echoed."""
    if not one.claim:
        return "the payment"
    numbers = [claim.id for claim in remittance.claims]
    told = one.claim if one.claim in ours else f"no. {numbers.index(one.claim) + 1} of the file"
    return f"claim {told}" + (f", line {one.line}" if one.line else "")


def _payment(row: Row[Any]) -> Payment:
    return Payment(
        id=row.id,
        payer=row.payer,
        trace=row.trace,
        amount=dollars(row.amount),
        method=row.method,
        paid_on=row.paid_on,
        posted=utc(row.posted),
        posted_by=row.posted_by,
    )


def _posted_before(remittance: Remittance) -> Conflict:
    return Conflict(
        "This payment was posted before: the payer's number and the trace number are the same.",
        where=f"835 {remittance.control}",
        mend="Nothing was posted. Look it up among the payments.",
    )
