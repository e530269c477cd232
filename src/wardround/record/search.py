"""Searching: FHIR search parameters as conditions on the index (R4, section 3.1.1)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from wardround.kernel import InvalidInput
from wardround.record.parameters import Parameter, parameters_of
from wardround.record.tables import index, resources
from wardround.record.values import Range, date_range, folded

Parameters = Mapping[str, str | Sequence[str]]
MOST = 10_000
"""The most resources one search returns."""

Condition = ColumnElement[bool]

_COMPARE: dict[str, Callable[[Any, Any, Range], Condition]] = {
    "eq": lambda low, high, p: and_(low >= p[0], high <= p[1]),
    "ne": lambda low, high, p: or_(low < p[0], high > p[1]),
    "gt": lambda _, high, p: high > p[1],
    "ge": lambda _, high, p: high > p[0],
    "lt": lambda low, _, p: low < p[0],
    "le": lambda low, _, p: low < p[1],
    "sa": lambda low, _, p: low >= p[1],
    "eb": lambda _, high, p: high <= p[0],
}


def conditions(kind: str, parameters: Parameters) -> Condition:
    """Return what a resource must meet: every parameter, in any of its comma-separated values."""
    wanted = [resources.c.kind == kind, resources.c.deleted.is_(False)]
    for written, values in parameters.items():
        name, _, modifier = written.partition(":")
        if name in {"_sort", "_count", "_offset"}:
            continue
        for value in [values] if isinstance(values, str) else values:
            alternatives = [part for part in value.split(",") if part]
            met = [_met(kind, name, modifier, part) for part in alternatives]
            wanted.append(or_(*met) if met else false())
    return and_(*wanted)


def paged(query: Select[Any], kind: str, parameters: Parameters) -> Select[Any]:
    """Return the query in the order, and cut to the page, that the parameters ask for."""
    for column in _sorted(kind, _one(parameters, "_sort")):
        query = query.order_by(column)
    count = _number(parameters, "_count", MOST)
    return query.order_by(resources.c.id).limit(count).offset(_number(parameters, "_offset", 0))


def _met(kind: str, name: str, modifier: str, value: str) -> Condition:
    if name == "_id":
        return resources.c.id == value
    if name == "_lastUpdated":
        return _updated(value)
    parameter = _known(kind, name)
    row = and_(
        index.c.kind == kind,
        index.c.id == resources.c.id,
        index.c.name == name,
        _matches(parameter, f"{name}:{modifier}".rstrip(":"), modifier, value),
    )
    return exists(select(index.c.row).where(row)).correlate(resources)


def _known(kind: str, name: str) -> Parameter:
    known = parameters_of(kind)
    if name not in known:
        names = ", ".join(["_id", "_lastUpdated", *sorted(known)])
        raise InvalidInput(
            f"{kind} cannot be searched by this.", where=name[:64], mend=f"Use one of: {names}."
        )
    return known[name]


def _matches(parameter: Parameter, written: str, modifier: str, value: str) -> Condition:
    wanted = f"{parameter.kind}:{modifier}".rstrip(":")
    if wanted == "token":
        return _token(value)
    if wanted == "reference":
        return _reference(parameter, value)
    if wanted == "date":
        compare, moments = _prefixed(value, written)
        return compare(index.c.low, index.c.high, moments)
    text = {
        "string": index.c.value.startswith(folded(value), autoescape=True),
        "string:exact": index.c.value == folded(value),
        "string:contains": index.c.value.contains(folded(value), autoescape=True),
    }
    if wanted not in text:
        raise InvalidInput("This search modifier is not known here.", where=written[:64])
    return text[wanted]


def _reference(parameter: Parameter, value: str) -> Condition:
    if "/" in value:
        return index.c.value == value
    if parameter.target is not None:
        return index.c.value == f"{parameter.target}/{value}"
    return index.c.value.endswith(f"/{value}", autoescape=True)


def _token(value: str) -> Condition:
    system, bar, code = value.rpartition("|")
    if not bar:
        return index.c.value == code
    same = index.c.system.is_(None) if not system else index.c.system == system
    return and_(same, index.c.value == code) if code else same


def _prefixed(value: str, where: str) -> tuple[Callable[[Any, Any, Range], Condition], Range]:
    prefix = value[:2] if value[:2] in _COMPARE else ""
    return _COMPARE[prefix or "eq"], date_range(value[len(prefix) :], where[:64])


def _updated(value: str) -> Condition:
    compare, (low, high) = _prefixed(value, "_lastUpdated")
    try:
        moments = (datetime.fromtimestamp(low, UTC), datetime.fromtimestamp(high, UTC))
    except (ValueError, OverflowError, OSError):
        raise InvalidInput("There is no such date.", where="_lastUpdated") from None
    return compare(resources.c.updated, resources.c.updated, moments)  # type: ignore[arg-type]


def _sorted(kind: str, written: str | None) -> list[Any]:
    if written is None:
        return [resources.c.updated.desc()]
    columns: list[Any] = []
    for part in written.split(","):
        name, down = part.removeprefix("-"), part.startswith("-")
        if name in {"_id", "_lastUpdated"}:
            column: Any = resources.c.id if name == "_id" else resources.c.updated
        else:
            by = index.c.low if _known(kind, name).kind == "date" else index.c.value
            first = func.max(by) if down else func.min(by)
            row = and_(index.c.kind == kind, index.c.id == resources.c.id, index.c.name == name)
            column = select(first).where(row).correlate(resources).scalar_subquery()
        columns.append((column.desc() if down else column.asc()).nulls_last())
    return columns


def _one(parameters: Parameters, name: str) -> str | None:
    value = parameters.get(name)
    return value if value is None or isinstance(value, str) else value[-1]


def _number(parameters: Parameters, name: str, default: int) -> int:
    value = _one(parameters, name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise InvalidInput("This is a whole number.", where=name)
    return min(int(value), MOST) if name == "_count" else int(value)
