"""R4 without PHI: nothing planted is left, what is left is valid R4, references still resolve."""

import base64
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle
from typer.testing import CliRunner

from wardround.interfaces.cli.app import app
from wardround.kernel import InvalidInput
from wardround.privacy.deid import Mode, Operator, Secret, limited_data_set, safe_harbor
from wardround.privacy.fhir import FhirCleaner, People

TODAY = date(2026, 1, 1)
NOTE = "Jan Kowalczyk of Rosenweg 5 was seen on 3/14/2024; call 617-555-0142."


def cleaned(resource: dict[str, Any], mode: Mode | None = None) -> dict[str, Any]:
    people = People()
    people.learn(resource)
    return FhirCleaner(mode or safe_harbor(), Secret(b"k" * 32), people, TODAY).clean(resource)


def patient(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": "kowalczyk-1",
        "meta": {"source": "urn:kowalczyk", "lastUpdated": "2024-03-14T10:00:00Z"},
        "text": {"status": "generated", "div": "<div>Jan Kowalczyk</div>"},
        "name": [{"family": "Kowalczyk", "given": ["Jan"]}],
        "telecom": [{"system": "phone", "value": "617-555-0142"}],
        "identifier": [{"system": "http://hospital.example/mrn", "value": "MRN-88421"}],
        "birthDate": "1962-03-14",
        "gender": "male",
        "address": [
            {
                "line": ["Rosenweg 5"],
                "city": "Boston",
                "state": "MA",
                "postalCode": "02139-4307",
                "country": "US",
                "text": "Rosenweg 5, Boston",
            }
        ],
        "photo": [{"data": "S293YWxjenlr"}],
        "contact": [{"name": {"family": "Kowalczyk"}}],
        "_birthDate": {"extension": [{"url": "x", "valueDateTime": "1962-03-14T04:05:00Z"}]},
        "extension": [{"url": "http://hospital.example/pet", "valueString": "Rex Kowalczyk"}],
        "kowalczyk": "Kowalczyk",
        **more,
    }


def planted() -> dict[str, Any]:
    about = {"reference": "Patient/kowalczyk-1", "display": "Jan Kowalczyk"}
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "identifier": {"value": "Kowalczyk"},
        "entry": [
            {"fullUrl": "http://kowalczyk.example/fhir/Patient/kowalczyk-1", "resource": patient()},
            {
                "fullUrl": "http://kowalczyk.example/fhir/Observation/o",
                "resource": {
                    "resourceType": "Observation",
                    "id": "o",
                    "status": "final",
                    "code": {
                        "coding": [
                            {"system": "http://loinc.org", "code": "8302-2", "display": "Height"},
                            {"system": "http://hospital.example/lab", "code": "KOWALCZYK"},
                        ],
                        "text": "Height of Kowalczyk",
                    },
                    "subject": about,
                    "effectiveDateTime": "2024-03-14T10:11:12Z",
                    "valueString": NOTE,
                    "note": [{"text": NOTE, "authorString": "Dr. Kowalczyk", "time": "2024-03-14"}],
                    "contained": [
                        {
                            "resourceType": "Practitioner",
                            "id": "kowalczyk",
                            "name": [{"text": "Kowalczyk"}],
                        }
                    ],
                    "performer": [{"reference": "#kowalczyk", "display": "Kowalczyk"}],
                },
            },
            {
                "resource": {
                    "resourceType": "DocumentReference",
                    "status": "current",
                    "subject": about,
                    "content": [
                        {
                            "attachment": {
                                "contentType": "text/plain",
                                "title": "Kowalczyk.txt",
                                "url": "http://kowalczyk.example/1",
                                "data": base64.b64encode(NOTE.encode()).decode(),
                            }
                        },
                        {"attachment": {"contentType": "application/pdf", "data": "S293YWxjenlr"}},
                    ],
                },
                "request": {
                    "method": "PUT",
                    "url": "DocumentReference?identifier=Kowalczyk",
                    "ifNoneExist": "identifier=Kowalczyk",
                },
            },
        ],
    }


@pytest.mark.parametrize(
    "mode", [safe_harbor(), safe_harbor(Operator.SURROGATE)], ids=["tag", "surrogate"]
)
def test_nothing_planted_is_left(mode: Mode) -> None:
    out = cleaned(planted(), mode)
    texts = json.dumps(out)
    for part in re.findall(r'"data": "([^"]+)"', texts):
        texts += base64.b64decode(part).decode()
    words = "kowalczyk|rosenweg|boston|0142|88421|02139|2024-03|1962-03|3/14|rex|hospital.example"
    assert not re.findall(words, texts, re.IGNORECASE)
    assert '"S293' not in texts
    Bundle.model_validate(out)


def test_references_still_lead_where_they_led() -> None:
    out = cleaned(planted())
    first, second, _ = (entry["resource"] for entry in out["entry"])
    assert second["subject"]["reference"] == f"Patient/{first['id']}"
    assert out["entry"][0]["fullUrl"].endswith(f"/Patient/{first['id']}")
    assert second["performer"][0]["reference"] == "#" + second["contained"][0]["id"]


