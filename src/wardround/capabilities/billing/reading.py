"""The claim of a visit, read from the record: who, for whom, what for, and where each stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wardround.capabilities.billing.model import (
    Address,
    Claim,
    Diagnosis,
    Money,
    Party,
    Patient,
    Payer,
    ServiceLine,
    Subscriber,
)
from wardround.capabilities.billing.proposing import proposed
from wardround.kernel import ChartPath, Context, Evidence, NotFound, Resource, day_of

NPI = "http://hl7.org/fhir/sid/us-npi"
TAX = "urn:oid:2.16.840.1.113883.4.4"
PAYER_ID = "urn:oid:2.16.840.1.113883.6.300"
TAXONOMY = "http://nucc.org/provider-taxonomy"
FILING = "https://x12.org/codes/claim-filing-indicator-codes"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"

Fee = Callable[[str, tuple[str, ...], date | None], Money | None]
"""The clinic's charge for a procedure with modifiers on a day, or ``None`` where it has none."""

_PLACES = {"AMB": "11", "VR": "10", "HH": "12", "IMP": "21", "ACUTE": "21", "EMER": "23"}
"""CMS place-of-service codes by the class of an encounter (v3 ActEncounterCode)."""

_SEXES = {"male": "M", "female": "F"}
_RELATIONSHIPS = {"self": "18", "spouse": "01", "child": "19", "other": "G8"}
"""X12 1069 by FHIR's subscriber relationship."""


class Asked(NamedTuple):
    """What a claim is made from: the visit, and what its signed codes became in the chart."""

    subject: str
    encounter: str
    conditions: Sequence[str]
    charges: Sequence[str]


class Read(NamedTuple):
    """A claim as it was read, where each part stands, and the sources of what is only proposed."""

    claim: Claim
    evidence: tuple[Evidence, ...]
    proposed: tuple[str, ...]


def read_claim(claim_id: str, asked: Asked, context: Context, fee: Fee) -> Read:
    """Return the claim of a visit as far as the record knows it, and where each part stands."""
    reading = _Reading(context, fee)
    claim = reading.claim(claim_id, asked)
    return Read(claim, tuple(reading.evidence), tuple(reading.proposed))


class _Reading:
    """Reads the parts of one claim, and notes where each stands."""

    def __init__(self, context: Context, fee: Fee) -> None:
        self._context = context
        self._fee = fee
        self.evidence: list[Evidence] = []
        self.proposed: list[str] = []

    def claim(self, claim_id: str, asked: Asked) -> Claim:
        patient, visit = self._context.read(asked.subject), self._context.read(asked.encounter)
        self._stands("/claim/patient", asked.subject, "Patient")
        served = day_of(visit.get("period", {}).get("start"))
        diagnoses = tuple(self._diagnoses(asked.conditions))
        place = _PLACES.get(visit.get("class", {}).get("code", ""), "")
        coverages = self._coverages(asked.subject)
        return Claim(
            id=claim_id,
            patient=_patient(patient, coverages[0] if coverages else {}),
            subscribers=tuple(self._subscriber(n, one) for n, one in enumerate(coverages)),
            billing=self._billing(visit),
            rendering=self._rendering(visit),
            diagnoses=diagnoses,
            lines=tuple(self._services(asked, served, len(diagnoses))),
            place=place,
            encounter=asked.encounter,
        )

    def _diagnoses(self, references: Sequence[str]) -> Iterator[Diagnosis]:
        for place, reference in enumerate(references):
            code = _coding(self._context.read(reference).get("code"), ICD)
            self._stands(f"/claim/diagnoses/{place}", reference, "Condition.code")
            yield Diagnosis(code=code, source=reference)

    def _lines(
        self, references: Sequence[str], served: date | None, diagnoses: int
    ) -> Iterator[ServiceLine]:
        for place, reference in enumerate(references):
            item = self._context.read(reference)
            codings = item.get("code", {}).get("coding", [{}])
            procedure = str(codings[0].get("code", ""))
            day = day_of(item.get("occurrenceDateTime")) or served
            charge = item.get("priceOverride", {}).get("value")
            amount = self._fee(procedure, (), day) if charge is None else Decimal(str(charge))
            self._stands(f"/claim/lines/{place}", reference, "ChargeItem.code")
            yield ServiceLine(
                number=place + 1,
                procedure=procedure,
                charge=amount or Decimal("0.00"),
                units=Decimal(str(item.get("quantity", {}).get("value", 1))),
                pointers=tuple(range(1, min(diagnoses, 4) + 1)),
                begins=day,
                source=reference,
            )

    def _services(self, asked: Asked, served: date | None, diagnoses: int) -> Iterator[ServiceLine]:
        """Yield the signed charges, and behind them what the record holds besides."""
        signed = list(self._lines(asked.charges, served, diagnoses))
        yield from signed
        taken = {line.procedure for line in signed}
        found = proposed(self._context, asked.subject, asked.encounter, taken)
        for place, one in enumerate(found, start=len(signed)):
            self.evidence.append(Evidence(claim=f"/claim/lines/{place}", sources=one.sources))
            self.proposed.append(one.sources[0].resource)
            day = one.day or served
            price = Decimal(one.price) if one.price else self._fee(one.code, (), day)
            named = [asked.conditions.index(r) + 1 for r in one.reasons if r in asked.conditions]
            yield ServiceLine(
                number=place + 1,
                procedure=one.code,
                charge=price or Decimal("0.00"),
                units=one.units,
                pointers=tuple(dict.fromkeys(named))[:4] or tuple(range(1, min(diagnoses, 4) + 1)),
                begins=day,
                source=one.sources[0].resource,
            )

    def _coverages(self, subject: str) -> list[Resource]:
        """Return the active coverages, the first to pay first."""
        found = self._context.search("Coverage", patient=subject)
        active = [one for one in found if one.get("status") == "active"]
        return sorted(active, key=lambda one: (one.get("order", 1), one["id"]))[:3]

    def _subscriber(self, place: int, coverage: Resource) -> Subscriber:
        self._stands(f"/claim/subscribers/{place}", f"Coverage/{coverage['id']}", "Coverage")
        person = self._named(coverage.get("subscriber"))
        payer = self._named((coverage.get("payor") or [None])[0])
        group = [c for c in coverage.get("class", []) if _coding(c.get("type")) == "group"]
        return Subscriber(
            responsibility="PST"[place],
            relationship=_relationship(coverage) if place else "",
            member_id=str(coverage.get("subscriberId", "")),
            group=str(group[0].get("value", "")) if group else "",
            group_name=str(group[0].get("name", "")) if group else "",
            filing=_coding(coverage.get("type"), FILING),
            payer=Payer(
                name=str(payer.get("name", "")),
                id=_identifier(payer, PAYER_ID),
                address=_address(payer),
            ),
            **_person(person),
        )

    def _billing(self, visit: Resource) -> Party:
        reference = visit.get("serviceProvider", {})
        clinic = self._named(reference)
        if clinic:
            self._stands("/claim/billing", str(reference["reference"]), "Organization")
        taxonomy = [_coding(kind, TAXONOMY) for kind in clinic.get("type", [])]
        return Party(
            name=str(clinic.get("name", "")),
            npi=_identifier(clinic, NPI),
            tax_id=_identifier(clinic, TAX),
            taxonomy=next((code for code in taxonomy if code), ""),
            address=_address(clinic),
            phone=_phone(clinic),
        )

    def _rendering(self, visit: Resource) -> Party | None:
        taking_part = [part.get("individual", {}) for part in visit.get("participant", [])]
        for reference in taking_part:
            person = self._named(reference)
            npi = _identifier(person, NPI)
            if not npi:
                continue
            named = str(reference["reference"])
            self._stands("/claim/rendering", named, "Practitioner")
            name = (person.get("name") or [{}])[0]
            roles = self._context.search("PractitionerRole", practitioner=named)
            codes = [_coding(s, TAXONOMY) for role in roles for s in role.get("specialty", [])]
            return Party(
                name=str(name.get("family", "")),
                first=str((name.get("given") or [""])[0]),
                npi=npi,
                taxonomy=next((code for code in codes if code), ""),
            )
        return None

    def _named(self, reference: Mapping[str, Any] | None) -> Resource:
        """Return the resource that a reference names; nothing where it names none here."""
        if not reference or "reference" not in reference:
            return {}
        try:
            return self._context.read(str(reference["reference"]))
        except NotFound:
            return {}

    def _stands(self, claim: str, resource: str, path: str) -> None:
        self.evidence.append(
            Evidence(claim=claim, sources=(ChartPath(resource=resource, path=path),))
        )


