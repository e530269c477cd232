"""What a chart says of a score's inputs: which value counts, and what is not taken for granted."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wardround.capabilities.risk import SCORES, ChartOf, Found, Measured, answer
from wardround.kernel import InvalidInput

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATIENT = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1950-03-02"}
LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
CREATININE, PANEL, SYSTOLIC = "2160-0", "85354-9", "8480-6"
FAILURE = "84114007"


def observed(
    value: float, at: str = "2026-02-27", code: str = CREATININE, **more: Any
) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"o{value}",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "effectiveDateTime": at,
        "valueQuantity": {"value": value, "unit": "mg/dL", "system": UCUM, "code": "mg/dL"},
    } | more


def diagnosed(state: str = "active", verified: str = "confirmed") -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "id": "c",
        "code": {"coding": [{"system": SNOMED, "code": FAILURE}]},
        "clinicalStatus": {"coding": [{"code": state}]},
        "verificationStatus": {"coding": [{"code": verified}]},
        "onsetDateTime": "2011",
    }


def found(*resources: dict[str, Any], score: str = "ckd-epi") -> Found:
    return ChartOf([PATIENT, *resources], NOW).find(SCORES[score])


@pytest.mark.requirement("RISK-08")
def test_the_last_value_counts_and_says_where_it_stands() -> None:
    both = found(observed(1.0, "2026-02-20"), observed(1.4), observed(9.0, "2026-03-02"))
    assert both.given["creatinine"] == Measured(1.4, "mg/dL")
    (place,) = [one for one in both.chosen if one.input == "creatinine"]
    assert (place.resource, place.path, place.says) == (
        "Observation/o1.4",
        "valueQuantity",
        "1.4 mg/dL",
    )
    assert place.at == datetime(2026, 2, 27, tzinfo=UTC)


def test_age_is_that_of_the_day_and_sex_as_the_chart_has_it() -> None:
    assert found().given == {"age": 75.0, "sex": "female"}
    birthday = ChartOf([PATIENT], datetime(2026, 3, 2, tzinfo=UTC)).find(SCORES["ckd-epi"])
    assert birthday.given["age"] == 76.0
    other = ChartOf([PATIENT | {"gender": "other", "birthDate": "1950"}], NOW)
    assert other.find(SCORES["ckd-epi"]).given == {}


@pytest.mark.requirement("RISK-03")
def test_what_is_too_old_is_stale_and_no_value() -> None:
    old = found(observed(1.4, "2025-12-01"))
    assert old.stale == ["creatinine"]
    assert "creatinine" not in old.given
    said = answer(SCORES["ckd-epi"], old.given, stale=old.stale)
    assert said.result is None
    assert [reason.kind for reason in said.reasons] == ["stale"]


@pytest.mark.requirement("RISK-04")
def test_two_values_of_one_moment_contradict_each_other() -> None:
    two = found(observed(1.4), observed(2.4))
    assert two.conflicting == ["creatinine"]
    assert "creatinine" not in two.given


@pytest.mark.requirement("RISK-09")
@pytest.mark.parametrize(
    "more",
    [
        {"status": "entered-in-error"},
        {"status": "preliminary"},
        {"valueQuantity": {"value": 1.4, "comparator": "<"}},
        {"valueQuantity": None, "valueString": "normal"},
        {"effectiveDateTime": "2026-03-01T12:00:01Z"},
    ],
)
def test_what_does_not_stand_is_passed_over(more: dict[str, Any]) -> None:
    assert "creatinine" not in found(observed(1.4, **more)).given


def test_parts_of_a_panel_are_found() -> None:
    part = observed(142, code=SYSTOLIC)
    panel = observed(0, "2026-03-01T08:00:00Z", code=PANEL, component=[part])
    del panel["valueQuantity"]
    got = found(panel, score="qsofa")
    assert got.given["systolic"] == Measured(142, "mg/dL")
    assert got.chosen[-1].path == "component[0].valueQuantity"


@pytest.mark.requirement("RISK-09")
def test_a_diagnosis_is_a_yes_a_refuted_one_a_no_and_silence_neither() -> None:
    assert "heart-failure" not in found(score="cha2ds2-vasc").given
    assert found(diagnosed(), score="cha2ds2-vasc").given["heart-failure"] is True
    assert found(diagnosed("resolved"), score="cha2ds2-vasc").given["heart-failure"] is True
    refuted = found(diagnosed(verified="refuted"), score="cha2ds2-vasc")
    assert refuted.given["heart-failure"] is False
    wrong = found(diagnosed(verified="entered-in-error"), score="cha2ds2-vasc")
    assert "heart-failure" not in wrong.given


@pytest.mark.requirement("RISK-10")
def test_a_birth_to_come_and_a_second_patient_are_refused() -> None:
    with pytest.raises(InvalidInput, match="in the future"):
        ChartOf([PATIENT | {"birthDate": "2026-03-02"}], NOW).find(SCORES["ckd-epi"])
    with pytest.raises(InvalidInput, match="two patients"):
        found(PATIENT)
    with pytest.raises(InvalidInput, match="is none"):
        ChartOf([PATIENT | {"birthDate": "1950-13-02"}], NOW).find(SCORES["ckd-epi"])
