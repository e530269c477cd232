"""Groups of procedure numbers, declared as ranges in ``visits.toml``."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from wardround.capabilities.billing.scrubbing.rule import table


class Ranges:
    """Procedure codes between a first and a last one; a single code is a range of one."""

    def __init__(self, declared: Iterable[str]) -> None:
        pairs = [one.partition("-") for one in declared]
        self._pairs = tuple((first, last or first) for first, _, last in pairs)

    def __contains__(self, code: object) -> bool:
        text = str(code)
        if len(text) != 5 or not text[-1].isdigit():
            return False
        return any(first <= text <= last for first, last in self._pairs)


class Visit(NamedTuple):
    """A kind of visit, and the places of service that it does not go with."""

    kind: str
    codes: Ranges
    never: frozenset[str]


@cache
def group(name: str) -> Ranges:
    """Return a group of procedures."""
    return Ranges(str(_visits()["groups"][name]).split())


@cache
def visits() -> tuple[Visit, ...]:
    """Return the kinds of visits."""
    return tuple(
        Visit(one["kind"], Ranges(one["ranges"]), frozenset(one["never"].split()))
        for one in _visits()["visit"]
    )


@cache
def primaries(code: str) -> Ranges | None:
    """Return what an add-on code is billed beside; ``None`` for a code that is none, or unknown."""
    declared = _visits()["add_on"].get(code)
    return None if declared is None else Ranges(str(declared).split())


@cache
def _visits() -> dict[str, Any]:
    return table("lists/visits.toml")


class Aged(NamedTuple):
    """Procedures for patients of an age."""

    codes: Ranges
    youngest: int
    oldest: int


class Modified(NamedTuple):
    """Services that Medicare pays with one of some modifiers alone."""

    kind: str
    codes: Ranges
    modifiers: frozenset[str]


@cache
def aged() -> tuple[Aged, ...]:
    """Return the procedures that are for an age."""
    return tuple(Aged(Ranges(one["codes"].split()), *one["ages"]) for one in _limits()["age"])


@cache
def of_sex(sex: str) -> Ranges:
    """Return the procedures of a sex; none of U."""
    return Ranges(str(_limits()["sex"].get(sex, "")).split())


@cache
def modified() -> tuple[Modified, ...]:
    """Return the services that need a modifier for Medicare."""
    return tuple(
        Modified(one["kind"], Ranges(one["codes"].split()), frozenset(one["modifiers"].split()))
        for one in _limits()["medicare"]
    )


@cache
def ends(code: str) -> date | None:
    """Return the last day of a visit's number that has ended."""
    for day, codes in _limits()["ended"].items():
        if code in Ranges(codes.split()):
            return date.fromisoformat(day)
    return None


@cache
def _limits() -> dict[str, Any]:
    return table("lists/limits.toml")
