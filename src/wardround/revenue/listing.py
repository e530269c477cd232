"""Lists of claims for the work queue: filtered, sorted and paged by what is kept in clear."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Listed
from wardround.revenue.money import dollars
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import claims


class Wanted(NamedTuple):
    """Which claims: of these states, of one payer by its id, that stand there since before."""

    states: tuple[ClaimState, ...]
    payer: str | None = None
    before: datetime | None = None
    kind: str | None = None


class Listing:
    """The lists, within one transaction."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def page(
        self, wanted: Wanted, number: int, size: int, *, largest: bool = False
    ) -> Sequence[Listed]:
        """Return a page of claims: those that stand longest first, or the largest charges."""
        order: tuple[Any, ...] = (claims.c.moved, claims.c.id)
        if largest:
            order = (claims.c.charge.desc(), *order)
        query = select(claims.c.id).where(*_where(wanted)).order_by(*order)
        ids = self._tx.execute(query.limit(size).offset((number - 1) * size)).scalars().all()
        known = Ledger(self._tx).known(ids)
        return [known[one] for one in ids]

    def count(self, wanted: Wanted) -> int:
        """Return how many there are."""
        query = select(func.count()).select_from(claims).where(*_where(wanted))
        return int(self._tx.execute(query).scalar_one())

    def charged(self, wanted: Wanted) -> Decimal:
        """Return what they charge together."""
        query = select(func.coalesce(func.sum(claims.c.charge), 0)).where(*_where(wanted))
        return dollars(int(self._tx.execute(query).scalar_one()))

    def payers(self, states: Iterable[ClaimState]) -> Sequence[str]:
        """Return the ids of the payers of claims that stand so."""
        query = select(claims.c.payer).where(claims.c.state.in_([str(one) for one in states]))
        return sorted(self._tx.execute(query.distinct()).scalars())


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [claims.c.state.in_([str(one) for one in wanted.states])]
    if wanted.payer is not None:
        found.append(claims.c.payer == wanted.payer)
    if wanted.before is not None:
        found.append(claims.c.moved < wanted.before)
    if wanted.kind is not None:
        found.append(claims.c.kind == wanted.kind)
    return found