def _patient(patient: Resource, coverage: Resource) -> Patient:
    died = day_of(patient.get("deceasedDateTime"))
    return Patient(**_person(patient), relationship=_relationship(coverage), death_date=died)


def _relationship(coverage: Resource) -> str:
    """Return what the patient is to the subscriber (X12 1069)."""
    relation = _coding(coverage.get("relationship")) or "self"
    return _RELATIONSHIPS.get(relation, "G8")


def _person(person: Resource) -> dict[str, Any]:
    """Return what a claim says of a person; nothing of nobody."""
    if not person:
        return {}
    names = person.get("name") or [{}]
    name = next((one for one in names if one.get("use") == "official"), names[0])
    given = name.get("given") or [""]
    return {
        "last": str(name.get("family", "")),
        "first": str(given[0]),
        "middle": str(given[1]) if len(given) > 1 else "",
        "birth_date": day_of(person.get("birthDate")),
        "sex": _SEXES.get(str(person.get("gender")), "U"),
        "address": _address(person),
    }


def _address(resource: Resource) -> Address:
    found = (resource.get("address") or [{}])[0]
    lines = found.get("line") or [""]
    country = str(found.get("country", ""))
    return Address(
        line=str(lines[0]),
        line2=str(lines[1]) if len(lines) > 1 else "",
        city=str(found.get("city", "")),
        state=str(found.get("state", "")),
        zip=str(found.get("postalCode", "")).replace("-", ""),
        country="" if country in {"US", "USA"} else country,
    )


def _phone(resource: Resource) -> str:
    phones = [t["value"] for t in resource.get("telecom", []) if t.get("system") == "phone"]
    digits = "".join(c for c in (phones or [""])[0] if c.isdigit())
    return digits.removeprefix("1") if len(digits) > 10 else digits


def _identifier(resource: Resource, system: str) -> str:
    found = [
        i.get("value", "") for i in resource.get("identifier", []) if i.get("system") == system
    ]
    return str(found[0]) if found else ""


def _coding(concept: Mapping[str, Any] | None, system: str | None = None) -> str:
    codings = (concept or {}).get("coding", [])
    found = [c.get("code", "") for c in codings if system in {None, c.get("system")}]
    return str(found[0]) if found else ""
