"""The lines of a claim, to the items of a FHIR ``Claim`` and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing.fhir.systems import (
    ABSENT,
    CPT,
    HCPCS,
    NDC,
    PLACE,
    REVENUE,
    UNITS,
    Resource,
    coded,
    concept,
    extended,
    extension,
    listed_from,
    listed_to,
)
from wardround.capabilities.billing.model import Claim, Party, ServiceLine

OURS = ("authorization", "control", "note", "source")
MOST = 4
LINE_TEAM = 100
"""Added to a line's place: the sequence, in the care team, of who rendered that line alone."""


def item_to(claim: Claim, place: int) -> Resource:
    """Return one line as an item."""
    line = claim.lines[place]
    made: Resource = {
        "sequence": line.number,
        "productOrService": _service(line.procedure),
        "quantity": {"value": float(line.units), "system": UNITS, "code": line.unit},
        "net": {"value": float(line.charge), "currency": "USD"},
    }
    if line.rendering is not None:
        made["careTeamSequence"] = [LINE_TEAM + place]
    if line.modifiers:
        made["modifier"] = [concept(HCPCS, one) for one in line.modifiers]
    if line.revenue:
        made["revenue"] = concept(REVENUE, line.revenue)
    if line.pointers:
        made["diagnosisSequence"] = list(line.pointers)
    if line.place:
        made["locationCodeableConcept"] = concept(PLACE, line.place)
    if line.begins is not None and line.ends is not None:
        made["servicedPeriod"] = {"start": line.begins.isoformat(), "end": line.ends.isoformat()}
    elif line.begins is not None:
        made["servicedDate"] = line.begins.isoformat()
    elif line.ends is not None:
        made["servicedPeriod"] = {"end": line.ends.isoformat()}
    if line.ndc or line.ndc_unit or line.ndc_units is not None:
        made["detail"] = [_drug(line)]
    ours = [extension(field, getattr(line, field)) for field in OURS if getattr(line, field)]
    ours += listed_to("adjudications", line.adjudications)
    return made | ({"extension": ours} if ours else {})


def _service(code: str) -> Resource:
    if not code:
        return concept(ABSENT, "not-applicable")
    return concept(HCPCS if code[:1].isalpha() else CPT, code)


def _drug(line: ServiceLine) -> Resource:
    named = concept(NDC, line.ndc) if line.ndc else concept(ABSENT, "unknown")
    made: Resource = {"sequence": 1, "productOrService": named}
    quantity: dict[str, Any] = {}
    if line.ndc_units is not None:
        quantity["value"] = float(line.ndc_units)
    if line.ndc_unit:
        quantity["code"] = line.ndc_unit
    return made | ({"quantity": quantity} if quantity else {})


def line_from(item: Resource, place: int, team: Mapping[int, Party]) -> dict[str, Any]:
    """Return the fields of a line; ``team`` are those who rendered, by their sequence."""
    period = item.get("servicedPeriod", {})
    service = item.get("productOrService")
    drug: Resource = next((one for one in item.get("detail", ()) if _is_drug(one)), {})
    amounts = item.get("quantity", {}), drug.get("quantity", {})
    rendered = [team[one] for one in item.get("careTeamSequence", ()) if one in team]
    code = coded(service)
    made: dict[str, Any] = {
        "number": item.get("sequence", place),
        "procedure": "" if coded(service, ABSENT) else code,
        "modifiers": tuple(coded(one) for one in item.get("modifier", ()))[:MOST],
        "revenue": coded(item.get("revenue")),
        "charge": _charge(item),
        "units": _number(amounts[0].get("value", 1)),
        "unit": _unit(amounts[0]),
        "place": coded(item.get("locationCodeableConcept")),
        "pointers": tuple(item.get("diagnosisSequence", ()))[:MOST],
        "begins": day(item.get("servicedDate") or period.get("start")),
        "ends": day(period.get("end")),
        "rendering": rendered[0] if rendered else None,
        "ndc": coded(drug.get("productOrService"), NDC),
        "ndc_unit": str(amounts[1].get("code") or amounts[1].get("unit") or ""),
    }
    if "value" in amounts[1]:
        made["ndc_units"] = _number(amounts[1]["value"])
    made["adjudications"] = listed_from(item, "adjudications")
    return made | {field: extended(item, field) for field in OURS}


def _is_drug(one: Resource) -> bool:
    named = one.get("productOrService")
    return bool(coded(named, NDC) or coded(named, ABSENT))


def _unit(quantity: Resource) -> str:
    if quantity.get("system") == UNITS:
        return str(quantity.get("code", ""))
    code = str(quantity.get("code") or quantity.get("unit") or "UN")
    return "MJ" if code in {"min", "MJ"} else code if code == "DA" else "UN"


def _charge(item: Resource) -> Decimal:
    """Return the net price of an item, or its unit price times its quantity."""
    if "net" in item:
        return _money(item["net"].get("value", 0))
    each = _number(item.get("unitPrice", {}).get("value", 0))
    return _money(each * _number(item.get("quantity", {}).get("value", 1)))


def _number(value: object) -> Decimal:
    return Decimal(str(value)).normalize() + 0


def _money(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def day(moment: object) -> str | None:
    """Return the day of a date or a moment, as text; a period's end that is none is none."""
    text = str(moment or "")[:10]
    return text if len(text) == 10 else None
