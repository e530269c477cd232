from typing import Any

from fhir.resources.R4B.diagnosticreport import DiagnosticReport
from fhir.resources.R4B.imagingstudy import ImagingStudy
from fhir.resources.R4B.observation import Observation

from tests.capabilities.radiology.studies import (
    AT,
    PLACED,
    RAO,
    STUDY,
    Held,
    draft,
    drafted,
    edited,
    radiograph,
    room,
)
from wardround.capabilities.radiology import Report, deciding
from wardround.kernel import Drafted


def signed(**more: Any) -> tuple[list[dict[str, Any]], Drafted, Held]:
    radiology, chart = room(PLACED), Held(radiograph())
    made = drafted(radiology, chart)
    report = Report.model_validate(made.content)
    made = edited(radiology, made, deciding.confirm(report, "read-0"))
    report = Report.model_validate(made.content)
    made = edited(radiology, made, deciding.add(report, "Rib fracture", []))
    return radiology.resources(draft(made, chart, **more), RAO, AT, chart), made, chart


def test_a_report_is_study_findings_and_conclusion() -> None:
    (study, pneumonia, rib, report), _, _ = signed()
    for model, resource in (
        (ImagingStudy, study),
        (Observation, pneumonia),
        (Observation, rib),
        (DiagnosticReport, report),
    ):
        model.model_validate(resource)
    assert study["identifier"][0]["value"] == f"urn:oid:{STUDY}"
    assert study["series"][0]["instance"][0]["sopClass"]["code"].startswith("urn:oid:1.2.840")
    assert pneumonia["code"]["coding"][0]["code"] == "233604007"
    assert pneumonia["valueCodeableConcept"]["coding"][0]["display"] == "Present"
    assert pneumonia["component"][0]["valueQuantity"]["value"] == 0.91
    assert rib["code"] == {"text": "Rib fracture"}
    assert "component" not in rib
    assert report["conclusion"] == "Pneumonia. Rib fracture."
    assert report["code"]["coding"][0]["code"] == "30745-4"
    assert report["effectiveDateTime"] == "2026-11-20"
    assert {one["reference"] for one in report["result"]} == {
        f"Observation/{one['id']}" for one in (pneumonia, rib)
    }


def test_what_is_absent_is_reported_too() -> None:
    radiology, chart = room(PLACED), Held(radiograph())
    made = drafted(radiology, chart)
    edit = deciding.deny(Report.model_validate(made.content), "read-0", "Artefact or technique")
    made = edited(radiology, made, edit)
    _, finding, report = radiology.resources(draft(made, chart), RAO, AT, chart)
    assert finding["valueCodeableConcept"]["coding"][0]["display"] == "Absent"
    assert "Artefact" in finding["note"][0]["text"]
    assert report["conclusion"] == "No sign of pneumonia."


def test_an_amendment_withdraws_what_stood_before() -> None:
    first, made, chart = signed()
    for one in first:
        chart.known[f"{one['resourceType']}/{one['id']}"] = one
    again = draft(made, chart).model_copy(update={"id": "d2", "supersedes": "d1"})
    resources = room(PLACED).resources(again, RAO, AT, chart)
    withdrawn = {one["id"] for one in resources if one.get("status") == "entered-in-error"}
    assert withdrawn == {one["id"] for one in first if one["resourceType"] != "ImagingStudy"}
    assert [one["status"] for one in resources if one["resourceType"] == "DiagnosticReport"] == [
        "amended",
        "entered-in-error",
    ]


def test_the_study_before_is_named_with_what_it_said() -> None:
    first, _, chart = signed()
    for one in first:
        chart.known[f"{one['resourceType']}/{one['id']}"] = one
    later = Held(
        radiograph(StudyInstanceUID="1.2.3", StudyDate="20261127"), known=list(chart.known.values())
    )
    report = Report.model_validate(drafted(room(PLACED), later).content)
    assert report.prior is not None
    assert report.prior.says == "Pneumonia present; Rib fracture present"
    assert report.prior.taken == "2026-11-20"
    same = Held(radiograph(), known=list(chart.known.values()))
    assert Report.model_validate(drafted(room(PLACED), same).content).prior is None
