"""People out of FHIR: from resources, Bundles, and what our own cleaning leaves of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wardround.privacy.cohort import measure_risk, read_cohort
from wardround.privacy.deid import Secret, safe_harbor
from wardround.privacy.fhir import FhirCleaner, People

DAY = date(2026, 11, 24)
CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
CATEGORY = "ombCategory"
OMB = {"system": "urn:oid:2.16.840.1.113883.6.238"}
ADA: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "ada",
    "birthDate": "1951-12-09",
    "gender": "female",
    "address": [{"city": "Madison", "state": "WI", "postalCode": "53703", "country": "US"}],
    "maritalStatus": {"coding": [{"code": "M"}]},
    "communication": [{"language": {"coding": [{"code": "en-US"}]}}],
    "extension": [
        {
            "url": f"{CORE}race",
            "extension": [
                {
                    "url": "ombCategory",
                    "valueCoding": {**OMB, "code": "2106-3", "display": "White"},
                },
                {
                    "url": "ombCategory",
                    "valueCoding": {**OMB, "code": "2028-9", "display": "Asian"},
                },
                {"url": "text", "valueString": "Mixed"},
            ],
        },
        {"url": f"{CORE}ethnicity", "extension": [{"url": "text", "valueString": "Unknown"}]},
    ],
}
BEA: dict[str, Any] = {"resourceType": "Patient", "id": "bea", "deceasedDateTime": "2020"}
CONDITION: dict[str, Any] = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/ada"},
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]},
}
ROW = {
    "birth_date": "1951-12-09",
    "birth_year": "1951",
    "age": "74",
    "sex": "female",
    "zip": "53703",
    "zip3": "537",
    "city": "Madison",
    "state": "WI",
    "country": "US",
    "race": "Asian|White",
    "ethnicity": "Unknown",
    "language": "en-US",
    "marital": "M",
    "deceased": "no",
    "conditions": "44054006",
}


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.json", [bundle(CONDITION, ADA, BEA)]),
        ("a.ndjson", [ADA, BEA, CONDITION]),
        ("a.jsonl", [bundle(ADA, CONDITION), bundle(BEA)]),
    ],
)
def test_the_same_row_from_every_form(
    tmp_path: Path, name: str, lines: list[dict[str, Any]]
) -> None:
    (tmp_path / name).write_text("\n".join(map(json.dumps, lines)))
    cohort = read_cohort(tmp_path / name, DAY)
    assert cohort.rows[0] == ROW
    assert (cohort.rows[1]["age"], cohort.rows[1]["deceased"]) == ("", "yes")
    assert measure_risk(cohort, ["birth_year", "sex", "zip3"]).unique == 2


def test_what_is_no_patient_of_ours_fells_nothing(tmp_path: Path) -> None:
    odd: dict[str, Any] = {"resourceType": "Patient", "address": "x", "extension": [7], "id": 5}
    odd |= {"communication": [{}], "birthDate": 7, "maritalStatus": "M"}
    (tmp_path / "a.json").write_text(json.dumps(bundle(odd, {"resourceType": "Condition"})))
    (row,) = read_cohort(tmp_path / "a.json", DAY).rows
    assert {name for name, value in row.items() if value} == {"deceased"}


def test_charts_without_phi_are_a_cohort(tmp_path: Path) -> None:
    cleaner = FhirCleaner(safe_harbor(), Secret.new(), People(), DAY)
    (tmp_path / "a.ndjson").write_text(json.dumps(cleaner.clean(bundle(ADA, CONDITION))))
    (row,) = read_cohort(tmp_path / "a.ndjson", DAY).rows
    kept = ("birth_year", "age", "sex", "zip", "state", "race", "conditions")
    assert [row[name] for name in kept] == [
        "1951", "75", "female", "537", "WI", "Asian|White", "44054006",
    ]  # fmt: skip
    assert not row["city"]
