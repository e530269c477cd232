"""What a claim form has and FHIR has no element for: ``supportingInfo``, to and fro."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing.fhir.services import day
from wardround.capabilities.billing.fhir.systems import CARIN_INFO, INFO, Resource, coded, concept
from wardround.capabilities.billing.model import Claim, Coded

TEXTS = (
    "frequency", "place", "accept_assignment", "benefits_assigned", "release", "authorization",
    "referral", "clia", "note", "bill_type", "admission_hour", "admission_type",
    "admission_source", "discharge_hour", "discharge_status", "record_number", "drg",
)  # fmt: skip
DATES = ("onset", "admitted")
CODED = ("conditions", "occurrences", "values")


def supporting_to(claim: Claim) -> Iterator[Resource]:
    """Yield the entries of ``supportingInfo``, without their sequence."""
    yield from _texts(claim)
    for field in DATES:
        at = getattr(claim, field)
        if at is not None:
            yield {"category": concept(INFO, field), "timingDate": at.isoformat()}
    yield {"category": concept(INFO, "signature_on_file"), "valueBoolean": claim.signature_on_file}
    if claim.patient_paid is not None:
        paid = {"value": float(claim.patient_paid)}
        yield {"category": concept(INFO, "patient_paid"), "valueQuantity": paid}
    for field in CODED:
        for one in getattr(claim, field):
            yield _qualified_to(field, one)


def _texts(claim: Claim) -> Iterator[Resource]:
    # An accident without its day has no element: Claim.accident needs the day.
    more = () if claim.accident_date else ("accident", "accident_state")
    for field in (*TEXTS, *more, "encounter"):
        value = getattr(claim, field)
        if value:
            yield {"category": concept(INFO, field), "valueString": value}


def _qualified_to(field: str, one: Coded) -> Resource:
    made: dict[str, Any] = {
        "category": concept(INFO, field),
        "code": concept(f"urn:wardround:nubc-{field}", one.code),
    }
    if one.at is not None and one.until is not None:
        made["timingPeriod"] = {"start": one.at.isoformat(), "end": one.until.isoformat()}
    elif one.at is not None:
        made["timingDate"] = one.at.isoformat()
    return made | ({} if one.amount is None else {"valueQuantity": {"value": float(one.amount)}})


def supporting_from(listed: Sequence[Resource]) -> dict[str, Any]:
    """Return our fields that the entries tell, CARIN's words for some of them too."""
    fields: dict[str, Any] = {}
    for one in listed:
        category = coded(one.get("category"), INFO)
        if category in CODED:
            fields.setdefault(category, []).append(_qualified(one))
        elif category:
            fields[category] = _value(one)
        elif (other := CARIN_INFO.get(coded(one.get("category")))) and other != "id":
            fields[other] = coded(one.get("code")) or str(one.get("valueString", ""))
    return fields


def _value(one: Resource) -> object:
    for name in ("valueString", "valueBoolean", "timingDate"):
        if name in one:
            return one[name]
    return str(one.get("valueQuantity", {}).get("value", ""))


def _qualified(one: Resource) -> dict[str, Any]:
    period = one.get("timingPeriod", {})
    made: dict[str, Any] = {
        "code": coded(one.get("code")),
        "at": day(one.get("timingDate") or period.get("start")),
        "until": day(period.get("end")),
    }
    if "valueQuantity" in one:
        made["amount"] = Decimal(str(one["valueQuantity"]["value"]))
    return made
