"""Many records: inputs or a bundle in, an answer with its reasons and sources out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wardround.capabilities.risk import Scoring
from wardround.kernel import InvalidInput

FEMALE = {"age": 50, "sex": "female", "creatinine": {"value": 88.4, "unit": "umol/L"}}


def scored(score: str = "ckd-epi", **line: Any) -> dict[str, Any]:
    return Scoring(score, lambda: datetime(2026, 3, 1, tzinfo=UTC)).batch({"id": 7, **line})


@pytest.mark.requirement("RISK-13")
def test_inputs_become_a_score_with_its_meaning() -> None:
    got = scored(inputs=FEMALE)
    assert (got["id"], got["status"], got["score"]) == (7, "result", 69.0)
    assert got["meaning"].startswith("G2")
    assert got["reasons"] == got["sources"] == []


def test_what_is_missing_is_said_and_a_range_is_an_interval() -> None:
    got = scored(
        "qsofa", inputs={"respiratory-rate": {"value": 24, "unit": "/min"}, "systolic": 96}
    )
    assert got["status"] == "range"
    assert got["interval"] == [2, 3]
    assert got["score"] is None
    assert [reason["input"] for reason in got["reasons"]] == ["coma-scale"]
    assert scored(inputs={"age": 50})["abstained"]


@pytest.mark.requirement("RISK-08")
def test_a_record_may_name_its_score_and_a_bundle_says_where_each_value_stands() -> None:
    patient = {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1961-05-12"}
    creatinine = {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "effectiveDateTime": "2026-02-25",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]},
        "valueQuantity": {"value": 1.4, "unit": "mg/dL"},
    }
    entry = [{"resource": patient}, {"resource": creatinine}]
    bundle = {"resourceType": "Bundle", "entry": entry}
    got = scored("qsofa", model="ckd-epi", bundle=bundle)
    assert got["score"] == 56.0
    assert [one["resource"] for one in got["sources"]] == [
        "Patient/p",
        "Patient/p",
        "Observation/o",
    ]
    later = scored(bundle=bundle, at="2026-12-01")
    assert later["abstained"]
    assert later["reasons"][0]["kind"] == "stale"


@pytest.mark.requirement("RISK-13")
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({}, "inputs or a bundle"),
        ({"inputs": FEMALE | {"weight": 70}}, "no input weight"),
        ({"inputs": FEMALE | {"creatinine": {"value": "high"}}}, "has a number"),
        ({"inputs": FEMALE | {"creatinine": [1]}}, "no value of an input"),
        ({"bundle": {"resourceType": "Patient"}}, "no FHIR Bundle"),
        ({"bundle": {"resourceType": "Bundle"}, "at": "yesterday"}, "no moment"),
        ({"inputs": FEMALE, "model": "apgar"}, "no score apgar"),
    ],
)
def test_what_cannot_be_read_is_refused_with_where(line: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        scored(**line)


@pytest.mark.requirement("RISK-05")
@pytest.mark.parametrize(
    ("creatinine", "kind"),
    [({"value": 88.4}, "unit"), ({"value": 88.4, "unit": "kg"}, "unit"), (400, "implausible")],
)
def test_a_wrong_unit_or_value_abstains_with_the_reason(creatinine: object, kind: str) -> None:
    got = scored(inputs=FEMALE | {"creatinine": creatinine})
    assert got["abstained"]
    assert got["reasons"][-1]["kind"] == kind


def test_a_score_that_is_not_there_is_refused_before_the_first_record() -> None:
    with pytest.raises(InvalidInput, match="One of: news2"):
        Scoring("apgar")
