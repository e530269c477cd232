"""Double-entry: every journal adds up to nothing, as a whole and for each claim in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select

from wardround.kernel import Actor, Clock, system_clock
from wardround.revenue.model import Account, Balance, Entry, Leg, balance_of
from wardround.revenue.tables import entries
from wardround.security import utc

_AT_ONCE = 500


class Books:
    """The books, within one transaction; what was written stays, and is mended by what follows."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def write(self, why: str, legs: Iterable[Leg], by: Actor, payment: str | None = None) -> None:
        """Write one journal; nothing is written where nothing moves.

        Raise ``ValueError`` where it does not add up to nothing, in all or for one claim: that is
        a fault of ours, and nothing of the transaction may stay.
        """
        lines = [leg for leg in legs if leg.cents]
        sums: defaultdict[str | None, int] = defaultdict(int)
        for leg in lines:
            sums[leg.claim] += leg.cents
        if any(sums.values()):
            raise ValueError("a journal does not add up to nothing")
        if not lines:
            return
        common = {"journal": str(uuid4()), "at": self._clock(), "by": by.id, "why": why}
        rows = [
            {
                **common,
                "line": line,
                "payment": payment,
                "claim": leg.claim,
                "account": str(leg.account),
                "cents": leg.cents,
                "grouped": leg.group,
                "reason": leg.reason,
                "service": leg.service,
            }
            for line, leg in enumerate(lines)
        ]
        self._tx.execute(insert(entries), rows)

    def of(self, claim: str) -> Sequence[Entry]:
        """Return the lines of a claim, the earliest first."""
        query = select(entries).where(entries.c.claim == claim)
        order = (entries.c.at, entries.c.journal, entries.c.line)
        return [_entry(row) for row in self._tx.execute(query.order_by(*order))]

    def balance(self, claim: str) -> Balance:
        """Return what one claim stands at."""
        return self.balances([claim])[claim]

    def balances(self, ids: Sequence[str]) -> dict[str, Balance]:
        """Return what each of some claims stands at."""
        found: dict[str, list[Leg]] = {one: [] for one in ids}
        columns = (entries.c.claim, entries.c.account, func.sum(entries.c.cents).label("cents"))
        for start in range(0, len(ids), _AT_ONCE):
            some = entries.c.claim.in_(ids[start : start + _AT_ONCE])
            query = select(*columns).where(some).group_by(entries.c.claim, entries.c.account)
            for row in self._tx.execute(query):
                leg = Leg(account=Account(row.account), cents=int(row.cents), claim=row.claim)
                found[row.claim].append(leg)
        return {one: balance_of(legs) for one, legs in found.items()}

    def total(self, account: Account) -> int:
        """Return the cents that stand on an account, of all claims and none."""
        query = select(func.sum(entries.c.cents)).where(entries.c.account == str(account))
        return int(self._tx.execute(query).scalar() or 0)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        journal=row.journal,
        at=utc(row.at),
        by=row.by,
        why=row.why,
        payment=row.payment,
        account=Account(row.account),
        cents=row.cents,
        claim=row.claim,
        group=row.grouped,
        reason=row.reason,
        service=row.service,
    )
