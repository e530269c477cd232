"""Services of a visit that the record holds beside the signed codes, proposed as lines.

Only what was done is proposed: procedures, immunizations and orders that are completed, and charges
that are billable, each of this visit and with a procedure code of its own (CPT, HCPCS). The same
code of the same day is one line, however many resources tell of it; a biller keeps or removes it.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from wardround.kernel import ChartPath, Context, Resource

CODES = frozenset(
    {
        "http://www.ama-assn.org/go/cpt",
        "urn:oid:2.16.840.1.113883.6.12",
        "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "urn:oid:2.16.840.1.113883.6.285",
    }
)
"""Systems of procedure codes that a claim may carry, as FHIR names them."""


class _Kind(NamedTuple):
    """A type of resource: the status of what was done, and where its parts stand."""

    name: str
    status: str
    code: str
    visit: str
    days: tuple[str, ...]


_KINDS = (
    _Kind("ChargeItem", "billable", "code", "context", ("occurrenceDateTime", "occurrencePeriod")),
    _Kind("Procedure", "completed", "code", "encounter", ("performedDateTime", "performedPeriod")),
    _Kind("Immunization", "completed", "vaccineCode", "encounter", ("occurrenceDateTime",)),
    _Kind("ServiceRequest", "completed", "code", "encounter", ("occurrenceDateTime", "authoredOn")),
)


class Proposed(NamedTuple):
    """A service that the record holds: its code, how often, when, why, and where it stands."""

    code: str
    day: date | None
    units: Decimal
    reasons: tuple[str, ...]
    sources: tuple[ChartPath, ...]
    price: str = ""


def proposed(
    context: Context, subject: str, visit: str, taken: AbstractSet[str]
) -> Iterator[Proposed]:
    """Yield the services of a visit whose codes are not ``taken``, in the order of their days."""
    found: dict[tuple[str, date | None], list[tuple[_Kind, Resource]]] = {}
    for kind in _KINDS:
        for one in context.search(kind.name, patient=subject):
            code = _code(one.get(kind.code))
            if code and code not in taken and _is_done(one, kind, visit):
                found.setdefault((code, _day(one, kind)), []).append((kind, one))
    for (code, day), told in sorted(found.items(), key=lambda item: (str(item[0][1]), item[0][0])):
        yield Proposed(
            code=code,
            day=day,
            units=_units(told),
            reasons=tuple(_reasons(told)),
            sources=tuple(
                ChartPath(resource=f"{kind.name}/{one['id']}", path=kind.code) for kind, one in told
            ),
            price=next((price for _, one in told if (price := _price(one))), ""),
        )


def _is_done(one: Resource, kind: _Kind, visit: str) -> bool:
    of = one.get(kind.visit, {}).get("reference")
    return bool(one.get("status") == kind.status and of == visit)


def _code(concept: Mapping[str, Any] | None) -> str:
    codings = (concept or {}).get("coding", [])
    return next((str(one["code"]) for one in codings if _is_ours(one)), "")


def _is_ours(coding: Mapping[str, Any]) -> bool:
    return coding.get("system") in CODES and bool(coding.get("code"))


def _day(one: Resource, kind: _Kind) -> date | None:
    for name in kind.days:
        told = one.get(name)
        told = told.get("start") if isinstance(told, Mapping) else told
        try:
            return date.fromisoformat(str(told)[:10])
        except ValueError:
            continue
    return None


def _units(told: Sequence[tuple[_Kind, Resource]]) -> Decimal:
    """Return how often it was done: as its charges say, or as many resources of a type as tell."""
    sums: dict[str, Decimal] = {}
    for kind, one in told:
        sums[kind.name] = sums.get(kind.name, Decimal(0)) + _quantity(one)
    return max(sums.values())


def _quantity(one: Resource) -> Decimal:
    try:
        found = Decimal(str(one.get("quantity", {}).get("value", 1)))
    except InvalidOperation:
        return Decimal(1)
    return found if found > 0 else Decimal(1)


def _price(one: Resource) -> str:
    return str(one.get("priceOverride", {}).get("value", ""))


def _reasons(told: Sequence[tuple[_Kind, Resource]]) -> list[str]:
    return [
        str(reason["reference"])
        for _, one in told
        for reason in one.get("reasonReference", [])
        if reason.get("reference")
    ]
