"""A signed report of a slide as FHIR: what stands, by whom, and what it withdraws."""

from typing import Any

from fhir.resources.R4B.diagnosticreport import DiagnosticReport
from fhir.resources.R4B.observation import Observation

from tests.capabilities.pathology.reports import AT, ROSS, Held, draft, edited, made, report, worded
from wardround.capabilities.pathology import deciding, fhir


def signed(chart: Held, **more: Any) -> list[dict[str, Any]]:
    drafted = made()
    drafted = edited(drafted, deciding.correct(report(drafted), "read-0", 612, "By hand."))
    drafted = edited(drafted, deciding.reject(report(drafted), "read-1"))
    drafted = edited(drafted, deciding.confirm_all(report(drafted)))
    drafted = worded(drafted, " Invasive carcinoma. ")
    return fhir.resources(draft(drafted, **more), ROSS, AT, chart)


def test_what_stands_is_reported_and_nothing_else() -> None:
    *measures, made_of = signed(Held(), encounter="Encounter/e1")
    for one in measures:
        Observation.model_validate(one)
    DiagnosticReport.model_validate(made_of)
    codes = [one["code"]["coding"][0]["code"] for one in measures]
    assert "nuclear-area" not in codes, "it was left out"
    assert codes[0] == "nuclei"
    assert len(measures) == len(report(made()).measures) - 1
    assert made_of["conclusion"] == "Invasive carcinoma."
    assert made_of["code"]["coding"][0]["code"] == "11526-1"
    assert made_of["resultsInterpreter"][0]["reference"] == "Practitioner/ross"
    assert made_of["encounter"] == {"reference": "Encounter/e1"}
    assert [one["reference"] for one in made_of["result"]] == [
        f"Observation/{one['id']}" for one in measures
    ]
    assert len({one["id"] for one in [*measures, made_of]}) == len(measures) + 1


def test_a_number_says_its_unit_its_engine_and_who_corrected_it() -> None:
    by_code = {one["code"]["coding"][0]["code"]: one for one in signed(Held())}
    count, dense = by_code["nuclei"], by_code["nuclei-per-area"]
    assert count["valueQuantity"] == {
        "value": 612,
        "unit": "count",
        "system": "http://unitsofmeasure.org",
        "code": "1",
    }
    note = "Counted or measured by Dr Lene Ross; the engine read 600. By hand."
    assert count["note"] == [{"text": note}]
    assert dense["valueQuantity"]["code"] == "/mm2"
    assert dense["method"] == {"text": "known-counter 2"}
    assert "note" not in dense


def test_a_report_of_a_diagnosis_alone_is_one() -> None:
    drafted = made()
    for one in report(drafted).measures:
        drafted = edited(drafted, deciding.reject(report(drafted), one.id))
    (alone,) = fhir.resources(draft(worded(drafted, "Benign.")), ROSS, AT, Held())
    DiagnosticReport.model_validate(alone)
    assert "result" not in alone


def test_an_amendment_withdraws_what_stood_before() -> None:
    chart = Held()
    first = signed(chart)
    chart.known = {f"{one['resourceType']}/{one['id']}": one for one in first}
    drafted = worded(edited(made(), deciding.confirm_all(report(made()))), "Benign.")
    again = draft(drafted).model_copy(update={"id": "d2", "supersedes": "d1"})
    resources = fhir.resources(again, ROSS, AT, chart)
    withdrawn = [one for one in resources if one["status"] == "entered-in-error"]
    assert {one["id"] for one in withdrawn} == {one["id"] for one in first}
    for one in resources:
        kind = Observation if one["resourceType"] == "Observation" else DiagnosticReport
        kind.model_validate(one)
    assert {one["status"] for one in resources if one not in withdrawn} == {"amended"}


def test_an_amendment_of_what_is_not_in_the_chart_withdraws_nothing() -> None:
    resources = signed(Held(), supersedes="d0")
    assert {one["status"] for one in resources} == {"amended"}
