"""Values of the index that may tell who somebody is: found by keyed hashes, never in clear.

A string stands as a chain of hashes, one for each character with all that is before it: so "begins
with" is still a range. An identifier is one hash; a date is the hash of its day. What hashes cannot
answer (what a string contains, earlier and later dates, an order) is read from sealed copies.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, any_, cast, func, or_, select
from sqlalchemy import literal as bound

from wardround.record.dates import Range
from wardround.record.parameter import Kind, Parameter
from wardround.record.tables import index, index_place
from wardround.record.values import Row
from wardround.security import NOBODY, Vault, vault_of

Condition = ColumnElement[bool]

_DAY = 86_400.0
_MOST_DAYS = 400
"""The longest range of days that is asked for by its days; longer ones are read."""


def hide(vault: Vault, tx: Connection, row: Row, kind: Kind) -> Row:
    """Return a row of the index as it is kept: its value only hashed, and sealed beside."""
    what = f"{row['kind']}.{row['name']}"
    place = index_place(row["kind"], row["id"], row["name"])
    kept = {**row, "exact": None, "low": None, "high": None}
    if kind == "string":
        plain = row["value"].encode()
        kept |= {
            "value": vault.chain(what, row["value"]),
            "exact": vault.blind(f"{what}:exact", row["exact"]),
        }
    elif kind == "date":
        low, high = row["low"], row["high"]
        plain = orjson.dumps([low, high])
        kept["value"] = vault.blind(what, str(_day(low))) if high - low <= _DAY else None
    else:
        plain = row["value"].encode()
        kept["value"] = vault.blind(what, row["value"])
    return {**kept, "sealed": vault.seal(tx, NOBODY, plain, place)}


class Hidden:
    """One hidden parameter of one resource type, asked for within the transaction ``tx``."""

    def __init__(self, tx: Connection, kind: str, name: str, parameter: Parameter) -> None:
        self._tx = tx
        self._vault = vault_of(tx)
        self._of = (index.c.kind == kind, index.c.name == name)
        self._what = f"{kind}.{name}"
        self._kind = parameter.kind

    def chain(self, text: str) -> str:
        """Return what a string begins with in the index, where it begins with ``text``."""
        return self._vault.chain(self._what, text)

    def exact(self, text: str) -> str:
        """Return what stands for a string exactly as it was written."""
        return self._vault.blind(f"{self._what}:exact", text)

    def hashed(self, value: str) -> str:
        """Return what stands for an identifier."""
        return self._vault.blind(self._what, value)

    def containing(self, part: str) -> Condition:
        """Return the condition of strings that contain ``part``."""
        return self._among(row for row, _, value in self._read() if part in value)

    def dated(self, prefix: str, asked: Range, compare: Callable[..., Any]) -> Condition:
        """Return the condition of dates for which ``compare`` with the range asked is true."""
        near = self._near(asked) if prefix == "eq" else ()
        return self._among(row for row, _, (low, high) in self._read(*near) if compare(low, high))

    def values(self) -> Iterator[tuple[str, Any]]:
        """Yield each resource's id with a value; of dates, where they begin."""
        for _, resource_id, value in self._read():
            yield resource_id, value[0] if self._kind == "date" else value

    def _near(self, asked: Range) -> tuple[Condition, ...]:
        first, last = _day(asked[0]), _day(math.nextafter(asked[1], -math.inf))
        if last - first > _MOST_DAYS:
            return ()
        days = [self.hashed(str(day)) for day in range(first, last + 1)]
        return (or_(index.c.value.in_(days), index.c.value.is_(None)),)

    def _read(self, *further: Condition) -> Iterator[tuple[int, str, Any]]:
        query = select(index).where(*self._of, *further)
        rows = self._tx.execute(query).all()
        sealed = [(row.sealed, index_place(row.kind, row.id, row.name)) for row in rows]
        for row, plain in zip(rows, self._vault.open_all(self._tx, sealed), strict=True):
            value = orjson.loads(plain) if self._kind == "date" else plain.decode()
            yield row.row, row.id, value

    def _among(self, rows: Iterable[int]) -> Condition:
        return among(self._tx, index.c.row, rows)


def among(tx: Connection, column: Any, numbers: Iterable[int]) -> Condition:
    """Return the condition that ``column`` is one of any count of numbers, as one bound value."""
    wanted = list(numbers)
    if tx.dialect.name == "sqlite":
        listed = func.json_each(orjson.dumps(wanted).decode()).table_valued("value")
        return column.in_(select(listed.c.value))  # type: ignore[no-any-return]
    return column == any_(cast(bound(wanted, ARRAY(BigInteger)), ARRAY(BigInteger)))  # type: ignore[no-any-return]


def _day(seconds: float) -> int:
    return math.floor(seconds / _DAY)
