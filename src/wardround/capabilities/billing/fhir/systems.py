"""The systems of FHIR codes and identifiers that a claim is told in."""

from collections.abc import Iterable
from typing import Any

import orjson
from pydantic import BaseModel

Resource = dict[str, Any]

HL7 = "http://terminology.hl7.org/CodeSystem"
CLAIM_TYPE = f"{HL7}/claim-type"
ABSENT = f"{HL7}/data-absent-reason"
ORDER = f"{HL7}/processpriority"
DIAGNOSIS_TYPE = f"{HL7}/ex-diagnosistype"
ON_ADMISSION = f"{HL7}/ex-diagnosis-on-admission"
RELATIONSHIP = f"{HL7}/subscriber-relationship"
COVERAGE_CLASS = f"{HL7}/coverage-class"
PAYEE = f"{HL7}/payeetype"
TEAM = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
CARIN_DIAGNOSIS = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimDiagnosisType"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
NDC = "http://hl7.org/fhir/sid/ndc"
PLACE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
REVENUE = "https://www.nubc.org/CodeSystem/RevenueCodes"
NPI = "http://hl7.org/fhir/sid/us-npi"
EIN = "urn:oid:2.16.840.1.113883.4.4"
SSN = "http://hl7.org/fhir/sid/us-ssn"
PAYER_ID = "urn:oid:2.16.840.1.113883.6.300"
TAXONOMY = "http://nucc.org/provider-taxonomy"
FILING = "https://x12.org/codes/claim-filing-indicator-codes"
RELATION_X12 = "https://x12.org/codes/individual-relationship-codes"
CAUSES = "https://x12.org/codes/related-causes-codes"
UNITS = "https://x12.org/codes/unit-or-basis-for-measurement-codes"
NUMBER = "urn:wardround:claim-number"
INFO = "urn:wardround:claim-info"
"""What a claim form has and FHIR has no element for: ``supportingInfo``, by our field's name."""

OURS = "urn:wardround:claim-"
"""Extensions, by our field's name."""

ROLES = {
    "rendering": "performing",
    "referring": "referring",
    "supervising": "supervisor",
    "attending": "attending",
    "operating": "operating",
}
"""The roles of a care team by our field; ``performing`` and the rest are CARIN's words."""

READ_ROLES = {
    **{theirs: ours for ours, theirs in ROLES.items()},
    "primary": "rendering",
    "rendering": "rendering",
    "supervising": "supervising",
}
DECIDED = (
    "insurance_type", "relationship", "paid", "owed", "not_covered", "paid_on", "control",
)  # fmt: skip
"""What a coverage says of itself that FHIR's Coverage has no element for."""

SEXES = {"M": "male", "F": "female", "U": "unknown"}
RELATIONS = {"18": "self", "01": "spouse", "19": "child"}
USES = {
    "admitting": (DIAGNOSIS_TYPE, "admitting"),
    "reason": (CARIN_DIAGNOSIS, "patientreasonforvisit"),
    "external": (CARIN_DIAGNOSIS, "externalcauseofinjury"),
}
CARIN_INFO = {
    "typeofbill": "bill_type",
    "admtype": "admission_type",
    "pointoforigin": "admission_source",
    "discharge-status": "discharge_status",
    "drg": "drg",
    "medicalrecordnumber": "record_number",
    "patientaccountnumber": "id",
}
"""What CARIN's guide for claims calls some of our fields; read, not written."""


def concept(system: str, code: str) -> Resource:
    """Return a concept of one code."""
    return {"coding": [{"system": system, "code": code}]}


def coded(found: object, system: str | None = None) -> str:
    """Return a concept's code: that of a system, or its first."""
    codings = found.get("coding") if isinstance(found, dict) else None
    for one in codings if isinstance(codings, list) else ():
        if isinstance(one, dict) and system in {None, one.get("system")}:
            return str(one.get("code", ""))
    return ""


def extension(field: str, value: str) -> Resource:
    """Return an extension that tells one of our fields."""
    return {"url": f"{OURS}{field}", "valueString": value}


def extended(resource: Resource, field: str) -> str:
    """Return what such an extension tells, or nothing."""
    for one in resource.get("extension", ()):
        if one.get("url") == f"{OURS}{field}":
            return str(one.get("valueString", ""))
    return ""


def listed_to(field: str, values: Iterable[BaseModel]) -> list[Resource]:
    """Return an extension that tells a list of ours as JSON, or nothing of an empty one."""
    told = [one.model_dump(mode="json", exclude_defaults=True) for one in values]
    return [extension(field, orjson.dumps(told).decode())] if told else []


def listed_from(resource: Resource, field: str) -> list[Any]:
    """Return what such an extension tells; raise ``TypeError`` where it is no list."""
    told = orjson.loads(extended(resource, field) or "[]")
    if not isinstance(told, list):
        raise TypeError(field)
    return told


def identified(resource: Resource, *systems: str) -> str:
    """Return the identifier of the first of some systems that a resource has."""
    held = {
        str(one.get("system", "")): str(one.get("value", ""))
        for one in resource.get("identifier", ())
    }
    return next((held[one] for one in systems if held.get(one)), "")
