"""What a clinician wants to know of a FHIR R4 resource, as plain words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wardround.kernel import Noun
from wardround.record import Stored

Facts = Mapping[str, Any]

HIDDEN = frozenset({"entered-in-error", "refuted"})
NO_ALLERGY = frozenset({"716186003", "409137002", "428607008", "429625007"})
"""SNOMED CT: no known allergy, and none to drugs, to food, or to the environment."""


class Allergy(Noun):
    """What the patient must not be given; ``none`` where the record says there is nothing."""

    text: str
    reaction: str
    high: bool
    none: bool


class Patient(Noun):
    """Who the chart belongs to."""

    id: str
    reference: str
    name: str
    born: str | None
    sex: str
    died: str | None
    number: str
    identifiers: tuple[tuple[str, str], ...]
    telecoms: tuple[str, ...]


class Result(Noun):
    """One observation: what, how much, against what range, when, and what it was before."""

    id: str
    name: str
    value: str
    flag: str
    range: str
    at: str
    before: str


def parsed(stored: Stored) -> dict[str, Any]:
    """Return a resource, with its id, and its decimals as written, so that 7.80 stays 7.80."""
    found: dict[str, Any] = json.loads(stored.body, parse_float=Decimal)
    return {**found, "id": stored.id}


def concept(value: Facts | None) -> str:
    """Return a CodeableConcept in words: its text, else a display, else a code."""
    value = value or {}
    codings = value.get("coding", [])
    words = [
        value.get("text"),
        *(c.get("display") for c in codings),
        *(c.get("code") for c in codings),
    ]
    return next((word for word in words if word), "")


def codes(value: Facts | None) -> set[str]:
    """Return the codes of a CodeableConcept."""
    return {coding["code"] for coding in (value or {}).get("coding", []) if "code" in coding}


def quantity(value: Facts) -> str:
    """Return a Quantity, such as ``7.8 %``."""
    number = f"{value.get('comparator', '')}{value.get('value', '')}"
    return " ".join(part for part in (number, value.get("unit") or value.get("code", "")) if part)


def human_name(names: Sequence[Facts]) -> str:
    """Return the name a person goes by: the official or usual one, in the order it is spoken."""
    uses = ("official", "usual")
    name = next(
        (n for use in uses for n in names if n.get("use") == use), names[0] if names else {}
    )
    if name.get("text"):
        return str(name["text"])
    parts = [*name.get("prefix", []), *name.get("given", []), name.get("family", "")]
    return " ".join(part for part in parts if part) or "Name not recorded"


def patient(resource: Facts) -> Patient:
    """Return who a ``Patient`` resource stands for."""
    identifiers = [
        (concept(item.get("type")) or "Identifier", str(item["value"]))
        for item in resource.get("identifier", [])
        if "value" in item
    ]
    numbers = [
        str(item["value"])
        for item in resource.get("identifier", [])
        if "MR" in codes(item.get("type")) and "value" in item
    ]
    died = resource.get("deceasedDateTime") or resource.get("deceasedBoolean")
    return Patient(
        id=resource["id"],
        reference=f"Patient/{resource['id']}",
        name=human_name(resource.get("name", [])),
        born=resource.get("birthDate"),
        sex=resource.get("gender", "sex not recorded"),
        died=None if not died else str(died),
        number=(numbers or [value for _, value in identifiers] or [""])[0],
        identifiers=tuple(identifiers),
        telecoms=tuple(t["value"] for t in resource.get("telecom", []) if "value" in t),
    )


def allergies(resources: Iterable[Facts]) -> list[Allergy]:
    """Return the allergies that stand, the gravest first."""
    found = [
        Allergy(
            text=concept(item.get("code")) or "Not named",
            reaction=", ".join(
                concept(sign)
                for r in item.get("reaction", [])
                for sign in r.get("manifestation", [])
            ),
            high=item.get("criticality") == "high",
            none=bool(codes(item.get("code")) & NO_ALLERGY),
        )
        for item in resources
        if stands(item)
        and "inactive" not in codes(item.get("clinicalStatus"))
        and "resolved" not in codes(item.get("clinicalStatus"))
    ]
    return sorted(found, key=lambda allergy: (allergy.none, not allergy.high, allergy.text))


def stands(resource: Facts) -> bool:
    """Whether a resource was neither entered in error nor refuted."""
    return not HIDDEN & ({resource.get("status")} | codes(resource.get("verificationStatus")))


def observed(resource: Facts) -> str:
    """Return when something was observed."""
    period = resource.get("effectivePeriod", {})
    return str(
        resource.get("effectiveDateTime") or period.get("start") or resource.get("issued", "")
    )


def results(resources: Iterable[Facts]) -> list[Result]:
    """Return the newest observation of each kind, with the one before it, newest first."""
    kinds: dict[str, list[Facts]] = {}
    for item in sorted(filter(stands, resources), key=observed, reverse=True):
        kinds.setdefault(
            min(codes(item.get("code")), default=concept(item.get("code"))), []
        ).append(item)
    return [_result(items) for items in kinds.values()]


def _result(items: list[Facts]) -> Result:
    newest = items[0]
    ranges = newest.get("referenceRange", [{}])[:1]
    return Result(
        id=newest["id"],
        name=concept(newest.get("code")),
        value=_value(newest),
        flag=_flag(newest),
        range=_range(ranges[0] if ranges else {}),
        at=observed(newest),
        before=_value(items[1]) if len(items) > 1 else "",
    )


def _value(item: Facts) -> str:
    if "valueQuantity" in item:
        return quantity(item["valueQuantity"])
    if "valueCodeableConcept" in item:
        return concept(item["valueCodeableConcept"])
    for name in ("valueString", "valueInteger", "valueDateTime"):
        if name in item:
            return str(item[name])
    parts = item.get("component", [])
    if {"8480-6", "8462-4"} <= {code for part in parts for code in codes(part.get("code"))}:
        return _pressure(parts)
    return "; ".join(f"{concept(part.get('code'))} {_value(part)}" for part in parts) or "No value"


def _pressure(parts: Sequence[Facts]) -> str:
    by_code = {
        code: part.get("valueQuantity", {}) for part in parts for code in codes(part.get("code"))
    }
    upper, lower = by_code["8480-6"], by_code["8462-4"]
    return f"{upper.get('value', '?')}/{lower.get('value', '?')} {upper.get('unit', '')}".strip()


def _flag(item: Facts) -> str:
    said = {code for value in item.get("interpretation", []) for code in codes(value)}
    if said & {"H", "HH", "HU", ">"}:
        return "High"
    if said & {"L", "LL", "LU", "<"}:
        return "Low"
    if said & {"A", "AA", "POS"}:
        return "Abnormal"
    value = item.get("valueQuantity", {}).get("value")
    for limits in item.get("referenceRange", [])[:1]:
        if value is not None and not said:
            return _against(value, limits)
    return ""


def _against(value: Any, limits: Facts) -> str:
    low, high = limits.get("low", {}).get("value"), limits.get("high", {}).get("value")
    if high is not None and value > high:
        return "High"
    return "Low" if low is not None and value < low else ""


def _range(limits: Facts) -> str:
    if limits.get("text"):
        return str(limits["text"])
    low, high = limits.get("low", {}).get("value"), limits.get("high", {}).get("value")
    if low is not None and high is not None:
        return f"{low} to {high}"
    if high is not None:
        return f"up to {high}"
    return f"from {low}" if low is not None else ""
