"""What signing codes writes: Conditions in order, their List, the evidence; what it withdraws."""

from base64 import b64decode
from typing import Any

import orjson
import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.capabilities.coding.words import (
    AT,
    ENCOUNTER,
    FISCHER,
    NOTE_TEXT,
    ROOM,
    Held,
    drafted,
    edited,
    rules,
)
from wardround.capabilities.coding import Coded, deciding
from wardround.kernel import Draft

NOTE = {
    "resourceType": "DocumentReference",
    "id": "n1",
    "status": "current",
    "content": [],
    "author": [{"reference": "Practitioner/osei", "display": "Dr Amara Osei"}],
}


def signed(chart: Held | None = None, draft: Draft | None = None) -> list[dict[str, Any]]:
    draft = draft or drafted()
    coded = Coded.model_validate(draft.content)
    accepted = edited(draft, deciding.accept(coded, "c2"))
    accepted = edited(accepted, deciding.set_level(coded, "99203", ""))
    return ROOM.resources(accepted.signed(FISCHER, AT), FISCHER, AT, chart or Held(NOTE))


def codes(resources: list[dict[str, Any]]) -> list[str]:
    return [
        one["code"]["coding"][0]["code"]
        for one in resources
        if one["resourceType"] == "Condition" and "clinicalStatus" in one
    ]


@pytest.mark.requirement("CODE-07")
def test_signed_codes_are_valid_fhir() -> None:
    for resource in signed():
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)


@pytest.mark.requirement("CODE-07")
def test_conditions_stand_in_the_order_of_the_claim() -> None:
    draft = drafted()
    moved = edited(draft, deciding.move(Coded.model_validate(draft.content), "c3", 0))
    made = signed(draft=moved)
    assert codes(made) == ["E11.9", "I10", "J02.9", "Z79.84"]
    (listed,) = [one for one in made if one["resourceType"] == "List"]
    assert [entry["item"]["display"] for entry in listed["entry"]] == codes(made)
    assert [entry["item"]["reference"] for entry in listed["entry"]] == [
        f"Condition/{one['id']}" for one in made if one["resourceType"] == "Condition"
    ]


def test_a_condition_names_visit_coder_and_note() -> None:
    condition = signed()[0]
    assert condition["encounter"] == {"reference": "Encounter/v1"}
    assert condition["subject"] == {"reference": "Patient/ada"}
    assert condition["recorder"]["reference"] == FISCHER.reference
    assert condition["evidence"][0]["detail"][0]["reference"] == "DocumentReference/n1"
    assert condition["code"]["coding"][0]["system"] == "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.requirement("CODE-12")
def test_a_confirmed_level_is_a_charge_of_the_clinician() -> None:
    (charge,) = [one for one in signed() if one["resourceType"] == "ChargeItem"]
    assert charge["code"]["coding"] == [
        {"system": "http://www.ama-assn.org/go/cpt", "code": "99203"}
    ]
    assert charge["performer"][0]["actor"]["display"] == "Dr Amara Osei"
    assert (charge["status"], charge["occurrenceDateTime"]) == ("billable", "2026-05-12")
    assert charge["context"] == {"reference": "Encounter/v1"}


def charges(draft: Draft, *known: dict[str, Any]) -> list[str]:
    made = ROOM.resources(draft, FISCHER, AT, Held(NOTE, *known))
    found = [one for one in made if one["resourceType"] == "ChargeItem"]
    return [one["code"]["coding"][0]["code"] for one in found]


@pytest.mark.requirement("CODE-12")
def test_a_level_that_is_not_clear_is_no_charge_until_it_is_confirmed() -> None:
    draft = drafted()
    assert charges(draft) == []
    none = edited(draft, deciding.set_level(Coded.model_validate(draft.content), "", ""))
    assert charges(none) == []


@pytest.mark.requirement("CODE-12")
def test_a_level_that_is_clear_is_charged_by_the_signature() -> None:
    before = {**ENCOUNTER, "id": "v0", "period": {"start": "2025-05-12"}}
    draft = drafted(chart=Held(before))
    assert rules(draft) == {"not-taken": "note"}
    assert charges(draft, before) == ["99213"]


@pytest.mark.requirement("CODE-06")
def test_a_suggestion_that_nobody_took_goes_nowhere_and_stays_in_the_evidence() -> None:
    made = ROOM.resources(drafted(), FISCHER, AT, Held(NOTE))
    assert "J02.9" not in codes(made)
    evidence = _evidence(made)
    assert (evidence["not_taken"], evidence["level"]) == (["J02.9"], "")
    assert any(item["words"] == ["Sore throat", "sore throat"] for item in evidence["evidence"])


def test_what_was_rejected_goes_nowhere_and_stays_in_the_evidence() -> None:
    draft = drafted()
    left = edited(draft, deciding.reject(Coded.model_validate(draft.content), "c3", "Other"))
    made = signed(draft=left)
    assert "E11.9" not in codes(made)
    evidence = _evidence(made)
    assert [c["state"] for c in evidence["content"]["codes"]].count("rejected") == 1


def _evidence(made: list[dict[str, Any]]) -> dict[str, Any]:
    (document,) = [one for one in made if one["resourceType"] == "DocumentReference"]
    data = b64decode(document["content"][0]["attachment"]["data"])
    found: dict[str, Any] = orjson.loads(data)
    return found


@pytest.mark.requirement("CODE-07")
def test_the_evidence_quotes_the_words_of_each_code() -> None:
    evidence = _evidence(signed())
    first = next(one for one in evidence["evidence"] if one["claim"] == "/codes/0")
    assert first["words"] == ["hypertension", "Hypertension"]
    spans = [one for one in first["sources"] if one["kind"] == "text"]
    assert [NOTE_TEXT[one["start"] : one["end"]] for one in spans] == first["words"]


@pytest.mark.requirement("CODE-07")
def test_codes_signed_anew_withdraw_those_before() -> None:
    before = signed()
    own = {"resourceType": "Condition", "id": "own", "encounter": {"reference": "Encounter/v1"}}
    chart = Held(NOTE, own, *before)
    draft = drafted(chart=chart)
    again = ROOM.resources(
        edited(
            edited(
                draft.model_copy(update={"id": "d2"}),
                deciding.accept(Coded.model_validate(draft.content), "c2"),
            ),
            deciding.set_level(Coded.model_validate(draft.content), "", ""),
        ).signed(FISCHER, AT),
        FISCHER,
        AT,
        chart,
    )
    withdrawn = [
        one for one in again if one["resourceType"] == "Condition" and "clinicalStatus" not in one
    ]
    old = {one["id"] for one in before if one["resourceType"] == "Condition"}
    assert {one["id"] for one in withdrawn} == old
    assert all(
        one["verificationStatus"]["coding"][0]["code"] == "entered-in-error" for one in withdrawn
    )
    statuses = {(one["resourceType"], one["status"]) for one in again if "status" in one}
    assert {
        ("List", "retired"),
        ("DocumentReference", "superseded"),
        ("ChargeItem", "entered-in-error"),
    } <= statuses
    for resource in again:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    third = ROOM.resources(
        drafted(chart=chart).model_copy(update={"id": "d3"}), FISCHER, AT, Held(NOTE, own, *again)
    )
    assert {one["id"] for one in third} & old == set()