def test_what_safe_harbor_leaves_of_a_patient() -> None:
    out = cleaned(patient())
    assert out["birthDate"] == "1962"
    assert out["address"] == [{"state": "MA", "country": "US", "postalCode": "021"}]
    assert out["gender"] == "male"
    assert out["meta"]["security"][0]["code"] == "PSEUDED"
    assert not out.keys() & {"name", "telecom", "text", "photo", "contact", "extension"}


def test_what_a_limited_data_set_leaves() -> None:
    out = cleaned(patient(), limited_data_set())
    assert out["birthDate"] == "1962-03-14"
    assert out["address"][0]["city"] == "Boston"
    assert out["address"][0]["postalCode"] == "02139-4307"
    assert "line" not in out["address"][0]
    assert not out.keys() & {"name", "telecom"}


def test_nothing_tells_an_age_over_89() -> None:
    assert "birthDate" not in cleaned(patient(birthDate="1930-01-01"))
    died = patient(birthDate="1900-01-01", deceasedDateTime="1960-05-05")
    assert cleaned(died)["birthDate"] == "1900"
    condition = {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/1"},
        "onsetAge": {"value": 94, "unit": "a"},
    }
    assert cleaned(condition)["onsetAge"]["value"] == 90


def test_a_thinly_peopled_zip_code_is_zeroes() -> None:
    there = patient(address=[{"postalCode": "03601", "state": "NH"}])
    assert cleaned(there)["address"] == [{"state": "NH", "postalCode": "000"}]


def test_moved_dates_keep_their_distances() -> None:
    condition = {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/1"},
        "onsetDateTime": "2024-01-01",
        "abatementDateTime": "2024-03-01T10:00:00Z",
        "recordedDate": "garbage",
    }
    out = cleaned(condition, safe_harbor(Operator.SURROGATE))
    start, end = (date.fromisoformat(out[f"{n}DateTime"][:10]) for n in ("onset", "abatement"))
    assert (end - start).days == 60
    assert start != date(2024, 1, 1)
    assert out["abatementDateTime"].endswith("T10:00:00Z")
    assert "recordedDate" not in out


def test_what_must_be_there_is() -> None:
    provenance = {
        "resourceType": "Provenance",
        "target": [{"reference": "Patient/1"}],
        "recorded": "2024-03-14T10:00:00Z",
        "agent": [{"who": {"reference": "Practitioner/2", "display": "Dr. Kowalczyk"}}],
    }
    out = cleaned(provenance)
    get_fhir_model_class("Provenance").model_validate(out)
    assert out["recorded"] == "2024-01-01T00:00:00Z"
    assert "display" not in out["agent"][0]["who"]


@pytest.mark.parametrize("wrong", [{}, {"resourceType": "Kowalczyk"}, {"resourceType": 7}])
def test_what_is_no_resource_is_refused_without_its_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        cleaned(wrong)
    assert "Kowalczyk" not in str(refused.value)


def test_a_folder_is_cleaned_beside_its_bad_files(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "Kowalczyk.json").write_text(json.dumps(patient()))
    observation = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Seen"},
        "subject": {"reference": "Patient/kowalczyk-1"},
        "valueString": "Kowalczyk feels better",
    }
    (source / "more.ndjson").write_text(json.dumps(observation) + "\n")
    (source / "bad.ndjson").write_text(json.dumps(observation) + "\n{cut")
    said = CliRunner().invoke(app, ["deid", "fhir", str(source), str(tmp_path / "out")])
    made = list((tmp_path / "out").iterdir())
    assert (said.exit_code, len(made)) == (1, 2)
    assert "2 cleaned, 1 left out." in said.stdout
    assert "Line 2 is no FHIR resource." in said.stderr
    assert not any("owalczyk" in path.name + path.read_text() for path in made)


@pytest.mark.data
def test_published_bundles_stay_valid_and_whole(data: Path) -> None:
    for path in sorted((data / "synthea-r4").glob("*.json"))[:3]:
        before = json.loads(path.read_text("utf-8"))
        after = cleaned(before)
        Bundle.model_validate(after)
        assert len(after["entry"]) == len(before["entry"])
        told = json.dumps(after)
        assert not _planted(before) & set(re.findall(r"[^\s\",]+", told))
        places = {entry["fullUrl"] for entry in after["entry"]}
        references = set(re.findall(r'"reference": "(urn:[^"]+)"', told))
        assert references
        assert references <= places


def _planted(bundle: dict[str, Any]) -> set[str]:
    words: set[str] = set()
    for entry in bundle["entry"]:
        resource = entry["resource"]
        words.add(resource["id"])
        if resource["resourceType"] == "Patient":
            words.update(re.findall(r"\d{4}-\d\d-\d\d", json.dumps(resource)))
            for thing in (*resource["telecom"], *resource["identifier"]):
                words.add(thing["value"])
            for name in resource["name"]:
                words.update((name["family"], *name["given"]))
    return words
