"""A claim as a FHIR R4 ``Claim`` that holds all it speaks of in ``contained``."""

from collections.abc import Iterator
from datetime import date

from wardround.capabilities.billing.fhir.people import (
    address_to,
    party_to,
    payer_to,
    person_to,
)
from wardround.capabilities.billing.fhir.services import LINE_TEAM, item_to
from wardround.capabilities.billing.fhir.supporting import supporting_to
from wardround.capabilities.billing.fhir.systems import (
    CAUSES,
    CLAIM_TYPE,
    COVERAGE_CLASS,
    DECIDED,
    FILING,
    HL7,
    ICD,
    NUMBER,
    ON_ADMISSION,
    ORDER,
    PAYEE,
    PCS,
    RELATION_X12,
    RELATIONS,
    RELATIONSHIP,
    ROLES,
    TEAM,
    USES,
    Resource,
    concept,
    extension,
    listed_to,
)
from wardround.capabilities.billing.model import Claim, Coded, Diagnosis, Subscriber

_WHERE = {"P": 1, "S": 2, "T": 3}


def claim_to_fhir(claim: Claim, created: date | None = None) -> Resource:
    """Return the claim as one resource, from which ``claim_from_fhir`` reads it back whole.

    FHIR wants to know when it was ``created``: where it is not said, the first day of service.
    """
    on = created or claim.serviced or claim.begins
    info = enumerate(supporting_to(claim), 1)
    made: Resource = {
        "resourceType": "Claim",
        "identifier": [{"system": NUMBER, "value": claim.id}],
        "status": "active",
        "type": concept(CLAIM_TYPE, claim.kind.value),
        "use": "claim",
        "patient": {"reference": "#patient"},
        "created": None if on is None else on.isoformat(),
        "provider": {"reference": "#billing"},
        "priority": concept(ORDER, "normal"),
        "contained": list(_contained(claim)),
        "insurance": _insurance(claim),
        "supportingInfo": [{"sequence": place, **one} for place, one in info],
        "careTeam": list(_team(claim)),
        "facility": {"reference": "#facility"} if claim.facility else None,
        "payee": _payee(claim),
        "related": _prior(claim.original),
        "diagnosis": [_diagnosis(n, one) for n, one in enumerate(claim.diagnoses, 1)],
        "procedure": [_procedure(n, one) for n, one in enumerate(claim.procedures, 1)],
        "accident": _accident(claim),
        "billablePeriod": _period(claim),
        "item": [item_to(claim, place) for place in range(len(claim.lines))],
        "total": {"value": float(claim.total), "currency": "USD"},
    }
    return {name: value for name, value in made.items() if value}


def _team(claim: Claim) -> Iterator[Resource]:
    named = [(n, field, field) for n, field in enumerate(ROLES, 1) if getattr(claim, field)]
    named += [
        (LINE_TEAM + place, f"rendering-{place}", "rendering")
        for place, line in enumerate(claim.lines)
        if line.rendering is not None
    ]
    for sequence, key, role in named:
        provider = {"reference": f"#{key}"}
        yield {"sequence": sequence, "provider": provider, "role": concept(TEAM, ROLES[role])}


def _payee(claim: Claim) -> Resource | None:
    if claim.pay_to is None:
        return None
    return {"type": concept(PAYEE, "provider"), "party": {"reference": "#pay-to"}}


def _prior(original: str) -> list[Resource]:
    prior = concept(f"{HL7}/ex-relatedclaimrelationship", "prior")
    return [{"relationship": prior, "reference": {"value": original}}] if original else []


def _procedure(place: int, one: Coded) -> Resource:
    at = {} if one.at is None else {"date": one.at.isoformat()}
    return {"sequence": place, "procedureCodeableConcept": concept(PCS, one.code), **at}


def _period(claim: Claim) -> Resource:
    days = {"start": claim.begins, "end": claim.ends}
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _contained(claim: Claim) -> Iterator[Resource]:
    yield person_to("patient", claim.patient)
    yield party_to("billing", claim.billing)
    for field in ROLES:
        party = getattr(claim, field)
        if party is not None:
            yield party_to(field, party)
    for place, line in enumerate(claim.lines):
        if line.rendering is not None:
            yield party_to(f"rendering-{place}", line.rendering)
    if claim.facility is not None:
        # A Location, since that is what Claim.facility refers to; the organization behind it
        # carries what a Location has no element for.
        organization = party_to("facility-organization", claim.facility)
        yield organization
        yield {
            "resourceType": "Location",
            "id": "facility",
            "managingOrganization": {"reference": "#facility-organization"},
        }
    if claim.pay_to is not None:
        yield {"resourceType": "Organization", "id": "pay-to", **address_to(claim.pay_to)}
    for place, one in enumerate(claim.subscribers):
        yield payer_to(f"payer-{place}", one.payer)
        yield person_to(f"subscriber-{place}", one)
        yield _coverage(claim, place, one)


def _coverage(claim: Claim, place: int, one: Subscriber) -> Resource:
    relation = claim.patient.relationship
    made: Resource = {
        "resourceType": "Coverage",
        "id": f"coverage-{place}",
        "status": "active",
        "beneficiary": {"reference": "#patient"},
        "subscriber": {"reference": f"#subscriber-{place}"},
        "payor": [{"reference": f"#payer-{place}"}],
        "relationship": {
            "coding": [
                {"system": RELATIONSHIP, "code": RELATIONS.get(relation, "other")},
                *([{"system": RELATION_X12, "code": relation}] if relation else []),
            ]
        },
        "extension": [
            extension("responsibility", one.responsibility),
            *(extension(field, str(value)) for field in DECIDED if (value := _said(one, field))),
            *listed_to("adjustments", one.adjustments),
        ],
    }
    if one.responsibility in _WHERE:
        made["order"] = _WHERE[one.responsibility]
    if one.member_id:
        made["subscriberId"] = one.member_id
    if one.filing:
        made["type"] = concept(FILING, one.filing)
    if one.group or one.group_name:
        group = {"type": concept(COVERAGE_CLASS, "group"), "value": one.group or "-"}
        made["class"] = [group | ({"name": one.group_name} if one.group_name else {})]
    return made


def _said(one: Subscriber, field: str) -> str:
    value = getattr(one, field)
    return "" if value is None else str(value)


def _insurance(claim: Claim) -> list[Resource]:
    if not claim.subscribers:
        nobody = {"display": "No coverage is known."}
        return [{"sequence": 1, "focal": True, "coverage": nobody}]
    return [
        {
            "sequence": place + 1,
            "focal": place == 0,
            "coverage": {"reference": f"#coverage-{place}"},
        }
        for place in range(len(claim.subscribers))
    ]


def _diagnosis(place: int, one: Diagnosis) -> Resource:
    made: Resource = {"sequence": place, "diagnosisCodeableConcept": concept(ICD, one.code)}
    if one.use in USES:
        made["type"] = [concept(*USES[one.use])]
    if one.on_admission:
        made["onAdmission"] = concept(ON_ADMISSION, one.on_admission.lower())
    ours = [extension("source", one.source)] if one.source else []
    if one.use not in {"diagnosis", *USES}:
        # Told as it is, so that the scrubber finds it there too.
        ours.append(extension("use", one.use))
    return made | ({"extension": ours} if ours else {})


def _accident(claim: Claim) -> Resource | None:
    if claim.accident_date is None:
        return None
    made: Resource = {"date": claim.accident_date.isoformat()}
    if claim.accident:
        made["type"] = concept(CAUSES, claim.accident)
    return made | (
        {"locationAddress": {"state": claim.accident_state}} if claim.accident_state else {}
    )
