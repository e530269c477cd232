"""What a resource is found by: the values of its search parameters, in the form of the index."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from wardround.kernel import InvalidInput
from wardround.record.parameters import Parameter, parameters_of

Row = dict[str, Any]
Range = tuple[float, float]
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?"
    r"(Z|[+-]\d\d:\d\d)?)?)?)?"
)


def rows_of(kind: str, resource_id: str, resource: dict[str, Any]) -> Iterator[Row]:
    """Yield the index rows of one resource."""
    for name, parameter in parameters_of(kind).items():
        seen = set()
        for path in parameter.paths:
            for found in _walk(resource, path.split(".")):
                for values in _indexed(parameter, found):
                    if values not in seen:
                        seen.add(values)
                        system, value, low, high = values
                        yield {
                            "kind": kind,
                            "id": resource_id,
                            "name": name,
                            "system": system,
                            "value": value,
                            "low": low,
                            "high": high,
                        }


def folded(text: str) -> str:
    """Return text as strings are compared: no case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def date_range(text: str, where: str = "date") -> Range:
    """Return the seconds since 1970 that a FHIR date covers, end exclusive; naive dates are UTC."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise InvalidInput("This is not a FHIR date.", where=where, mend="Write 2026-03-14.")
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        begin = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            min(int(second or 0), 59), tzinfo=UTC,
        )  # fmt: skip
        if second is not None:
            end = begin + timedelta(seconds=1)
        elif minute is not None:
            end = begin + timedelta(minutes=1)
        elif day is not None:
            end = begin + timedelta(days=1)
        elif month is not None:
            end = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
        else:
            end = begin.replace(year=begin.year + 1)
    except (ValueError, OverflowError):
        raise InvalidInput("There is no such date.", where=where) from None
    low, high = begin.timestamp(), end.timestamp()
    if fraction is not None:
        low += float(f"0.{fraction}")
        high = low + 10.0 ** -len(fraction)
    if zone not in {None, "Z"}:
        sign = -1 if zone[0] == "-" else 1
        shift = sign * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)
        low, high = low - shift, high - shift
    return low, high


def _walk(here: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(here, list):
        for item in here:
            yield from _walk(item, path)
    elif not path:
        yield here
    elif isinstance(here, dict) and path[0] in here:
        yield from _walk(here[path[0]], path[1:])


_Values = tuple[str | None, str | None, float | None, float | None]


def _indexed(parameter: Parameter, found: Any) -> Iterator[_Values]:
    match parameter.kind:
        case "token":
            yield from _tokens(found)
        case "string":
            yield from ((None, folded(text), None, None) for text in _strings(found))
        case "date":
            yield from _dates(found)
        case "reference":
            target = found.get("reference") if isinstance(found, dict) else None
            if isinstance(target, str):
                bare = target.split("/_history/")[0]
                if parameter.target is None or f"{parameter.target}/" in f"/{bare}":
                    yield None, "/".join(bare.split("/")[-2:]), None, None


def _tokens(found: Any) -> Iterator[_Values]:
    if isinstance(found, bool):
        yield None, str(found).lower(), None, None
    elif isinstance(found, str):
        yield None, found, None, None
    elif isinstance(found, dict) and "coding" in found:
        for coding in found["coding"] if isinstance(found["coding"], list) else ():
            yield from _tokens(coding)
    elif isinstance(found, dict):
        value = found.get("code", found.get("value"))
        if isinstance(value, str):
            system = found.get("system")
            yield system if isinstance(system, str) else None, value, None, None


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        given = found.get("given")
        parts = [*(given if isinstance(given, list) else ()), found.get("family")]
        parts += [found.get("text")]
        for part in parts:
            if isinstance(part, str):
                yield part
        whole = " ".join(part for part in parts[:-1] if isinstance(part, str))
        if whole:
            yield whole


def _dates(found: Any) -> Iterator[_Values]:
    try:
        if isinstance(found, str):
            yield None, None, *date_range(found)
        elif isinstance(found, dict):
            start, end = found.get("start"), found.get("end")
            low = date_range(start)[0] if isinstance(start, str) else float("-1e15")
            high = date_range(end)[1] if isinstance(end, str) else float("1e15")
            yield None, None, low, high
    except InvalidInput:
        # The chart keeps what it is sent; a date nobody can read is merely not found by.
        return
