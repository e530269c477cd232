"""How a signed report becomes FHIR R4: an Observation for each measure, and the report."""

from datetime import datetime
from typing import Any

from wardround.capabilities.pathology.model import Measure, Report, State
from wardround.kernel import Actor, Context, Draft, resource_id, whose, withdrawn

UCUM = "http://unitsofmeasure.org"
OWN = "urn:wardround:measure"
_STUDY = {"system": "http://loinc.org", "code": "11526-1", "display": "Pathology study"}
_PATHOLOGY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/v2-0074",
            "code": "SP",
            "display": "Surgical Pathology",
        }
    ]
}
_LABORATORY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "laboratory",
            "display": "Laboratory",
        }
    ]
}


def resources(draft: Draft, signer: Actor, at: datetime, context: Context) -> list[dict[str, Any]]:
    """Return an Observation for each measure that stands, the report, and what it withdraws."""
    report = Report.model_validate(draft.content)
    status = "amended" if draft.supersedes else "final"
    measures = [
        _observation(draft, one, signer, at, status) for one in report.measures if one.stands
    ]
    made: dict[str, Any] = {
        "resourceType": "DiagnosticReport",
        "id": resource_id(draft.id, "report"),
        "status": status,
        "category": [_PATHOLOGY],
        "code": {"coding": [_STUDY]},
        **whose(draft),
        "issued": at.isoformat(),
        "resultsInterpreter": [{"reference": signer.reference, "display": signer.name}],
        "conclusion": report.diagnosis.strip(),
    }
    if measures:
        made["result"] = [{"reference": f"Observation/{one['id']}"} for one in measures]
    return [*measures, made, *withdrawn(draft, context)]


def _observation(
    draft: Draft, measure: Measure, signer: Actor, at: datetime, status: str
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "Observation",
        "id": resource_id(draft.id, f"measure-{measure.id}"),
        "status": status,
        "category": [_LABORATORY],
        "code": {
            "coding": [{"system": OWN, "code": measure.code, "display": measure.display}],
            "text": measure.display,
        },
        **whose(draft),
        "issued": at.isoformat(),
        "performer": [{"reference": signer.reference, "display": signer.name}],
        "valueQuantity": _quantity(measure.value, measure.unit),
        "method": {"text": measure.model or f"{draft.model.name} {draft.model.version}"},
    }
    if measure.of is not None:
        looked_for = {"coding": [measure.of.model_dump()], "text": measure.of.display}
        made["component"] = [
            {"code": {"text": "What the model looks for"}, "valueCodeableConcept": looked_for}
        ]
    if measure.state is State.CORRECTED:
        own = f"Counted or measured by {signer.name}; the engine read {measure.read:g}."
        made["note"] = [{"text": f"{own} {measure.why}".strip()}]
    return made


def _quantity(value: float, unit: str) -> dict[str, Any]:
    """Return a quantity in UCUM; a plain count is in ones."""
    code = "1" if unit == "count" else unit
    return {"value": value, "unit": unit, "system": UCUM, "code": code}
