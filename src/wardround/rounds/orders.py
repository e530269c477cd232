"""Orders: what was asked for, and how far the drafting has come."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Row, delete, insert, select, update

from wardround.database import Database
from wardround.kernel import Conflict, NotFound, Noun, Order
from wardround.rounds import tables
from wardround.security import vault_of

_PAGE = 1000


class State(StrEnum):
    """How far the drafting of an order has come."""

    QUEUED = "queued"
    DRAFTED = "drafted"
    """A draft is saved; the guardrails have not seen it yet, and nobody is shown it."""
    DONE = "done"
    FAILED = "failed"


class OrderState(Noun):
    """An order with the state of its drafting; ``failure`` says why and how to go on."""

    order: Order
    state: State
    attempt: int
    failure: str | None = None

    @property
    def workflow(self) -> str:
        """The id of the workflow that drafts this order; each attempt has its own."""
        return f"{self.order.id}.{self.attempt}"


class HandedIn(NamedTuple):
    """One input of one order: whose it is, its sha256, and what it is."""

    order: str
    subject: str
    sha256: str
    media_type: str


class Orders:
    """The orders, within one transaction."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def add(self, order: Order) -> OrderState:
        """Save a new order as queued; the same order again changes nothing."""
        row = self._row(order.id)
        if row is not None:
            known = self._read(row)
            then = {"ordered_at": known.order.ordered_at, "shadow": known.order.shadow}
            asked = order.model_copy(update=then)
            if known.order != asked:
                raise Conflict("There is another order under this id.")
            return known
        self._tx.execute(
            insert(tables.orders).values(
                id=order.id,
                capability=order.capability,
                encounter=order.encounter,
                state=State.QUEUED,
                attempt=1,
                ordered_at=order.ordered_at,
                document=vault_of(self._tx).seal(
                    self._tx,
                    order.subject,
                    order.model_dump_json().encode(),
                    tables.order_place(order.id),
                ),
            )
        )
        return OrderState(order=order, state=State.QUEUED, attempt=1)

    def find(self, order_id: str) -> OrderState:
        """Return one order; raise ``NotFound``."""
        row = self._row(order_id)
        if row is None:
            raise NotFound("There is no such order.")
        return self._read(row)

    def lock(self, order_id: str) -> OrderState:
        """Return one order, with other writers kept waiting until this transaction ends."""
        query = select(tables.orders).where(tables.orders.c.id == order_id)
        return self._read(self._tx.execute(query.with_for_update()).one())

    def list(self, *states: State, encounter: str | None = None) -> list[OrderState]:
        """Return orders, oldest first, in any of ``states`` (all where none is named)."""
        query = select(tables.orders).order_by(tables.orders.c.ordered_at, tables.orders.c.id)
        if states:
            query = query.where(tables.orders.c.state.in_(states))
        if encounter is not None:
            query = query.where(tables.orders.c.encounter == encounter)
        rows = self._tx.execute(query).all()
        sealed = [(row.document, tables.order_place(row.id)) for row in rows]
        documents = vault_of(self._tx).open_all(self._tx, sealed)
        return [_state(row, document) for row, document in zip(rows, documents, strict=True)]

    def handed_in(self) -> Iterator[HandedIn]:
        """Yield every input of every order, without making an order of each."""
        query = select(tables.orders.c.id, tables.orders.c.document).order_by(tables.orders.c.id)
        for rows in self._tx.execute(query).partitions(_PAGE):
            sealed = [(row.document, tables.order_place(row.id)) for row in rows]
            documents = vault_of(self._tx).open_all(self._tx, sealed)
            for row, document in zip(rows, documents, strict=True):
                order = orjson.loads(document)
                for item in order["inputs"]:
                    yield HandedIn(row.id, order["subject"], item["sha256"], item["media_type"])

    def move(self, order_id: str, state: State, failure: str | None = None) -> None:
        """Note how far the drafting has come."""
        self._set(order_id, state=state, failure=failure)

    def retry(self, order_id: str) -> OrderState:
        """Queue a failed order again, as its next attempt."""
        known = self.find(order_id)
        if known.state is not State.FAILED:
            raise Conflict("Only an order that failed can be tried again.")
        self._set(order_id, state=State.QUEUED, failure=None, attempt=known.attempt + 1)
        return self.find(order_id)

    def remove(self, order_id: str) -> None:
        """Delete an order that has no drafts."""
        self._tx.execute(delete(tables.orders).where(tables.orders.c.id == order_id))

    def _set(self, order_id: str, **values: object) -> None:
        self._tx.execute(
            update(tables.orders).where(tables.orders.c.id == order_id).values(**values)
        )

    def _row(self, order_id: str) -> Row[Any] | None:
        query = select(tables.orders).where(tables.orders.c.id == order_id)
        return self._tx.execute(query).one_or_none()

    def _read(self, row: Row[Any]) -> OrderState:
        place = tables.order_place(row.id)
        return _state(row, vault_of(self._tx).open(self._tx, row.document, place))


def _state(row: Row[Any], document: bytes) -> OrderState:
    return OrderState(
        order=Order.model_validate_json(document),
        state=State(row.state),
        attempt=row.attempt,
        failure=row.failure,
    )


def owners_of_inputs(database: Database) -> dict[str, str]:
    """Return whose each saved input is: its sha256 with the subject of the order."""
    with database.read() as tx:
        return {one.sha256: one.subject for one in Orders(tx).handed_in()}
