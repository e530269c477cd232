import json
from decimal import Decimal
from typing import Any

from wardround.interfaces.web import fhir_facts as facts


def observation(value: str, at: str, **more: Any) -> dict[str, Any]:
    quantity = json.loads(f'{{"value": {value}, "unit": "%"}}', parse_float=Decimal)
    return {
        "resourceType": "Observation",
        "id": f"o-{at}",
        "status": "final",
        "code": {"text": "HbA1c", "coding": [{"code": "4548-4"}]},
        "valueQuantity": quantity,
        "effectiveDateTime": at,
        **more,
    }


def test_the_newest_result_stands_with_the_one_before_it() -> None:
    found = facts.results([observation("7.80", "2026-01-01"), observation("8.4", "2026-03-01")])
    assert [(r.value, r.before, r.at) for r in found] == [("8.4 %", "7.80 %", "2026-03-01")]


def test_a_result_out_of_range_is_told_in_words() -> None:
    limits = [{"low": {"value": 4}, "high": {"value": 6}}]
    high = facts.results([observation("7", "2026-01-01", referenceRange=limits)])[0]
    low = facts.results([observation("3", "2026-01-01", referenceRange=limits)])[0]
    fine = facts.results([observation("5", "2026-01-01", referenceRange=limits)])[0]
    assert (high.flag, low.flag, fine.flag) == ("High", "Low", "")
    assert high.range == "4 to 6"


def test_what_was_entered_in_error_is_not_shown() -> None:
    assert facts.results([observation("7", "2026-01-01", status="entered-in-error")]) == []
    wrong = {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}, "id": "a"}
    assert facts.allergies([wrong]) == []


def test_blood_pressure_is_one_value() -> None:
    def part(code: str, value: int) -> dict[str, Any]:
        return {
            "code": {"coding": [{"code": code}]},
            "valueQuantity": {"value": value, "unit": "mmHg"},
        }

    item = observation("1", "2026-01-01")
    del item["valueQuantity"]
    item["component"] = [part("8480-6", 142), part("8462-4", 86)]
    assert facts.results([item])[0].value == "142/86 mmHg"


def test_the_gravest_allergy_comes_first() -> None:
    found = facts.allergies(
        [
            {"id": "1", "code": {"text": "Nuts"}},
            {"id": "2", "code": {"text": "Penicillin"}, "criticality": "high"},
            {"id": "3", "code": {"coding": [{"code": "716186003", "display": "None known"}]}},
        ]
    )
    assert [(a.text, a.high, a.none) for a in found] == [
        ("Penicillin", True, False),
        ("Nuts", False, False),
        ("None known", False, True),
    ]


def test_a_patient_with_nothing_recorded_is_still_a_patient() -> None:
    found = facts.patient({"resourceType": "Patient", "id": "x"})
    assert (found.name, found.sex, found.born, found.number) == (
        "Name not recorded",
        "sex not recorded",
        None,
        "",
    )
