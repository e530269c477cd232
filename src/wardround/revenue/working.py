"""What a remittance leaves to do: each denial an item with its reason, its last day and its end.

No denial is written off by itself: a person ends it, and says how.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from wardround.capabilities.billing import Adjustment, Claim, Money
from wardround.kernel import Actor, Clock, Conflict, NotFound, Noun, system_clock
from wardround.revenue.adjudged import services_of
from wardround.revenue.deadlines import due_on
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Account
from wardround.revenue.money import cents, dollars
from wardround.revenue.plan import Planned
from wardround.revenue.reasons import account_of
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import work
from wardround.revenue.variances import VarianceKind
from wardround.security import utc

FORWARDED = frozenset({"19", "20", "21"})
"""CLP02 of a claim that the payer passed on to the next one itself."""


class WorkKind(StrEnum):
    """What there is to do."""

    DENIAL = "denial"
    UNDERPAID = "underpaid"
    SECONDARY = "second insurer"


class Deed(StrEnum):
    """How an item ended."""

    CORRECTED = "corrected"
    APPEALED = "appealed"
    PATIENT = "patient"
    WRITTEN_OFF = "written off"
    ACCEPTED = "accepted"
    BILLED = "billed"
    ANEW = "decided anew"


class WorkItem(Noun):
    """One thing to do about a claim that was decided."""

    id: str
    claim: str
    payment: str
    kind: WorkKind
    service: int | None
    procedure: str
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Money
    opened: datetime
    due: date
    assigned: str | None = None
    done: datetime | None = None
    done_by: str | None = None
    deed: Deed | None = None

    def days_left(self, today: date) -> int:
        """Return the days until its last; below 0 when that is over."""
        return (self.due - today).days


class WorkList:
    """The items, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def follow(self, one: Planned, payment: str, paid_on: date | None, by: Actor) -> None:
        """Open what a decision leaves to do, and end what it made needless."""
        if one.claim is None:
            return
        if one.reverses or one.overturns:
            self.end_all(one.claim, Deed.ANEW, by)
        if one.reverses or one.then is ClaimState.REPLACED:
            return
        body = Ledger(self._tx, self._clock).find(one.claim).body
        decided = paid_on or self._clock().astimezone().date()
        for item in _items(one, body):
            due = due_on(_filing(body), decided, body.serviced if body else None, item.remarks)
            self._insert(item.model_copy(update={"payment": payment, "due": due}))

    def list(self, *, claim: str | None = None, waiting: bool = True) -> Sequence[WorkItem]:
        """Return items, those due soonest first: that wait, or all; of one claim, or of all."""
        query = select(work).order_by(work.c.due, work.c.opened, work.c.id)
        if waiting:
            query = query.where(work.c.done.is_(None))
        if claim is not None:
            query = query.where(work.c.claim == claim)
        return [_item(row) for row in self._tx.execute(query)]

    def find(self, item: str) -> WorkItem:
        """Return an item; raise ``NotFound``."""
        row = self._tx.execute(select(work).where(work.c.id == item)).one_or_none()
        if row is None:
            raise NotFound("There is no such item of work.")
        return _item(row)

    def assign(self, item: str, to: str | None, by: Actor) -> None:
        """Give an item to a person, or to nobody."""
        now = self._waiting(item)
        self._tx.execute(update(work).where(work.c.id == item).values(assigned=to))
        self._tell(now, by, "assigned" if to else "given back")

    def end(self, item: str, deed: Deed, by: Actor) -> WorkItem:
        """End an item, by what was done; raise ``Conflict`` where it was ended before."""
        now = self._waiting(item)
        values = {"done": self._clock(), "done_by": by.id, "deed": str(deed)}
        open_still = work.c.id == item, work.c.done.is_(None)
        if self._tx.execute(update(work).where(*open_still).values(**values)).rowcount != 1:
            raise _ended()
        return now

    def end_all(self, claim: str, deed: Deed, by: Actor) -> None:
        """End all that waits of a claim."""
        for one in self.list(claim=claim):
            self.end(one.id, deed, by)

    def _waiting(self, item: str) -> WorkItem:
        now = self.find(item)
        if now.done is not None:
            raise _ended()
        return now

    def _tell(self, item: WorkItem, by: Actor, change: str) -> None:
        ledger = Ledger(self._tx, self._clock)
        state = ledger.locked(item.claim).state
        ledger.move(item.claim, state, by, change, about=item.id)

    def _insert(self, item: WorkItem) -> None:
        self._tx.execute(
            insert(work).values(
                id=str(uuid4()),
                claim=item.claim,
                payment=item.payment,
                kind=str(item.kind),
                service=item.service,
                procedure=item.procedure[:48],
                grouped=item.group,
                reason=item.reason[:8],
                remarks=" ".join(item.remarks)[:200],
                cents=cents(item.amount),
                opened=self._clock(),
                due=item.due,
                deed="",
            )
        )


def _items(one: Planned, body: Claim | None) -> Iterator[WorkItem]:
    paid = one.paid
    for adjustment in paid.adjustments:
        if _is_denial(adjustment):
            yield _denial(one, adjustment, None, "", paid.remarks)
    for line, service in zip(paid.lines, services_of(paid, body), strict=True):
        for adjustment in line.adjustments:
            if _is_denial(adjustment):
                remarks = (*line.remarks, *paid.remarks)
                code = line.procedure or line.revenue
                yield _denial(one, adjustment, service, code, remarks)
    for found in one.variances:
        if found.kind is VarianceKind.UNDERPAID:
            less = found.expected - found.found
            fields = {"service": found.service, "procedure": found.procedure, "amount": less}
            yield _made(one, WorkKind.UNDERPAID, **fields)
    others = body is not None and len(body.subscribers) > 1
    if others and one.after.patient > 0 and paid.status not in FORWARDED:
        yield _made(one, WorkKind.SECONDARY, amount=one.after.patient)


def _is_denial(adjustment: Adjustment) -> bool:
    return adjustment.amount > 0 and account_of(adjustment) is Account.DENIED


def _denial(
    one: Planned,
    adjustment: Adjustment,
    service: int | None,
    procedure: str,
    remarks: tuple[str, ...],
) -> WorkItem:
    return _made(
        one,
        WorkKind.DENIAL,
        service=service,
        procedure=procedure,
        group=adjustment.group,
        reason=adjustment.reason,
        remarks=remarks,
        amount=adjustment.amount,
    )


def _made(one: Planned, kind: WorkKind, **fields: Any) -> WorkItem:
    """Return an item as it is found; its payment and its last day come with the posting."""
    nothing = {"service": None, "procedure": "", "group": "", "reason": "", "remarks": ()}
    return WorkItem(
        id="",
        claim=one.claim or "",
        payment="",
        kind=kind,
        opened=datetime.min,
        due=date.min,
        **(nothing | fields),
    )


def _filing(body: Claim | None) -> str:
    return body.subscribers[0].filing if body is not None and body.subscribers else ""


def _item(row: Row[Any]) -> WorkItem:
    return WorkItem(
        id=row.id,
        claim=row.claim,
        payment=row.payment,
        kind=WorkKind(row.kind),
        service=row.service,
        procedure=row.procedure,
        group=row.grouped,
        reason=row.reason,
        remarks=tuple(row.remarks.split()),
        amount=dollars(row.cents),
        opened=utc(row.opened),
        due=row.due,
        assigned=row.assigned,
        done=None if row.done is None else utc(row.done),
        done_by=row.done_by,
        deed=Deed(row.deed) if row.deed else None,
    )


def _ended() -> Conflict:
    return Conflict("This was worked before.", mend="Reload the page.")
