"""Sealing anew what was in clear or under a retired key, and what must never open again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, delete, func, insert, select, tuple_, update

from wardround.database import Database
from wardround.kernel import Clock, system_clock
from wardround.security.keyring import RETIRED
from wardround.security.sealing import (
    FORMAT,
    HEAD,
    Sealed,
    is_sealed,
    key_head,
    key_number,
    sealed_columns,
)
from wardround.security.tables import keys, sealed_forms
from wardround.security.vault import vault_of

_ROWS = 200

Change = Callable[[Connection, bytes, Row[Any]], bytes | None]
"""Returns a value sealed anew, or None where it stays."""


def seal_clear(database: Database, clock: Clock = system_clock) -> int:
    """Seal what an earlier version kept in clear, and return how many values; cut off, go on.

    A few rows a transaction: what is sealed is so for good, and the rest is found again.
    """
    done = 0
    for table, column, sealed in sealed_columns():
        name = f"{table.name}.{column.name}"
        with database.read() as tx:
            query = select(sealed_forms).where(sealed_forms.c.column == name)
            if tx.execute(query).first() is not None:
                continue

        def change(
            tx: Connection, value: bytes, row: Row[Any], sealed: Sealed = sealed
        ) -> bytes | None:
            if is_sealed(value):
                return None
            return vault_of(tx).seal(tx, sealed.owner(value, row), value, sealed.place(row))

        done += _changed(database, table, column, change)
        with database.begin() as tx:
            tx.execute(insert(sealed_forms).values(column=name, at=clock()))
    if done:
        database.compact()
    return done


def count_clear(database: Database) -> dict[str, int]:
    """Return how many values of each column that is to be sealed are not; none is as it should be.

    It looks at the first byte of every value there is, and opens none.
    """
    found = {}
    for table, column, _ in sealed_columns():
        clear = func.length(column) > 0, func.substr(column, 1, len(FORMAT)) != FORMAT
        with database.read() as tx:
            number = tx.execute(select(func.count()).select_from(table).where(*clear)).scalar_one()
        found[f"{table.name}.{column.name}"] = int(number)
    return found


def reseal(database: Database) -> int:
    """Seal what is under retired keys under new ones; return how many values. Cut off, go on."""
    done = 0
    with database.read() as tx:
        retired = {row.id: row.owner for row in tx.execute(select(keys).where(RETIRED))}

    for table, column, sealed in sealed_columns():

        def change(
            tx: Connection, value: bytes, row: Row[Any], sealed: Sealed = sealed
        ) -> bytes | None:
            owner = retired.get(key_number(value))
            if owner is None:
                return None
            place, vault = sealed.place(row), vault_of(tx)
            return vault.seal(tx, owner, vault.open(tx, value, place), place)

        done += _changed(database, table, column, change)
    return done


def shred(tx: Connection, owner: str, clock: Clock = system_clock) -> int:
    """Destroy the keys of ``Patient/1`` and what is sealed under them; return how many values.

    The rows go, or become what their column says. After it, ``Database.compact`` overwrites what
    the files still hold of the wrapped keys.
    """
    mine = (keys.c.owner == owner) & keys.c.destroyed.is_(None)
    numbers = tx.execute(select(keys.c.id).where(mine)).scalars().all()
    heads = [key_head(number) for number in numbers]
    done = 0
    for table, column, sealed in sealed_columns():
        theirs = func.substr(column, 1, HEAD).in_(heads)
        if sealed.emptied is None:
            done += tx.execute(delete(table).where(theirs)).rowcount
        else:
            done += tx.execute(update(table).where(theirs).values(**sealed.emptied)).rowcount
    tx.execute(update(keys).where(mine).values(destroyed=clock(), wrapped=b""))
    vault_of(tx).forget()
    return done


def _changed(database: Database, table: Table, column: Column[Any], change: Change) -> int:
    """Change the values of a column that need it, some rows a transaction; return how many did."""
    done = 0
    for first in _firsts(database, table):
        with database.begin() as tx:
            for row in tx.execute(first.with_for_update()).all():
                value = getattr(row, column.name)
                fresh = change(tx, bytes(value), row) if value else None
                if fresh is not None:
                    this = [one == getattr(row, one.name) for one in table.primary_key]
                    tx.execute(update(table).where(*this).values({column: fresh}))
                    done += 1
    return done


def _firsts(database: Database, table: Table) -> Iterator[Any]:
    """Yield queries that together ask for every row of a table, some at a time."""
    key: Sequence[Column[Any]] = list(table.primary_key)
    after: tuple[Any, ...] | None = None
    while True:
        query = select(table).order_by(*key).limit(_ROWS)
        if after is not None:
            query = query.where(tuple_(*key) > tuple_(*after))
        with database.read() as tx:
            found = tx.execute(query.with_only_columns(*key)).all()
        if not found:
            return
        yield query
        after = tuple(found[-1])
