"""When a row of the index matches a search value, by the kind of the parameter (R4, 3.1.1.4)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_

from wardround.kernel import InvalidInput
from wardround.record.dates import Range, date_range
from wardround.record.hidden import Hidden
from wardround.record.kinds import KINDS
from wardround.record.parameter import Parameter
from wardround.record.tables import index
from wardround.record.values import folded, reference, short

Condition = ColumnElement[bool]
Matcher = Callable[[str], Condition]
HiddenMatcher = Callable[[Hidden, str], Condition]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = "\U0010ffff"
_ESCAPED = re.compile(r"\\([\\,|$])")
_TOKEN = re.compile(r"((?:[^\\|]|\\.)*)(\|?)(.*)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?", re.ASCII)

_RANGES: dict[str, Callable[[Any, Any, Range], Condition]] = {
    "eq": lambda low, high, p: and_(low >= p[0], high <= p[1]),
    "ne": lambda low, high, p: or_(low < p[0], high > p[1]),
    "gt": lambda _, high, p: high > p[1],
    "ge": lambda _, high, p: high > p[0],
    "lt": lambda low, _, p: low < p[0],
    "le": lambda low, _, p: low < p[1],
    "sa": lambda low, _, p: low >= p[1],
    "eb": lambda _, high, p: high <= p[0],
}
"""How a range compares with what was asked; ``ge`` and ``le`` include all that reaches into it."""

_HOLDS: dict[str, Callable[[float, float, Range], bool]] = {
    "eq": lambda low, high, p: low >= p[0] and high <= p[1],
    "ne": lambda low, high, p: low < p[0] or high > p[1],
    "gt": lambda _, high, p: high > p[1],
    "ge": lambda _, high, p: high > p[0],
    "lt": lambda low, _, p: low < p[0],
    "le": lambda low, _, p: low < p[1],
    "sa": lambda low, _, p: low >= p[1],
    "eb": lambda _, high, p: high <= p[0],
}
"""The same of a range that was read."""

_POINTS: dict[str, Callable[[Any, tuple[Any, Any]], Condition]] = {
    "eq": lambda at, p: and_(at >= p[0], at < p[1]),
    "ne": lambda at, p: or_(at < p[0], at >= p[1]),
    "gt": lambda at, p: at >= p[1],
    "ge": lambda at, p: at >= p[0],
    "lt": lambda at, p: at < p[0],
    "le": lambda at, p: at < p[1],
    "sa": lambda at, p: at >= p[1],
    "eb": lambda at, p: at < p[0],
}
"""How one moment compares with the range that was asked for."""

_NUMBERS: dict[str, Callable[[Any, float], Condition]] = {
    "gt": lambda at, p: at > p,
    "ge": lambda at, p: at >= p,
    "lt": lambda at, p: at < p,
    "le": lambda at, p: at <= p,
    "sa": lambda at, p: at > p,
    "eb": lambda at, p: at < p,
}


def matcher(parameter: Parameter, modifier: str, hidden: Hidden | None) -> Matcher | None:
    """Return how a value matches, or None where the parameter does not take this modifier."""
    if hidden is not None:
        match = _HIDDEN.get(f"{parameter.kind}:{modifier}")
        return None if match is None else partial(match, hidden)
    if parameter.kind == "reference" and modifier in KINDS:
        return lambda value: _reference(value if "/" in value else f"{modifier}/{value}")
    return _MATCHERS.get(f"{parameter.kind}:{modifier}")


def updated_matcher(column: Any) -> Matcher:
    """Return how ``_lastUpdated`` matches the moment in a column."""

    def match(value: str) -> Condition:
        prefix, (low, high) = _dated(value)
        return _POINTS[prefix](column, (_moment(low), _moment(high)))

    return match


def _moment(seconds: float) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        end = datetime.min if seconds < 0 else datetime.max  # noqa: DTZ901 (it gets its zone here)
        return end.replace(tzinfo=UTC)


def _plain(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)


def _begins(hidden: Hidden, value: str) -> Condition:
    start = hidden.chain(folded(_plain(value)))
    return and_(index.c.value >= start, index.c.value < start + _LAST) if start else false()


def _contains(hidden: Hidden, value: str) -> Condition:
    part = folded(_plain(value))
    return hidden.containing(part) if part else false()


def _exact(hidden: Hidden, value: str) -> Condition:
    exact = _plain(value).replace("\0", "")
    whole = hidden.chain(folded(exact))
    return and_(index.c.value == whole, index.c.exact == hidden.exact(exact))


def _hidden_token(hidden: Hidden, value: str) -> Condition:
    return _token(value, hidden.hashed)


def _hidden_date(hidden: Hidden, value: str) -> Condition:
    prefix, asked = _dated(value)
    compare = _HOLDS[prefix]
    return hidden.dated(prefix, asked, lambda low, high: compare(low, high, asked))


def _reference(value: str) -> Condition:
    wanted = reference(_plain(value))
    if wanted.system is not None:
        return and_(index.c.system == wanted.system, index.c.value == wanted.value)
    return index.c.value == wanted.value


def _token(value: str, kept: Callable[[str], str] = str) -> Condition:
    found = _TOKEN.fullmatch(value)
    if found is None:
        return false()
    first, bar, rest = found.groups()
    if not bar:
        return index.c.value == kept(short(_plain(first)))
    system, code = short(_plain(first)), short(_plain(rest))
    same = index.c.system == system if system else index.c.system.is_(None)
    return and_(same, index.c.value == kept(code)) if code else same


def _date(value: str) -> Condition:
    prefix, asked = _dated(value)
    return _RANGES[prefix](index.c.low, index.c.high, asked)


def _dated(value: str) -> tuple[str, Range]:
    prefix = value[:2] if value[:2] in _RANGES else ""
    return prefix or "eq", date_range(value[len(prefix) :])


def _number(value: str) -> Condition:
    prefix = value[:2] if value[:2] in _RANGES else ""
    written = value[len(prefix) :]
    if not _NUMBER.fullmatch(written):
        raise InvalidInput("This is not a number.", mend="Write 0.25.")
    asked = Decimal(written)
    if compare := _NUMBERS.get(prefix):
        return compare(index.c.low, float(asked))
    # As precise as it was written: 0.25 is everything from 0.245 up to 0.255.
    half = Decimal(5).scaleb(int(asked.as_tuple().exponent) - 1)
    same = and_(index.c.low >= float(asked - half), index.c.low < float(asked + half))
    return not_(same) if prefix == "ne" else same


_MATCHERS: dict[str, Matcher] = {
    "date:": _date,
    "number:": _number,
    "reference:": _reference,
    "token:": _token,
}
"""By the kind of the parameter and the modifier, if any."""

_HIDDEN: dict[str, HiddenMatcher] = {
    "date:": _hidden_date,
    "string:": _begins,
    "string:contains": _contains,
    "string:exact": _exact,
    "token:": _hidden_token,
}
"""The same of what is hidden; strings all are."""
