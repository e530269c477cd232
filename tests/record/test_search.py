"""What FHIR says of search parameters, on both databases (R4, section 3.1.1)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.record.conftest import START, body
from tests.record.searched import LOINC, MRN, RESOURCES, V3
from wardround.kernel import InvalidInput
from wardround.record import PARAMETERS, Chart


@pytest.fixture
def chart(chart: Chart) -> Chart:
    for resource in RESOURCES:
        chart.update(json.dumps(resource).encode())
    return chart


Parameters = Mapping[str, str | Sequence[str]]

CASES: list[tuple[str, Parameters, str]] = [
    # everything, by id, by several
    ("Patient", {}, "ada bo cy nobody"),
    ("Patient", {"_id": "bo"}, "bo"),
    ("Patient", {"_id": "bo,cy,zoe"}, "bo cy"),
    ("Group", {}, ""),
    # strings: the beginning of any part, whatever case, accents and punctuation
    ("Patient", {"name": "ada"}, "ada"),
    ("Patient", {"name": "ADA z"}, "ada"),
    ("Patient", {"name": "zoe"}, "ada"),
    ("Patient", {"family": "muller"}, "ada cy"),
    ("Patient", {"family": "MÜLLER ostergard"}, "ada"),
    ("Patient", {"family": "muller-oster"}, "ada"),
    ("Patient", {"family": "ller"}, ""),
    ("Patient", {"family:contains": "ller"}, "ada cy"),
    ("Patient", {"family:exact": "Muller"}, "cy"),
    ("Patient", {"family:exact": "muller"}, ""),
    ("Patient", {"family:exact": "Müller-Østergård"}, "ada"),
    ("Patient", {"family": "van der"}, "bo"),
    ("Patient", {"name": "o'keefe"}, ""),
    ("Patient", {"name:contains": "o'keefe"}, "ada"),
    ("Patient", {"name": "lady okeefe"}, "ada"),
    ("Patient", {"name": "dr"}, "ada"),
    ("Patient", {"given": r"Cy\, the \\ third"}, "cy"),
    ("Patient", {"given:exact": r"Cy\, the \\ third"}, "cy"),
    ("Patient", {"given": "nobody,bo"}, "bo"),
    ("Patient", {"address": "lodz"}, "ada"),
    ("Patient", {"name": "%"}, ""),
    ("Patient", {"name:contains": "_"}, ""),
    ("Patient", {"name": "'"}, ""),
    ("Patient", {"name": ","}, ""),
    ("Patient", {"name": "Ada' OR '1'='1"}, ""),
    ("Patient", {"name": "\0"}, ""),
    ("Patient", {"family:missing": "true"}, "nobody"),
    ("Patient", {"family:missing": "false"}, "ada bo cy"),
    ("ChargeItem", {"patient": "Patient/ada"}, "level"),
    ("ChargeItem", {"patient": "Patient/bo"}, ""),
    ("ChargeItem", {"context": "Encounter/past", "code": "99213"}, "level"),
    # tokens
    ("Patient", {"gender": "male"}, "bo"),
    ("Patient", {"gender": "Male"}, ""),
    ("Patient", {"gender": "male,other"}, "bo cy"),
    ("Patient", {"gender:not": "male"}, "ada cy nobody"),
    ("Patient", {"active": "true"}, "ada"),
    ("Patient", {"active": "false"}, "bo"),
    ("Patient", {"identifier": "A-1"}, "ada bo"),
    ("Patient", {"identifier": f"{MRN}|A-1"}, "ada"),
    ("Patient", {"identifier": f"{MRN}|"}, "ada cy"),
    ("Patient", {"identifier": "|plain"}, "ada"),
    ("Patient", {"identifier": "|A-1"}, ""),
    ("Patient", {"identifier": r"C\|3"}, "cy"),
    ("Patient", {"identifier": rf"{MRN}|C\|3"}, "cy"),
    ("Encounter", {"class": f"{V3}|AMB"}, "past"),
    ("Encounter", {"class": "IMP"}, "open"),
    ("Observation", {"code": "29463-7"}, "weight group"),
    ("Observation", {"code": f"{LOINC}|29463-7"}, "weight"),
    ("Observation", {"code": "|29463-7"}, "group"),
    ("Observation", {"category": "vital-signs"}, "weight"),
    ("Observation", {"code": f"{LOINC}|29463-7,{LOINC}|8302-2"}, "weight height"),
    # references
    ("Encounter", {"patient": "ada"}, "past open"),
    ("Encounter", {"patient": "Patient/ada"}, "past open"),
    ("Encounter", {"subject": "ada"}, "past open"),
    ("Encounter", {"subject:Patient": "ada"}, "past open"),
    ("Encounter", {"subject": "https://other.example/fhir/Patient/ada"}, "elsewhere"),
    ("Encounter", {"patient": "Patient/ad"}, ""),
    ("Observation", {"subject": "ada"}, "weight group"),
    ("Observation", {"subject": "Group/ada"}, "group"),
    ("Observation", {"subject:Group": "ada"}, "group"),
    ("Observation", {"patient": "ada"}, "weight"),
    ("Appointment", {"patient": "ada", "practitioner": "Practitioner/osei"}, "a1"),
    ("Appointment", {"actor": "Location/ada"}, "a1"),
    ("Appointment", {"practitioner": "ada"}, ""),
    ("Provenance", {"target": "Composition/c1"}, "p1"),
    ("Provenance", {"patient": "ada", "agent": "Device/model"}, "p1"),
    # dates: ranges as long as they are precise
    ("Patient", {"birthdate": "1950-02-01"}, "ada"),
    ("Patient", {"birthdate": "1950-02"}, "ada bo"),
    ("Patient", {"birthdate": "1950"}, "ada bo"),
    ("Patient", {"birthdate": "1951"}, "cy"),
    ("Patient", {"birthdate": "ne1950-02-01"}, "bo cy"),
    ("Patient", {"birthdate": "gt1950-02-01"}, "bo cy"),
    ("Patient", {"birthdate": "ge1950-02-01"}, "ada bo cy"),
    ("Patient", {"birthdate": "lt1950-02-02"}, "ada bo"),
    ("Patient", {"birthdate": "le1950-02-01"}, "ada bo"),
    ("Patient", {"birthdate": "sa1950-02-01"}, "cy"),
    ("Patient", {"birthdate": "sa1950"}, "cy"),
    ("Patient", {"birthdate": "eb1950-02-02"}, "ada"),
    ("Patient", {"birthdate": "eb1951"}, "ada bo"),
    ("Patient", {"birthdate": ["ge1950", "lt1951"]}, "ada bo"),
    ("Patient", {"birthdate": "1950-02-01,1951"}, "ada cy"),
    ("Encounter", {"date": "2026-03-14"}, "past"),
    ("Encounter", {"date": "ge2026-03-14"}, "past open elsewhere"),
    ("Encounter", {"date": "ge2026-03-14T09:20:00Z"}, "past open elsewhere"),
    ("Encounter", {"date": "sa2026-03-14"}, "elsewhere"),
    ("Encounter", {"date": "le2026-03-13"}, "open"),
    ("Encounter", {"date": ["ge2026-03-20T10:00:00+02:00", "lt2026-03-21"]}, "open elsewhere"),
    ("Encounter", {"date": ["sa2026-03-20T07:59:59Z", "eb2026-03-20T09:00:01Z"]}, "elsewhere"),
    ("Encounter", {"date": "2026-03-20"}, "elsewhere"),
    ("Observation", {"date": "2026-03"}, "weight height"),
    ("Observation", {"date": "2026-03-14"}, "weight"),
    ("Observation", {"date:missing": "true"}, "group"),
    ("MedicationStatement", {"effective": "2026-03-14"}, ""),
    ("MedicationStatement", {"effective": "ge2026-03-14"}, "m1"),
    ("Provenance", {"recorded": "2026-03-14T10:00:00.250Z"}, "p1"),
    ("Provenance", {"recorded": "gt2026-03-14T10:00:00.249Z"}, "p1"),
    # numbers: as precise as they are written
    ("RiskAssessment", {"probability": "0.25"}, "low"),
    ("RiskAssessment", {"probability": "0.250"}, ""),
    ("RiskAssessment", {"probability": "2.5e-1"}, "low"),
    ("RiskAssessment", {"probability": "ne0.25"}, "high"),
    ("RiskAssessment", {"probability": "gt0.249"}, "high"),
    ("RiskAssessment", {"probability": "ge0.249"}, "low high"),
    ("RiskAssessment", {"probability": "lt0.8"}, "low"),
    ("RiskAssessment", {"probability": "le0.8"}, "low high"),
    ("RiskAssessment", {"probability": "0"}, "low"),
    # all of several
    ("Observation", {"code": "29463-7", "patient": "ada", "status": "final"}, "weight"),
    ("Observation", {"status": ["final", "amended"]}, ""),
    ("Appointment", {"actor": ["Patient/ada", "Practitioner/osei"]}, "a1"),
]


def ids(chart: Chart, kind: str, parameters: Parameters) -> list[str]:
    return [stored.id for stored in chart.search(kind, parameters)]


def test_what_is_found(chart: Chart) -> None:
    wrong = {}
    for kind, parameters, expected in CASES:
        found = set(ids(chart, kind, parameters))
        if found != set(expected.split()) or chart.count(kind, parameters) != len(found):
            wrong[f"{kind}?{parameters}"] = found
    assert not wrong


@pytest.mark.parametrize(
    ("parameters", "where"),
    [
        ({"shoe-size": "43"}, "shoe-size"),
        ({"shoe-size": ""}, "shoe-size"),
        ({"name": ""}, "name"),
        ({"name": []}, "name"),
        ({"name": ["ada", ""]}, "name"),
        ({"name:sounds": "ada"}, "name:sounds"),
        ({"gender:exact": "male"}, "gender:exact"),
        ({"_id:exact": "ada"}, "_id:exact"),
        ({"_lastUpdated:missing": "true"}, "_lastUpdated:missing"),
        ({"general-practitioner:Nonsense": "1"}, "general-practitioner:Nonsense"),
        ({"family:missing": "maybe"}, "family:missing"),
        ({"birthdate": "yesterday"}, "birthdate"),
        ({"birthdate": "ap1950"}, "birthdate"),
        ({"birthdate": "gt"}, "birthdate"),
        ({"_lastUpdated": "soon"}, "_lastUpdated"),
        ({"_count": "many"}, "_count"),
        ({"_count": "-1"}, "_count"),
        ({"_count": "10001"}, "_count"),
        ({"_count": "٣"}, "_count"),
        ({"_count": ["1", "2"]}, "_count"),
        ({"_offset": "x"}, "_offset"),
        ({"_sort": "shoe-size"}, "shoe-size"),
        ({"_sort": ""}, ""),
        ({"_include": "Patient:organization"}, "_include"),
        ({"": "x"}, ""),
    ],
)
def test_what_cannot_be_asked(chart: Chart, parameters: Parameters, where: str) -> None:
    with pytest.raises(InvalidInput) as told:
        chart.search("Patient", parameters)
    assert told.value.where == where


def test_numbers_that_are_none(chart: Chart) -> None:
    for value in ("x", "", "1,x", "NaN", "Infinity", "1e999", "0x1", "1_0"):
        with pytest.raises(InvalidInput):
            chart.search("RiskAssessment", {"probability": value})


def test_an_unknown_parameter_names_those_that_are_known(chart: Chart) -> None:
    with pytest.raises(InvalidInput, match=r"Use one of: _id, _lastUpdated, active, .*birthdate"):
        chart.search("Patient", {"born": "1950"})
    with pytest.raises(InvalidInput, match="not one of FHIR R4"):
        chart.search("Nonsense", {})


def test_last_updated(chart: Chart) -> None:
    at = START.isoformat().replace("+00:00", "")  # Patient/ada is a second later, bo two
    for parameters, expected in [
        ({"_lastUpdated": f"{at[:-2]}01"}, "ada"),
        ({"_lastUpdated": "2026-03-14"}, "ada bo cy nobody"),
        ({"_lastUpdated": f"gt{at[:-2]}02"}, "cy nobody"),
        ({"_lastUpdated": f"sa{at[:-2]}02Z"}, "cy nobody"),
        ({"_lastUpdated": f"ge{at[:-2]}02"}, "bo cy nobody"),
        ({"_lastUpdated": f"lt{at[:-2]}02"}, "ada"),
        ({"_lastUpdated": f"eb{at[:-2]}02"}, "ada"),
        ({"_lastUpdated": f"le{at[:-2]}02"}, "ada bo"),
        ({"_lastUpdated": f"ne{at[:-2]}02"}, "ada cy nobody"),
        ({"_lastUpdated": "gt2026-03-14"}, ""),
        ({"_lastUpdated": "lt9999"}, "ada bo cy nobody"),
        ({"_lastUpdated": "9999"}, ""),
        ({"_lastUpdated": "gt0001-01-01T00:00:00+14:00"}, "ada bo cy nobody"),
    ]:
        assert set(ids(chart, "Patient", parameters)) == set(expected.split()), parameters


def test_the_newest_come_first(chart: Chart) -> None:
    assert ids(chart, "Patient", {}) == ["nobody", "cy", "bo", "ada"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("_id", "ada bo cy nobody"),
        ("-_id", "nobody cy bo ada"),
        ("_lastUpdated", "ada bo cy nobody"),
        ("birthdate,_id", "ada bo cy nobody"),
        ("-birthdate,-_id", "cy bo ada nobody"),
        ("family", "cy ada bo nobody"),
        ("-family", "bo ada cy nobody"),
        ("gender", "ada bo cy nobody"),
    ],
)
def test_sorted(chart: Chart, sort: str, expected: str) -> None:
    assert ids(chart, "Patient", {"_sort": sort}) == expected.split()


def test_page_by_page(chart: Chart) -> None:
    query = {"birthdate:missing": "false", "_sort": "_id", "_count": "2"}
    assert ids(chart, "Patient", query) == ["ada", "bo"]
    assert ids(chart, "Patient", {**query, "_offset": "2"}) == ["cy"]
    assert ids(chart, "Patient", {**query, "_offset": "4"}) == []
    assert ids(chart, "Patient", {**query, "_count": "0"}) == []
    assert chart.count("Patient", {**query, "_count": "0"}) == 3


def test_an_update_is_found_by_what_it_says_now(chart: Chart) -> None:
    chart.update(body("Patient", id="bo", gender="female"))
    assert set(ids(chart, "Patient", {"gender": "female"})) == {"ada", "bo"}
    assert ids(chart, "Patient", {"gender": "male"}) == []
    assert ids(chart, "Patient", {"identifier": "A-1"}) == ["ada"]


def test_values_without_end(chart: Chart) -> None:
    long = "Ünendlich " * 5000
    chart.update(
        body(
            "Patient",
            id="long",
            name=[{"family": long}],
            identifier=[{"system": long, "value": long}, {"value": long + "x"}],
            generalPractitioner=[{"reference": f"https://{long}"}],
        )
    )
    for parameters in (
        {"family": "unendlich"},
        {"family": long},
        {"family:exact": long},
        {"identifier": long},
        {"identifier": f"{long}|{long}"},
        {"general-practitioner": f"https://{long}"},
    ):
        assert ids(chart, "Patient", parameters) == ["long"]
    assert ids(chart, "Patient", {"identifier": long + "y"}) == []


@pytest.mark.parametrize("kind", sorted(PARAMETERS))
def test_nothing_in_the_wrong_shape_stands_in_the_way(chart: Chart, kind: str) -> None:
    """What a resource says in a shape that is not FHIR's is kept, and merely not found by."""
    odd: list[Any] = [None, 7, "x\0y", True, [], {}, [[{"a": None}]], {"reference": 7}]
    odd += [{"coding": {}}, {"coding": [7]}, {"code": 7, "system": []}, {"start": 7}, {"given": {}}]
    odd += [{"start": "x"}, {"reference": ""}, {"reference": "#"}, {"coding": [{"system": "s"}]}]
    roots = {path.split(".")[0] for one in PARAMETERS[kind].values() for path in one.paths}
    for number, value in enumerate(odd):
        chart.update(body(kind, id=f"odd-{number}", **dict.fromkeys(roots, value)))
        chart.update(body(kind, id=f"odds-{number}", **{root: [value, value] for root in roots}))
    everything = {stored.id for stored in chart.search(kind, {})}
    assert {f"odd-{number}" for number in range(len(odd))} <= everything
