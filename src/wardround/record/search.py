"""Searching: FHIR search parameters as conditions on the index (R4, section 3.1.1)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from wardround.kernel import InvalidInput
from wardround.record.kinds import KINDS
from wardround.record.matching import matcher, updated_matcher
from wardround.record.parameter import Parameter
from wardround.record.parameters import parameters_of
from wardround.record.tables import index, resources

Parameters = Mapping[str, str | Sequence[str]]
MOST = 10_000
"""The most resources one search returns; ``count`` tells how many there are."""

Condition = ColumnElement[bool]

_PAGING = ("_count", "_offset", "_sort")
_ALTERNATIVE = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)


def conditions(kind: str, parameters: Parameters) -> Condition:
    """Return what a resource must meet: every parameter, in any of its comma-separated values."""
    if kind not in KINDS:
        raise InvalidInput("The resource type is not one of FHIR R4.", where=kind[:64])
    wanted = [resources.c.kind == kind, resources.c.deleted.is_(False)]
    for written, values in parameters.items():
        if written in _PAGING:
            continue
        name, _, modifier = written.partition(":")
        met = _condition(kind, name, modifier)
        asked = [values] if isinstance(values, str) else values
        if not asked or not all(asked):
            raise InvalidInput(
                "This search parameter has no value.", where=written[:64], mend="Leave it out."
            )
        try:
            wanted += [met(_ALTERNATIVE.findall(value)) for value in asked]
        except InvalidInput as error:
            raise InvalidInput(error.what, where=written[:64], mend=error.mend) from None
    return and_(*wanted)


def paged(query: Select[Any], kind: str, parameters: Parameters) -> Select[Any]:
    """Return the query in the order, and cut to the page, that the parameters ask for."""
    for column in _sorted(kind, _one(parameters, "_sort")):
        query = query.order_by(column)
    count = min(_number(parameters, "_count", MOST), MOST)
    return query.order_by(resources.c.id).limit(count).offset(_number(parameters, "_offset", 0))


def _condition(kind: str, name: str, modifier: str) -> Callable[[list[str]], Condition]:
    """Return how alternative values of a parameter become a condition."""
    if name in {"_id", "_lastUpdated"}:
        if modifier:
            raise _no_such_modifier(name, modifier)
        if name == "_id":
            return resources.c.id.in_
        return lambda values: or_(false(), *map(updated_matcher(resources.c.updated), values))
    parameter = _known(kind, name)
    if modifier == "missing":
        return lambda values: _missing(kind, name, values)
    negated = modifier == "not" and parameter.kind == "token"
    match = matcher(parameter, "" if negated else modifier)
    if match is None:
        raise _no_such_modifier(name, modifier)

    def met(values: list[str]) -> Condition:
        found = _found(kind, name, or_(false(), *map(match, values)))
        return ~found if negated else found

    return met


def _found(kind: str, name: str, matching: Condition | None = None) -> Condition:
    row = and_(index.c.kind == kind, index.c.name == name)
    return resources.c.id.in_(
        select(index.c.id).where(row if matching is None else and_(row, matching))
    )


def _missing(kind: str, name: str, values: list[str]) -> Condition:
    if values not in (["true"], ["false"]):
        raise InvalidInput("This is true or false.")
    found = _found(kind, name)
    return ~found if values == ["true"] else found


def _known(kind: str, name: str) -> Parameter:
    known = parameters_of(kind)
    if name not in known:
        names = ", ".join(["_id", "_lastUpdated", *sorted(known), *_PAGING])
        raise InvalidInput(
            f"{kind} cannot be searched by this.", where=name[:64], mend=f"Use one of: {names}."
        )
    return known[name]


def _no_such_modifier(name: str, modifier: str) -> InvalidInput:
    return InvalidInput("This search modifier is not known here.", where=f"{name}:{modifier}"[:64])


def _sorted(kind: str, written: str | None) -> list[Any]:
    if written is None:
        return [resources.c.updated.desc()]
    columns: list[Any] = []
    for part in written.split(","):
        name, down = part.removeprefix("-"), part.startswith("-")
        if name in {"_id", "_lastUpdated"}:
            column: Any = resources.c.id if name == "_id" else resources.c.updated
        else:
            ranged = _known(kind, name).kind in {"date", "number"}
            by = index.c.low if ranged else index.c.value
            first = func.max(by) if down else func.min(by)
            row = and_(index.c.kind == kind, index.c.id == resources.c.id, index.c.name == name)
            column = select(first).where(row).correlate(resources).scalar_subquery()
        columns.append((column.desc() if down else column.asc()).nulls_last())
    return columns


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
