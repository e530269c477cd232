"""Groups of procedure numbers, declared as ranges in ``visits.toml``."""

from collections.abc import Iterable
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
        return len(text) == 5 and any(first <= text <= last for first, last in self._pairs)


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
