"""What a resource is found by: the values of its search parameters, in the form of the index."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from wardround.kernel import InvalidInput
from wardround.record.dates import date_range
from wardround.record.parameter import Parameter
from wardround.record.parameters import PARAMETERS, parameters_of

Row = dict[str, Any]

FORM = sha256(
    f"2 {sorted((k, sorted(p.items())) for k, p in PARAMETERS.items())}".encode()
).hexdigest()
"""What the index was built by; count up the number when the form of a row below changes."""

LONGEST = 256
"""The most characters of a value in the index: a database cannot index without end."""

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"\u0131": "i"}
    | dict.fromkeys("'`\u00b4\u02b9\u02bb\u02bc\u02be\u02bf\u2018\u2019\u2032", "")
    | dict.fromkeys('.,;:-_/\\()"\u2010\u2011\u2012\u2013\u2014', " ")
)
"""Letters that Unicode does not take apart, apostrophes, and the other punctuation of names."""


class Value(NamedTuple):
    """One value: a token, a reference (its type as ``system``), a string, or a range."""

    system: str | None = None
    value: str | None = None
    exact: str | None = None
    low: float | None = None
    high: float | None = None


def rows_of(
    kind: str, resource_id: str, resource: dict[str, Any]
) -> Iterator[tuple[Parameter, Row]]:
    """Yield the index rows of one resource, each with the parameter it is found by."""
    for name, parameter, paths in _plan(kind):
        values = {
            value: None  # a set that keeps the order
            for path in paths
            for found in _walk(resource, path)
            for value in _values(parameter, found)
        }
        for value in values:
            row = {"kind": kind, "id": resource_id, "name": name, **value._asdict()}
            yield parameter, row


def folded(text: str) -> str:
    """Return text as strings are compared: no case, no accents, no punctuation, single spaces."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return short(" ".join(text.casefold().translate(_LETTERS).split()))


def short(text: str) -> str:
    """Return text as it is put into the index: the end of what is too long stands as a digest."""
    text = text.replace("\0", "")
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 64] + sha256(text.encode()).hexdigest()


@cache
def _plan(kind: str) -> tuple[tuple[str, Parameter, tuple[tuple[str, ...], ...]], ...]:
    return tuple(
        (name, parameter, tuple(tuple(path.split(".")) for path in parameter.paths))
        for name, parameter in parameters_of(kind).items()
    )


def _walk(here: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(here, list):
        for item in here:
            yield from _walk(item, path)
    elif not path:
        yield here
    elif isinstance(here, dict) and path[0] in here:
        yield from _walk(here[path[0]], path[1:])


def _values(parameter: Parameter, found: Any) -> Iterator[Value]:
    if parameter.kind == "reference":
        value = _referred(found)
        if value is not None and parameter.target in {None, value.system}:
            yield value
    else:
        yield from _READ[parameter.kind](found)


def _referred(found: Any) -> Value | None:
    target = found.get("reference") if isinstance(found, dict) else None
    if not isinstance(target, str) or not target or target.startswith("#"):
        return None
    return reference(target)


def reference(target: str) -> Value:
    """Return a reference: the type and id of one of ours, or the whole of one elsewhere."""
    parts = target.split("/_history/", 1)[0].split("/")
    if len(parts) == 2 and parts[0].isalpha() and parts[1]:
        return Value(system=parts[0], value=short(parts[1]))
    return Value(value=short(target))


def _tokens(found: Any) -> Iterator[Value]:
    if isinstance(found, bool):
        yield Value(value=str(found).lower())
    elif isinstance(found, str):
        yield Value(value=short(found))
    elif isinstance(found, dict) and isinstance(found.get("coding"), list):
        for coding in found["coding"]:
            yield from _tokens(coding)
    elif isinstance(found, dict):
        value, system = found.get("code", found.get("value")), found.get("system")
        if isinstance(value, str):
            yield Value(
                system=short(system) if isinstance(system, str) else None, value=short(value)
            )


def _strings(found: Any) -> Iterator[Value]:
    for text in _texts(found):
        if plain := folded(text):
            yield Value(value=plain, exact=text.replace("\0", ""))


def _texts(found: Any) -> Iterator[str]:
    """Yield the words of a string, and the parts of a person's name or an address."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from _words(found, "text", "family", "given", "prefix", "suffix")
        yield from _words(found, "line", "city", "district", "state", "postalCode", "country")
        whole = " ".join(_words(found, "given", "family"))
        if whole:
            yield whole


def _words(found: dict[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        words = found.get(name)
        yield from (
            w for w in (words if isinstance(words, list) else [words]) if isinstance(w, str)
        )


def _numbers(found: Any) -> Iterator[Value]:
    if isinstance(found, int | float) and not isinstance(found, bool):
        yield Value(low=float(found), high=float(found))


def _dates(found: Any) -> Iterator[Value]:
    try:
        if isinstance(found, str):
            low, high = date_range(found)
            yield Value(low=low, high=high)
        elif isinstance(found, dict):
            start, end = found.get("start"), found.get("end")
            low = date_range(start)[0] if isinstance(start, str) else float("-1e15")
            high = date_range(end)[1] if isinstance(end, str) else float("1e15")
            if isinstance(start, str) or isinstance(end, str):
                yield Value(low=low, high=high)
    except InvalidInput:
        # The chart keeps what it is sent; a date nobody can read is merely not found by.
        return


_READ: Mapping[str, Callable[[Any], Iterator[Value]]] = {
    "date": _dates,
    "number": _numbers,
    "string": _strings,
    "token": _tokens,
}
