"""The work list: items opened by a posting, given to people, and ended by a person with a deed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from wardround.capabilities.billing import Claim
from wardround.kernel import Actor, Clock, Conflict, NotFound, system_clock
from wardround.revenue.deadlines import due_on
from wardround.revenue.ids import is_key
from wardround.revenue.ledger import Ledger
from wardround.revenue.money import cents, dollars
from wardround.revenue.plan import Planned
from wardround.revenue.tables import work
from wardround.revenue.work import Deed, Task, WorkItem, WorkKind, tasks_of
from wardround.security import utc


class WorkList:
    """The items, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock
        self._ledger = Ledger(tx, clock)

    def follow(
        self, one: Planned, body: Claim | None, payment: str, paid_on: date | None, by: Actor
    ) -> None:
        """Open what a decision leaves to do, and end what it made needless."""
        if one.claim is None:
            return
        if one.reverses or one.overturns:
            self.end_all(one.claim, Deed.ANEW, by)
        decided = paid_on or self._clock().astimezone().date()
        for task in tasks_of(one, body):
            serviced = body.serviced if body else None
            due = due_on(_filing(body), decided, serviced, task.remarks)
            self._insert(task, one.claim, payment, due)

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
        query = select(work).where(work.c.id == item)
        row = self._tx.execute(query).one_or_none() if is_key(item) else None
        if row is None:
            raise NotFound("There is no such item of work.")
        return _item(row)

    def waiting(self, item: str) -> WorkItem:
        """Return an item that is not ended; raise ``Conflict`` where it is."""
        now = self.find(item)
        if now.done is not None:
            raise _ended()
        return now

    def assign(self, item: str, to: str | None, by: Actor) -> None:
        """Give an item to a person, or to nobody."""
        now = self.waiting(item)
        self._tx.execute(update(work).where(work.c.id == item).values(assigned=to))
        state = self._ledger.locked(now.claim).state
        self._ledger.move(now.claim, state, by, "assigned" if to else "given back", about=item)

    def end(self, item: str, deed: Deed, by: Actor) -> None:
        """End an item by what was done; raise ``Conflict`` where it was ended before."""
        values = {"done": self._clock(), "done_by": by.id, "deed": str(deed)}
        open_still = work.c.id == item, work.c.done.is_(None)
        if self._tx.execute(update(work).where(*open_still).values(**values)).rowcount != 1:
            raise _ended()

    def end_all(self, claim: str, deed: Deed, by: Actor) -> None:
        """End all that waits of a claim."""
        for one in self.list(claim=claim):
            self.end(one.id, deed, by)

    def _insert(self, task: Task, claim: str, payment: str, due: date) -> None:
        self._tx.execute(
            insert(work).values(
                id=str(uuid4()),
                claim=claim,
                payment=payment,
                kind=str(task.kind),
                service=task.service,
                procedure=task.procedure[:48],
                grouped=task.group,
                reason=task.reason[:8],
                remarks=" ".join(task.remarks)[:200],
                cents=cents(task.amount),
                opened=self._clock(),
                due=due,
                deed="",
            )
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
