"""The sample clinic is whole: references resolve, codes are well formed, visits can be read."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

import wardround.clinic
from tests.clinic.codes import loinc_is_well_formed, snomed_is_well_formed
from wardround.clinic import SampleVisit, load_sample
from wardround.kernel import Role

DAY = date(2026, 11, 23)
CLINIC = load_sample(DAY, UTC)
BUNDLE: dict[str, Any] = json.loads(CLINIC.bundle)
RESOURCES: dict[str, dict[str, Any]] = {
    entry["request"]["url"]: entry["resource"] for entry in BUNDLE["entry"]
}

# Elements with a minimum cardinality of 1 in FHIR R4 (4.0.1).
REQUIRED = {
    "AllergyIntolerance": ("patient", "clinicalStatus"),
    "Appointment": ("status", "participant"),
    "Condition": ("subject", "clinicalStatus"),
    "Coverage": ("status", "beneficiary", "payor", "subscriberId"),
    "RelatedPerson": ("patient",),
    "DocumentReference": ("status", "content"),
    "Encounter": ("status", "class"),
    "Location": (),
    "MedicationRequest": ("status", "intent", "medicationCodeableConcept", "subject"),
    "MedicationStatement": ("status", "medicationCodeableConcept", "subject"),
    "Observation": ("status", "code"),
    "Organization": ("name",),
    "Patient": ("name", "gender", "birthDate", "identifier", "address", "telecom"),
    "Practitioner": ("name", "identifier"),
    "PractitionerRole": ("practitioner",),
}


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from walk(item)


def test_the_door_is_sorted() -> None:
    assert wardround.clinic.__all__ == sorted(wardround.clinic.__all__)


def test_a_real_morning() -> None:
    assert len(CLINIC.visits) >= 10
    assert [v.start for v in CLINIC.visits] == sorted(v.start for v in CLINIC.visits)
    for visit in CLINIC.visits:
        assert visit.start.date() == DAY
        assert (8, 30) <= (visit.start.hour, visit.start.minute) <= (12, 30)
    endings = {name.rpartition(".")[2] for visit in CLINIC.visits for name, _ in visit.parts}
    assert endings == {"txt", "json", "vtt", "srt", "TextGrid"}


def test_two_loads_of_a_day_are_one() -> None:
    assert load_sample(DAY, UTC) == CLINIC


def test_another_day_brings_its_own_visits_for_the_same_patients() -> None:
    next_day = load_sample(DAY + timedelta(days=1), UTC)
    assert {v.patient for v in next_day.visits} == {v.patient for v in CLINIC.visits}
    assert not {v.encounter for v in next_day.visits} & {v.encounter for v in CLINIC.visits}


def test_the_zone_sets_the_clock() -> None:
    west = load_sample(DAY, timezone(timedelta(hours=-8)))
    assert west.visits[0].start == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert b"08:30:00-08:00" in west.bundle


def test_the_machines_own_zone_is_the_default() -> None:
    assert load_sample(DAY).visits[0].start.hour == 8
    assert load_sample(DAY).visits[0].start.utcoffset() is not None


def test_it_is_a_transaction_of_puts_with_fixed_ids() -> None:
    assert (BUNDLE["resourceType"], BUNDLE["type"]) == ("Bundle", "transaction")
    assert len(RESOURCES) == len(BUNDLE["entry"])
    for url, resource in RESOURCES.items():
        assert url == f"{resource['resourceType']}/{resource['id']}"
        assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", resource["id"])
    assert {entry["request"]["method"] for entry in BUNDLE["entry"]} == {"PUT"}


def test_no_placeholder_is_left() -> None:
    assert b"{{" not in CLINIC.bundle


def test_every_reference_resolves() -> None:
    for resource in RESOURCES.values():
        for element in walk(resource):
            if "reference" in element:
                assert element["reference"] in RESOURCES, (resource["id"], element["reference"])
    for visit in CLINIC.visits:
        for reference in (visit.patient, visit.practitioner, visit.appointment, visit.encounter):
            assert reference in RESOURCES
    for person in CLINIC.people:
        assert person.reference in RESOURCES


@pytest.mark.parametrize("url", RESOURCES)
def test_required_elements_are_present(url: str) -> None:
    resource = RESOURCES[url]
    for element in REQUIRED[resource["resourceType"]]:
        assert resource.get(element), element


@pytest.mark.parametrize("url", RESOURCES)
def test_every_resource_is_valid_fhir(url: str) -> None:
    kind = RESOURCES[url]["resourceType"]
    get_fhir_model_class(kind).model_validate(RESOURCES[url])


def test_codes_are_well_formed() -> None:
    seen = dict.fromkeys(("loinc", "snomed", "icd-10", "rxnorm"), 0)
    for element in walk(list(RESOURCES.values())):
        system, code = element.get("system"), str(element.get("code"))
        match system:
            case "http://loinc.org":
                assert loinc_is_well_formed(code), code
                seen["loinc"] += 1
            case "http://snomed.info/sct":
                assert snomed_is_well_formed(code), code
                seen["snomed"] += 1
            case "http://hl7.org/fhir/sid/icd-10-cm":
                assert re.fullmatch(r"[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code), code
                seen["icd-10"] += 1
            case "http://www.nlm.nih.gov/research/umls/rxnorm":
                assert re.fullmatch(r"[1-9]\d{2,6}", code), code
                seen["rxnorm"] += 1
    assert all(seen.values()), seen


def test_one_code_has_one_meaning() -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for element in walk(list(RESOURCES.values())):
        if {"system", "code", "display"} <= element.keys():
            meanings.setdefault((element["system"], element["code"]), set()).add(element["display"])
    assert {key: value for key, value in meanings.items() if len(value) > 1} == {}


def test_dates_are_of_the_form_their_element_takes() -> None:
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
    for resource in RESOURCES.values():
        if resource["resourceType"] == "Appointment":
            assert re.fullmatch(moment, resource["start"])
            assert datetime.fromisoformat(resource["start"]) < datetime.fromisoformat(
                resource["end"]
            )
        if resource["resourceType"] == "DocumentReference":
            assert re.fullmatch(moment, resource["date"])
        if "birthDate" in resource:
            assert date.fromisoformat(resource["birthDate"]) < DAY


def test_nothing_but_the_visits_still_to_come_lies_ahead() -> None:
    for resource in RESOURCES.values():
        for key in ("onsetDateTime", "recordedDate", "authoredOn", "effectiveDateTime", "date"):
            if key in resource:
                assert resource[key][:10] <= DAY.isoformat(), resource["id"]


@pytest.mark.parametrize("visit", CLINIC.visits, ids=lambda visit: visit.title)
def test_the_appointment_and_encounter_are_this_visit(visit: SampleVisit) -> None:
    appointment, encounter = RESOURCES[visit.appointment], RESOURCES[visit.encounter]
    actors = {participant["actor"]["reference"] for participant in appointment["participant"]}
    assert {visit.patient, visit.practitioner} <= actors
    assert encounter["subject"]["reference"] == visit.patient
    assert encounter["participant"][0]["individual"]["reference"] == visit.practitioner
    nights = 3 if encounter["class"]["code"] == "IMP" else 0
    begun = visit.start - timedelta(days=nights)
    assert appointment["start"] == visit.start.isoformat()
    assert encounter["period"]["start"] == begun.isoformat()
    assert (appointment["status"], encounter["status"]) == (
        ("fulfilled", "finished") if visit.parts else ("booked", "planned")
    )
    assert bool(visit.parts) is not bool(visit.upload)


def test_every_role_that_works_in_a_clinic_is_there() -> None:
    elsewhere = {"researcher", "service"}
    assert {person.role for person in CLINIC.people} == set(Role) - elsewhere
    assert len({person.username for person in CLINIC.people}) == len(CLINIC.people)
    working = {person.reference for person in CLINIC.people if person.role == "clinician"}
    assert {visit.practitioner for visit in CLINIC.visits} <= working
