"""Searching: FHIR search parameters as conditions on the index (R4, section 3.1.1)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select, true

from wardround.kernel import InvalidInput, TooLarge
from wardround.record.body import ID
from wardround.record.hidden import Hidden
from wardround.record.kinds import KINDS
from wardround.record.matching import matcher, updated_matcher
from wardround.record.parameter import Parameter
from wardround.record.parameters import parameters_of
from wardround.record.tables import index, resources

Parameters = Mapping[str, str | Sequence[str]]
MOST = 10_000
"""The most resources one search returns; ``count`` tells how many there are."""

MOST_VALUES = 200
"""The most values one search asks for, of all its parameters together."""

MOST_CONDITIONS = 30
"""The most conditions that a resource has to meet all of: a database joins once for each."""

MOST_SORTS = 5
"""The most parameters that give the order."""

Condition = ColumnElement[bool]

_COMMON = ("_id", "_lastUpdated")
_PAGING = ("_count", "_offset", "_sort")
_ALTERNATIVE = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)


def conditions(tx: Connection, kind: str, parameters: Parameters) -> Condition:
    """Return what a resource must meet: every parameter, in any of its comma-separated values."""
    if kind not in KINDS:
        raise InvalidInput("The resource type is not one of FHIR R4.", where=kind[:64])
    narrow = _is_narrow(kind, parameters)
    wanted = [resources.c.kind == kind, resources.c.deleted.is_(False)]
    for written, values in _asked(parameters):
        met = _condition(tx, kind, written, narrow)
        try:
            wanted += map(met, values)
        except InvalidInput as error:
            raise InvalidInput(error.what, where=written[:64], mend=error.mend) from None
    return and_(*wanted)


def page(tx: Connection, kind: str, parameters: Parameters) -> list[str]:
    """Return the ids of the resources that match, in the order and of the page asked for.

    Without ``_count`` it is up to one more than may be, so that what is missing does not go unseen.
    """
    count = _number(parameters, "_count", MOST + 1)
    if "_count" in parameters and count > MOST:
        raise InvalidInput(f"A page has at most {MOST:,} resources.", where="_count")
    offset = _number(parameters, "_offset", 0)
    order = _one(parameters, "_sort")
    keys = _sort_keys(tx, kind, "-_lastUpdated" if order is None else order)
    query = select(resources.c.id).where(conditions(tx, kind, parameters))
    if any(key.hidden is not None for key in keys):
        return _ordered(tx, query, keys)[offset : offset + count]
    for key in keys:
        query = query.order_by(key.ordered)
    query = query.order_by(resources.c.id).limit(count).offset(offset)
    return list(tx.execute(query).scalars())


def _asked(parameters: Parameters) -> list[tuple[str, list[list[str]]]]:
    """Return each parameter with its values: one list of alternatives for each time it is said."""
    asked = []
    for written, values in parameters.items():
        if written in _PAGING:
            continue
        said = [values] if isinstance(values, str) else values
        if not said or not all(said):
            raise InvalidInput(
                "This search parameter has no value.", where=written[:64], mend="Leave it out."
            )
        asked.append((written, [_ALTERNATIVE.findall(value) for value in said]))
    conditions = [alternatives for _, values in asked for alternatives in values]
    if len(conditions) > MOST_CONDITIONS or sum(map(len, conditions)) > MOST_VALUES:
        raise TooLarge(
            f"A search has at most {MOST_CONDITIONS} conditions and {MOST_VALUES} values.",
            mend="Ask in several searches.",
        )
    return asked


def _is_narrow(kind: str, parameters: Parameters) -> bool:
    return any(_narrows(kind, written) for written in parameters)


def _narrows(kind: str, written: str) -> bool:
    """Whether few resources of a type meet a parameter: a database cannot tell without counting."""
    known = parameters_of(kind).get(written.partition(":")[0])
    if known is None or written.endswith((":not", ":missing")):
        return written == "_id"
    return known.kind in {"reference", "string"} or written == "identifier"


def _condition(
    tx: Connection, kind: str, written: str, narrow: bool
) -> Callable[[list[str]], Condition]:
    """Return how alternative values of a parameter become a condition.

    Where another parameter finds few, this one looks at each of those; else it finds its own.
    """
    name, _, modifier = written.partition(":")
    if written == "_id":
        return lambda values: resources.c.id.in_(filter(ID.fullmatch, values))
    if written == "_lastUpdated":
        return lambda values: or_(false(), *map(updated_matcher(resources.c.updated), values))
    parameter = _known(kind, written if name in _COMMON else name)
    by_row = narrow and not _narrows(kind, written)
    if modifier == "missing":
        return lambda values: _missing(kind, name, values, by_row)
    negated = modifier == "not" and parameter.kind == "token"
    hidden = Hidden(tx, kind, name, parameter) if parameter.hidden else None
    match = matcher(parameter, "" if negated else modifier, hidden)
    if match is None:
        raise InvalidInput("This search modifier is not known here.", where=written[:64])

    def met(values: list[str]) -> Condition:
        found = _found(kind, name, or_(false(), *map(match, values)), by_row)
        return ~found if negated else found

    return met


def _found(kind: str, name: str, matching: Condition, by_row: bool) -> Condition:
    if by_row:
        return _of_row(select(index.c.row), kind, name).where(matching).exists()
    rows = (index.c.kind == kind, index.c.name == name, matching)
    return resources.c.id.in_(select(index.c.id).where(*rows))


def _of_row(query: Select[Any], kind: str, name: str) -> Select[Any]:
    one = (index.c.kind == kind, index.c.id == resources.c.id, index.c.name == name)
    return query.where(*one).correlate(resources)


def _missing(kind: str, name: str, values: list[str], by_row: bool) -> Condition:
    if values not in (["true"], ["false"]):
        raise InvalidInput("This is true or false.")
    found = _found(kind, name, true(), by_row)
    return ~found if values == ["true"] else found


def _known(kind: str, name: str) -> Parameter:
    known = parameters_of(kind)
    if name not in known:
        names = ", ".join([*_COMMON, *sorted(known), *_PAGING])
        raise InvalidInput(
            f"{kind} cannot be searched by this.", where=name[:64], mend=f"Use one of: {names}."
        )
    return known[name]


class _SortKey(NamedTuple):
    """One parameter that gives the order: a column, or what is hidden and read."""

    down: bool
    column: Any = None
    hidden: Hidden | None = None

    @property
    def ordered(self) -> Any:
        """The column in its order; what has no value comes last."""
        return (self.column.desc() if self.down else self.column.asc()).nulls_last()


def _sort_keys(tx: Connection, kind: str, written: str) -> list[_SortKey]:
    parts = written.split(",")
    if len(parts) > MOST_SORTS:
        raise TooLarge(f"At most {MOST_SORTS} parameters give the order.", where="_sort")
    return [_sort_key(tx, kind, part.removeprefix("-"), part.startswith("-")) for part in parts]


def _sort_key(tx: Connection, kind: str, name: str, down: bool) -> _SortKey:
    if name in _COMMON:
        return _SortKey(down, resources.c.id if name == "_id" else resources.c.updated)
    parameter = _known(kind, name)
    if parameter.hidden:
        return _SortKey(down, hidden=Hidden(tx, kind, name, parameter))
    by = index.c.low if parameter.kind in {"date", "number"} else index.c.value
    first = func.max(by) if down else func.min(by)
    return _SortKey(down, _of_row(select(first), kind, name).scalar_subquery())


def _ordered(tx: Connection, query: Select[Any], keys: Sequence[_SortKey]) -> list[str]:
    """Return the ids in an order that hangs on hidden values: they are read, and sorted here."""
    clear = [key.column for key in keys if key.hidden is None]
    found = {row[0]: iter(row[1:]) for row in tx.execute(query.add_columns(*clear))}
    ids = sorted(found)
    by_key = [
        {one: next(rest) for one, rest in found.items()} if key.hidden is None else _firsts(key)
        for key in keys
    ]
    for key, values in reversed(list(zip(keys, by_key, strict=True))):
        there = [one for one in ids if values.get(one) is not None]
        there.sort(key=values.__getitem__, reverse=key.down)
        ids = [*there, *(one for one in ids if values.get(one) is None)]
    return ids


def _firsts(key: _SortKey) -> dict[str, Any]:
    """Return each resource's value that comes first in the order."""
    firsts: dict[str, Any] = {}
    for one, value in key.hidden.values() if key.hidden is not None else ():
        known = firsts.get(one)
        if known is None or (value > known if key.down else value < known):
            firsts[one] = value
    return firsts


def _one(parameters: Parameters, name: str) -> str | None:
    value = parameters.get(name)
    if value is None or isinstance(value, str):
        return value
    if len(value) != 1:
        raise InvalidInput("This is said once.", where=name)
    return value[0]


def _number(parameters: Parameters, name: str, default: int) -> int:
    value = _one(parameters, name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise InvalidInput("This is a whole number.", where=name)
    return int(value)
