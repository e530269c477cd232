"""A small chart to search, and what it holds."""

from typing import Any

MRN = "urn:mrn"
LOINC = "http://loinc.org"
V3 = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def concept(code: str, system: str | None = LOINC) -> dict[str, Any]:
    coding = {"code": code} | ({"system": system} if system else {})
    return {"coding": [coding], "text": f"Words for {code}"}


RESOURCES = (
    {
        "resourceType": "Patient", "id": "ada", "gender": "female", "birthDate": "1950-02-01",
        "active": True, "identifier": [{"system": MRN, "value": "A-1"}, {"value": "plain"}],
        "name": [
            {"family": "Müller-Østergård", "given": ["Ada", "Zoë"], "prefix": ["Dr."]},
            {"text": "Lady O\u2019Keefe"},
        ],
        "address": [{"city": "Łódź", "line": ["1 Main Street"]}],
    },
    {
        "resourceType": "Patient", "id": "bo", "gender": "male", "birthDate": "1950-02",
        "active": False, "identifier": [{"system": "urn:other", "value": "A-1"}],
        "name": [{"family": "van der Berg", "given": ["Bo"]}],
    },
    {
        "resourceType": "Patient", "id": "cy", "gender": "other", "birthDate": "1951",
        "name": [{"family": "Muller", "given": ["Cy, the \\ third"]}],
        "identifier": [{"system": MRN, "value": "C|3"}],
    },
    {"resourceType": "Patient", "id": "nobody"},
    {
        "resourceType": "ChargeItem", "id": "level", "status": "billable",
        "code": concept("99213", "http://www.ama-assn.org/go/cpt"),
        "subject": {"reference": "Patient/ada"}, "context": {"reference": "Encounter/past"},
    },
    {
        "resourceType": "Encounter", "id": "past", "status": "finished",
        "class": {"system": V3, "code": "AMB"}, "subject": {"reference": "Patient/ada"},
        "period": {"start": "2026-03-14T09:00:00Z", "end": "2026-03-14T09:30:00Z"},
        "participant": [{"individual": {"reference": "Practitioner/osei"}}],
    },
    {
        "resourceType": "Encounter", "id": "open", "status": "in-progress",
        "class": {"code": "IMP"}, "subject": {"reference": "Patient/ada/_history/3"},
        "period": {"start": "2026-03-13"},
    },
    {
        "resourceType": "Encounter", "id": "elsewhere", "status": "planned",
        "subject": {"reference": "https://other.example/fhir/Patient/ada"},
        "period": {"start": "2026-03-20T10:00:00+02:00", "end": "2026-03-20T11:00:00+02:00"},
    },
    {
        "resourceType": "Observation", "id": "weight", "status": "final",
        "code": concept("29463-7"), "subject": {"reference": "Patient/ada"},
        "effectiveDateTime": "2026-03-14T09:10:00Z", "category": [concept("vital-signs", "c")],
    },
    {
        "resourceType": "Observation", "id": "height", "status": "final",
        "code": concept("8302-2"), "subject": {"reference": "Patient/bo"},
        "effectivePeriod": {"start": "2026-03-01", "end": "2026-03-31"},
    },
    {
        "resourceType": "Observation", "id": "group", "status": "amended",
        "code": concept("29463-7", None), "subject": {"reference": "Group/ada"},
        "effectiveDateTime": "not a date",
    },
    {
        "resourceType": "Appointment", "id": "a1", "status": "booked",
        "start": "2026-03-14T09:00:00Z",
        "participant": [
            {"actor": {"reference": "Patient/ada"}},
            {"actor": {"reference": "Practitioner/osei"}},
            {"actor": {"reference": "Location/ada"}},
        ],
    },
    {
        "resourceType": "MedicationStatement", "id": "m1", "status": "active",
        "effectivePeriod": {"start": "2026-01", "end": "9999-12-31"},
    },
    {
        "resourceType": "RiskAssessment", "id": "low", "status": "final",
        "subject": {"reference": "Patient/ada"}, "prediction": [{"probabilityDecimal": 0.249}],
    },
    {
        "resourceType": "RiskAssessment", "id": "high", "status": "final",
        "subject": {"reference": "Patient/bo"}, "prediction": [{"probabilityDecimal": 0.8}],
    },
    {
        "resourceType": "Provenance", "id": "p1", "recorded": "2026-03-14T10:00:00.250Z",
        "target": [{"reference": "Composition/c1"}, {"reference": "Patient/ada"}],
        "agent": [{"who": {"reference": "Device/model"}}, {"who": {"display": "Somebody"}}],
    },
)  # fmt: skip
