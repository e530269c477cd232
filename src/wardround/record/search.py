"""Searching: FHIR search parameters as conditions on the index (R4, section 3.1.1)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from wardround.kernel import InvalidInput, TooLarge
from wardround.record.body import ID
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


def conditions(kind: str, parameters: Parameters) -> Condition:
    """Return what a resource must meet: every parameter, in any of its comma-separated values."""
    if kind not in KINDS:
        raise InvalidInput("The resource type is not one of FHIR R4.", where=kind[:64])
    narrow = _is_narrow(kind, parameters)
    wanted = [resources.c.kind == kind, resources.c.deleted.is_(False)]
    for written, values in _asked(parameters):
        met = _condition(kind, written, narrow)
        try:
            wanted += map(met, values)
        except InvalidInput as error:
            raise InvalidInput(error.what, where=written[:64], mend=error.mend) from None
    return and_(*wanted)


def paged(query: Select[Any], kind: str, parameters: Parameters) -> Select[Any]:
    """Return the query in the order, and cut to the page, that the parameters ask for.

    Without ``_count`` it asks for one more than may be, so that what is missing does not go unseen.
    """
    order = _one(parameters, "_sort")
    order = "-_lastUpdated" if order is None else order
    for column in _sorted(kind, order):
        query = query.order_by(column)
    count = _number(parameters, "_count", MOST + 1)
    if "_count" in parameters and count > MOST:
        raise InvalidInput(f"A page has at most {MOST:,} resources.", where="_count")
    return query.order_by(resources.c.id).limit(count).offset(_number(parameters, "_offset", 0))


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


def _condition(kind: str, written: str, narrow: bool) -> Callable[[list[str]], Condition]:
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
    match = matcher(parameter, "" if negated else modifier)
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


def _sorted(kind: str, written: str) -> list[Any]:
    columns: list[Any] = []
    parts = written.split(",")
    if len(parts) > MOST_SORTS:
        raise TooLarge(f"At most {MOST_SORTS} parameters give the order.", where="_sort")
    for part in parts:
        name, down = part.removeprefix("-"), part.startswith("-")
        if name in _COMMON:
            column: Any = resources.c.id if name == "_id" else resources.c.updated
            columns.append(column.desc() if down else column.asc())
        else:
            ranged = _known(kind, name).kind in {"date", "number"}
            by = index.c.low if ranged else index.c.value
            first = func.max(by) if down else func.min(by)
            column = _of_row(select(first), kind, name).scalar_subquery()
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
