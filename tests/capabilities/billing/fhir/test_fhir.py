"""Claims to FHIR and back: whole, valid as R4, and others' bundles read."""

import json
from datetime import date
from decimal import Decimal

import pytest
from fhir.resources.R4B.claim import Claim as FhirClaim

from tests.capabilities.billing.scrubbing.made import PLAIN, STAY, changed
from tests.capabilities.billing.x12.made import Maker
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.fhir import claim_from_fhir, claim_to_fhir, claims_of_bundle
from wardround.capabilities.billing.scrubbing.measure.sample import Sample
from wardround.kernel import InvalidInput

CLAIMS = [PLAIN, STAY, *Sample(5).claims(60), *Maker(6).claims(60)]


@pytest.mark.requirement("BILL-03")
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda one: f"{one.kind.value}-{one.id}")
def test_a_claim_is_valid_fhir_and_reads_back_as_it_was(claim: Claim) -> None:
    made = claim_to_fhir(claim)
    FhirClaim.model_validate(made)
    assert claim_from_fhir(json.loads(json.dumps(made))) == claim


def test_all_that_is_contained_is_referred_to() -> None:
    for claim in CLAIMS:
        made = claim_to_fhir(claim)
        text = json.dumps(made)
        for one in made["contained"]:
            assert f'"#{one["id"]}"' in text


def test_an_empty_claim_reads_back_too() -> None:
    empty = Claim(id="C1")
    assert claim_from_fhir(claim_to_fhir(empty)) == empty


def test_the_patient_stays_with_the_claim_where_the_record_puts_its_own_reference() -> None:
    made = claim_to_fhir(PLAIN) | {"id": "abc", "patient": {"reference": "Patient/1"}}
    assert claim_from_fhir(made) == PLAIN


def test_when_it_was_created_is_said_or_the_first_day_of_service() -> None:
    assert claim_to_fhir(PLAIN)["created"] == "2026-06-02"
    assert claim_to_fhir(PLAIN, date(2026, 6, 9))["created"] == "2026-06-09"


BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "fullUrl": "urn:uuid:p",
            "resource": {
                "resourceType": "Patient", "id": "p", "gender": "female",
                "birthDate": "1980-02-03",
                "name": [{"use": "nickname", "given": ["Annie"]},
                         {"use": "official", "family": "Marsh", "given": ["Ana", "K"]}],
                "address": [{"line": ["14 Elm St"], "city": "Albany", "state": "NY",
                             "postalCode": "12207"}],
            },
        },
        {
            "fullUrl": "https://example.org/fhir/Organization/o",
            "resource": {
                "resourceType": "Organization", "id": "o", "name": "Lakeside",
                "identifier": [
                    {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"},
                    {"system": "urn:oid:2.16.840.1.113883.4.4", "value": "123456789"},
                ],
            },
        },
        {
            "resource": {
                "resourceType": "Practitioner", "id": "d",
                "name": [{"family": "Okafor", "given": ["Chidi"]}],
                "identifier": [
                    {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1497758544"}
                ],
            }
        },
        {
            "resource": {
                "resourceType": "Organization", "id": "payer", "name": "Mutual",
                "identifier": [{"system": "https://example.org/payers", "value": "60054"}],
            }
        },
        {
            "resource": {
                "resourceType": "Coverage", "id": "c", "status": "active",
                "beneficiary": {"reference": "Patient/p"},
                "subscriber": {"reference": "urn:uuid:p"},
                "subscriberId": "W123456789", "order": 1,
                "relationship": {"coding": [{"code": "self"}]},
                "payor": [{"reference": "Organization/payer"}],
            }
        },
        {
            "resource": {
                "resourceType": "Condition", "id": "k",
                "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm",
                                     "code": "I10"}]},
            }
        },
        {
            "resource": {
                "resourceType": "Claim", "id": "claim-1", "status": "active", "use": "claim",
                "type": {"coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/claim-type",
                     "code": "professional"}]},
                "patient": {"reference": "urn:uuid:p"},
                "created": "2026-06-03",
                "provider": {"reference": "https://example.org/fhir/Organization/o"},
                "priority": {"coding": [{"code": "normal"}]},
                "billablePeriod": {"start": "2026-06-02", "end": "2026-06-02"},
                "careTeam": [{"sequence": 1, "provider": {"reference": "Practitioner/d"},
                              "role": {"coding": [{"code": "primary"}]}}],
                "diagnosis": [{"sequence": 1,
                               "diagnosisReference": {"reference": "Condition/k"}}],
                "insurance": [{"sequence": 1, "focal": True,
                               "coverage": {"reference": "Coverage/c"}}],
                "item": [
                    {
                        "sequence": 1, "diagnosisSequence": [1], "careTeamSequence": [1],
                        "productOrService": {"coding": [
                            {"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
                        "modifier": [{"coding": [{"code": "25"}]}],
                        "servicedDate": "2026-06-02",
                        "locationCodeableConcept": {"coding": [{"code": "11"}]},
                        "quantity": {"value": 2},
                        "unitPrice": {"value": 60.25, "currency": "USD"},
                    }
                ],
            }
        },
    ],
}  # fmt: skip


def test_a_bundle_of_others_is_read() -> None:
    (claim,) = claims_of_bundle(BUNDLE)
    assert claim.id == "claim-1"
    assert (claim.patient.last, claim.patient.first, claim.patient.middle) == ("Marsh", "Ana", "K")
    assert (claim.patient.sex, claim.patient.relationship) == ("F", "18")
    assert (claim.billing.name, claim.billing.npi, claim.billing.tax_id) == (
        "Lakeside", "1234567893", "123456789",
    )  # fmt: skip
    assert claim.rendering is not None
    assert (claim.rendering.name, claim.rendering.npi) == ("Okafor", "1497758544")
    (covered,) = claim.subscribers
    assert (covered.payer.name, covered.payer.id) == ("Mutual", "60054")
    assert (covered.member_id, covered.responsibility, covered.last) == ("W123456789", "P", "")
    (diagnosis,) = claim.diagnoses
    assert (diagnosis.code, diagnosis.source) == ("I10", "Condition/k")
    (line,) = claim.lines
    assert (line.procedure, line.modifiers, line.pointers) == ("99213", ("25",), (1,))
    assert (line.charge, line.units, line.begins) == (
        Decimal("120.50"), Decimal(2), date(2026, 6, 2),
    )  # fmt: skip
    assert claim.place == "11"
    assert claim.begins is None, "a period of a professional claim is no statement"


@pytest.mark.parametrize(
    "wrong",
    [
        {"item": [{"sequence": 1, "net": {"value": "ten"}}]},
        {"item": [{"sequence": 0}]},
        {"item": [{"servicedDate": "yesterday!"}]},
        {"insurance": ["none"]},
        {"contained": [{"id": "patient", "name": "Marsh"}]},
        {"identifier": "C1"},
        {"identifier": []},
    ],
)
def test_what_cannot_be_read_is_said_without_what_stands_there(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as told:
        claim_from_fhir(claim_to_fhir(changed(PLAIN)) | {"id": ""} | wrong)
    assert "Marsh" not in str(told.value)
    assert "yesterday" not in str(told.value)


def test_another_resource_is_no_claim() -> None:
    with pytest.raises(InvalidInput, match="no FHIR Claim"):
        claim_from_fhir({"resourceType": "Patient"})
