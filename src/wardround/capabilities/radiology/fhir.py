"""How a signed report becomes FHIR R4: the study, an Observation a finding, and the report.

What is absent is reported as well: a reader of the chart can tell it from what was not looked at.
An amended report withdraws the findings of the one before. The day a study was taken is told
without the time: DICOM names no zone, and FHIR knows no time without one.
"""

from datetime import datetime
from typing import Any

from wardround.capabilities.radiology.impression import said
from wardround.capabilities.radiology.model import SNOMED, Finding, Report, State
from wardround.kernel import Actor, Context, Draft, resource_id, whose, withdrawn

LOINC = "http://loinc.org"
DICOM_UID = "urn:dicom:uid"
DCM = "http://dicom.nema.org/resources/ontology/DCM"
PRESENT = {"system": SNOMED, "code": "52101004", "display": "Present"}
ABSENT = {"system": SNOMED, "code": "2667000", "display": "Absent"}
_CHEST_VIEWS = {"system": LOINC, "code": "30745-4", "display": "XR Chest Views"}
_ANY_STUDY = {"system": LOINC, "code": "18748-4", "display": "Diagnostic imaging study"}
_RADIOLOGY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/v2-0074",
            "code": "RAD",
            "display": "Radiology",
        }
    ]
}
_IMAGING = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "imaging",
            "display": "Imaging",
        }
    ]
}


def resources(draft: Draft, signer: Actor, at: datetime, context: Context) -> list[dict[str, Any]]:
    """Return ImagingStudy, Observations and DiagnosticReport, and what an amendment withdraws."""
    report = Report.model_validate(draft.content)
    study = _study(draft, report)
    findings = [
        _observation(draft, one, study, signer, at)
        for one in report.findings
        if one.state is not State.SUGGESTED
    ]
    made = _report(draft, report, findings, signer, at)
    return [study, *findings, made, *withdrawn(draft, context)]


def _study(draft: Draft, report: Report) -> dict[str, Any]:
    study = report.study
    pictures = [one for one in study.pictures if one.instance]
    series: dict[str, list[Any]] = {}
    for one in pictures:
        series.setdefault(one.series, []).append(one)
    made: dict[str, Any] = {
        "resourceType": "ImagingStudy",
        "id": resource_id(draft.id, "study"),
        "status": "available",
        **whose(draft),
        "numberOfInstances": len(study.pictures),
    }
    if study.uid:
        made["identifier"] = [{"system": DICOM_UID, "value": f"urn:oid:{study.uid}"}]
    if study.taken:
        made["started"] = study.taken[:10]
    if study.modality:
        made["modality"] = [{"system": DCM, "code": study.modality}]
    if series and study.modality:
        made["numberOfSeries"] = len(series)
        made["series"] = [
            {
                "uid": uid,
                "modality": {"system": DCM, "code": study.modality},
                "instance": [
                    {
                        "uid": one.instance,
                        "sopClass": {"system": "urn:ietf:rfc:3986", "code": f"urn:oid:{one.sop}"},
                    }
                    for one in within
                ],
            }
            for uid, within in series.items()
        ]
    return made


def _observation(
    draft: Draft, finding: Finding, study: dict[str, Any], signer: Actor, at: datetime
) -> dict[str, Any]:
    coding = [{"system": finding.system, "code": finding.code, "display": finding.display}]
    made: dict[str, Any] = {
        "resourceType": "Observation",
        "id": resource_id(draft.id, f"finding-{finding.id}"),
        "status": "amended" if draft.supersedes else "final",
        "category": [_IMAGING],
        "code": {**({"coding": coding} if finding.code else {}), "text": finding.display},
        **whose(draft),
        "issued": at.isoformat(),
        "performer": [{"reference": signer.reference, "display": signer.name}],
        "valueCodeableConcept": {"coding": [PRESENT if finding.stands else ABSENT]},
        "derivedFrom": [{"reference": f"ImagingStudy/{study['id']}"}],
    }
    if "started" in study:
        made["effectiveDateTime"] = study["started"]
    notes = [finding.words, _decided_against(finding)]
    if any(notes):
        made["note"] = [{"text": text} for text in notes if text]
    if parts := _measured(draft, finding):
        made["component"] = parts
    return made


def _measured(draft: Draft, finding: Finding) -> list[dict[str, Any]]:
    """Return the probability that the model gave, and the area of what it outlined."""
    by = f"by {draft.model.name} {draft.model.version}"
    told = (("Probability", finding.probability, "1"), ("Area", finding.area, "mm2"))
    return [
        {
            "code": {"text": f"{name} {by}"},
            "valueQuantity": {
                "value": float(f"{value:.4g}"),
                "unit": unit,
                "system": "http://unitsofmeasure.org",
                "code": unit,
            },
        }
        for name, value, unit in told
        if value is not None
    ]


def _decided_against(finding: Finding) -> str:
    if not finding.against:
        return ""
    return f"Decided otherwise than the model: {finding.why}" if finding.why else ""


def _report(
    draft: Draft, report: Report, findings: list[dict[str, Any]], signer: Actor, at: datetime
) -> dict[str, Any]:
    study = report.study
    chest = study.modality in {"CR", "DX"} and study.body_part == "CHEST"
    made: dict[str, Any] = {
        "resourceType": "DiagnosticReport",
        "id": resource_id(draft.id, "report"),
        "status": "amended" if draft.supersedes else "final",
        "category": [_RADIOLOGY],
        "code": {"coding": [_CHEST_VIEWS if chest else _ANY_STUDY]},
        **whose(draft),
        "issued": at.isoformat(),
        "resultsInterpreter": [{"reference": signer.reference, "display": signer.name}],
        "imagingStudy": [{"reference": f"ImagingStudy/{resource_id(draft.id, 'study')}"}],
    }
    if study.taken:
        made["effectiveDateTime"] = study.taken[:10]
    if findings:
        made["result"] = [{"reference": f"Observation/{one['id']}"} for one in findings]
    if conclusion := said(report):
        made["conclusion"] = conclusion
    return made
