"""Patients, payers and providers of a claim, to FHIR and back."""

from typing import Any

from wardround.capabilities.billing.fhir.systems import (
    EIN,
    NPI,
    PAYER_ID,
    SEXES,
    SSN,
    TAXONOMY,
    Resource,
    coded,
    concept,
    extended,
    extension,
    identified,
)
from wardround.capabilities.billing.model import Address, Party, Patient, Payer, Subscriber

_SEX = {word: letter for letter, word in SEXES.items()}


def address_to(at: Address) -> dict[str, Any]:
    """Return ``{"address": [...]}``, or nothing of an empty one."""
    made: dict[str, Any] = {
        "line": [one for one in (at.line, at.line2) if one],
        "city": at.city,
        "state": at.state,
        "postalCode": at.zip,
        "country": at.country,
    }
    kept = {name: value for name, value in made.items() if value}
    return {"address": [kept]} if kept else {}


def address_from(resource: Resource) -> Address:
    """Return the first address of a resource; a Location has one."""
    listed = resource.get("address") or {}
    found = listed[0] if isinstance(listed, list) else listed
    lines = [str(one) for one in found.get("line", ())] + ["", ""]
    return Address(
        line=lines[0],
        line2=lines[1],
        city=str(found.get("city", "")),
        state=str(found.get("state", "")),
        zip=str(found.get("postalCode", "")),
        country=str(found.get("country", "")),
    )


def person_to(key: str, one: Patient | Subscriber) -> Resource:
    """Return a patient or a subscriber as a contained Patient."""
    # A middle name without a first one would be read as the first.
    given = [one.first, one.middle] if one.first else []
    name = {"family": one.last, "given": [part for part in given if part]}
    kept = {field: value for field, value in name.items() if value}
    made: Resource = {"resourceType": "Patient", "id": key, **address_to(one.address)}
    if kept:
        made["name"] = [kept]
    ours = [extension("middle", one.middle)] if one.middle and not one.first else []
    if one.sex:
        made["gender"] = SEXES.get(one.sex, "other")
        ours += [] if one.sex in SEXES else [extension("sex", one.sex)]
    if ours:
        made["extension"] = ours
    if one.birth_date is not None:
        made["birthDate"] = one.birth_date.isoformat()
    died = one.death_date if isinstance(one, Patient) else None
    return made if died is None else {**made, "deceasedDateTime": died.isoformat()}


def person_from(resource: Resource) -> dict[str, Any]:
    """Return the fields that a patient and a subscriber share."""
    names = resource.get("name") or [{}]
    name = next((one for one in names if one.get("use") == "official"), names[0])
    given = [str(one) for one in name.get("given", ())] + ["", ""]
    gender = str(resource.get("gender", ""))
    return {
        "last": str(name.get("family", "")),
        "first": given[0],
        "middle": given[1] or extended(resource, "middle"),
        "birth_date": resource.get("birthDate") or None,
        "sex": extended(resource, "sex") or (_SEX.get(gender, "U") if gender else ""),
        "address": address_from(resource),
    }


def party_to(key: str, one: Party) -> Resource:
    """Return a provider as a Practitioner, or an organization as an Organization."""
    tax = SSN if one.tax_is_ssn else EIN
    made: Resource = {"id": key, **address_to(one.address)}
    identifiers = [
        {"system": system, "value": value}
        for system, value in ((NPI, one.npi), (tax, one.tax_id))
        if value
    ]
    if identifiers:
        made["identifier"] = identifiers
    ours = [
        extension(field, value)
        for field, value in (("contact", one.contact), ("tax-is-ssn", "yes" * one.tax_is_ssn))
        if value
    ]
    if ours:
        made["extension"] = ours
    telecom = [
        {"system": system, "value": value}
        for system, value in (("phone", one.phone), ("email", one.email))
        if value
    ]
    if telecom:
        made["telecom"] = telecom
    if not one.first:
        made |= {"resourceType": "Organization"} | ({"name": one.name} if one.name else {})
        return made | ({"type": [concept(TAXONOMY, one.taxonomy)]} if one.taxonomy else {})
    given = [part for part in (one.first, one.middle) if part]
    made |= {"resourceType": "Practitioner", "name": [{"given": given, "family": one.name}]}
    if not one.name:
        del made["name"][0]["family"]
    if one.taxonomy:
        made["qualification"] = [{"code": concept(TAXONOMY, one.taxonomy)}]
    return made


def party_from(resource: Resource) -> Party:
    """Return who a Practitioner, an Organization or a Location is."""
    person = resource.get("resourceType") == "Practitioner"
    name: Any = resource.get("name") or ""
    names = (name[0] if name else {}) if person else {}
    given = [str(one) for one in names.get("given", ())] + ["", ""]
    kinds = [one.get("code") for one in resource.get("qualification", ())] if person else []
    kinds += [one for one in resource.get("type", ()) if isinstance(one, dict)]
    social = identified(resource, SSN)
    telecom = {one.get("system"): str(one.get("value", "")) for one in resource.get("telecom", ())}
    return Party(
        name=str(names.get("family", "")) if person else str(name),
        first=given[0],
        middle=given[1],
        npi=identified(resource, NPI),
        taxonomy=next((code for one in kinds if (code := coded(one, TAXONOMY))), ""),
        tax_id=identified(resource, EIN) or social,
        tax_is_ssn=bool(extended(resource, "tax-is-ssn") or social),
        address=address_from(resource),
        contact=extended(resource, "contact"),
        phone=telecom.get("phone", ""),
        email=telecom.get("email", ""),
    )


def payer_to(key: str, one: Payer) -> Resource:
    """Return a payer as an Organization."""
    made: Resource = {"resourceType": "Organization", "id": key, **address_to(one.address)}
    if one.name:
        made["name"] = one.name
    if one.id:
        made["identifier"] = [{"system": PAYER_ID, "value": one.id}]
    return made


def payer_from(resource: Resource) -> Payer:
    """Return a payer; its id of the payers' own system, or the only one that it has."""
    listed = resource.get("identifier", ())
    only = str(listed[0].get("value", "")) if len(listed) == 1 else ""
    return Payer(
        name=str(resource.get("name", "")),
        id=identified(resource, PAYER_ID) or only,
        address=address_from(resource),
    )
