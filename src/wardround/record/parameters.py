"""The search parameters we know, as data: resource type, name, kind, and where the values stand.

Names, kinds and paths follow the R4 search parameter registry. A path goes through lists by itself;
several paths are several places for one parameter. A choice of types (``effective[x]``) is written
out for the types that can be searched.
"""

from collections.abc import Mapping

from wardround.record.parameter import Parameter, date, number, reference, string, token

_IDENTIFIER = {"identifier": token("identifier")}
_STATUS = {"status": token("status")}
_CATEGORY = {"category": token("category")}
_CODE = {"code": token("code")}
_TYPE = {"type": token("type")}
_ENCOUNTER = {"encounter": reference("encounter")}
_PATIENT = {"patient": reference("patient", target="Patient")}
_SUBJECT = {
    "subject": reference("subject"),
    "patient": reference("subject", target="Patient"),
}
_CARE = {**_IDENTIFIER, **_SUBJECT, **_STATUS, **_CATEGORY}
_EFFECTIVE = ("effectiveDateTime", "effectivePeriod", "effectiveInstant")
_PERSON = {
    **_IDENTIFIER,
    "active": token("active"),
    "address": string("address"),
    "family": string("name.family"),
    "gender": token("gender"),
    "given": string("name.given"),
    "name": string("name"),
    "telecom": token("telecom"),
}

PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    "AllergyIntolerance": {
        **_IDENTIFIER,
        **_PATIENT,
        **_CATEGORY,
        "clinical-status": token("clinicalStatus"),
        "code": token("code", "reaction.substance"),
        "criticality": token("criticality"),
        "date": date("recordedDate"),
        "verification-status": token("verificationStatus"),
    },
    "Appointment": {
        **_IDENTIFIER,
        **_STATUS,
        "actor": reference("participant.actor"),
        "date": date("start"),
        "location": reference("participant.actor", target="Location"),
        "patient": reference("participant.actor", target="Patient"),
        "practitioner": reference("participant.actor", target="Practitioner"),
        "service-type": token("serviceType"),
    },
    "CarePlan": {**_CARE, **_ENCOUNTER, "date": date("period")},
    "CareTeam": {
        **_CARE,
        "date": date("period"),
        "participant": reference("participant.member"),
    },
    "ChargeItem": {**_SUBJECT, **_CODE, "context": reference("context")},
    "Claim": {**_IDENTIFIER, **_PATIENT, **_STATUS, "created": date("created")},
    "Composition": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_TYPE,
        **_CATEGORY,
        **_ENCOUNTER,
        "author": reference("author"),
        "date": date("date"),
        "title": string("title"),
    },
    "Condition": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_CODE,
        **_CATEGORY,
        **_ENCOUNTER,
        "clinical-status": token("clinicalStatus"),
        "onset-date": date("onsetDateTime", "onsetPeriod"),
        "recorded-date": date("recordedDate"),
        "severity": token("severity"),
        "verification-status": token("verificationStatus"),
    },
    "Consent": {
        **_IDENTIFIER,
        **_PATIENT,
        **_STATUS,
        **_CATEGORY,
        "date": date("dateTime"),
        "scope": token("scope"),
    },
    "Coverage": {
        **_IDENTIFIER,
        **_STATUS,
        **_TYPE,
        "beneficiary": reference("beneficiary"),
        "patient": reference("beneficiary", target="Patient"),
        "payor": reference("payor"),
    },
    "Device": {
        **_IDENTIFIER,
        **_PATIENT,
        **_STATUS,
        **_TYPE,
        "device-name": string("deviceName.name", "type.coding.display", "type.text"),
        "manufacturer": string("manufacturer"),
        "model": string("modelNumber"),
    },
    "DiagnosticReport": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_CODE,
        **_CATEGORY,
        **_ENCOUNTER,
        "based-on": reference("basedOn"),
        "date": date("effectiveDateTime", "effectivePeriod"),
        "issued": date("issued"),
        "result": reference("result"),
    },
    "DocumentReference": {
        **_SUBJECT,
        **_STATUS,
        **_TYPE,
        **_CATEGORY,
        "author": reference("author"),
        "date": date("date"),
        "encounter": reference("context.encounter"),
        "identifier": token("masterIdentifier", "identifier"),
        "period": date("context.period"),
        "related": reference("context.related"),
        "relatesto": reference("relatesTo.target"),
    },
    "Encounter": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_TYPE,
        "appointment": reference("appointment"),
        "class": token("class"),
        "date": date("period"),
        "location": reference("location.location"),
        "participant": reference("participant.individual"),
        "practitioner": reference("participant.individual", target="Practitioner"),
        "reason-code": token("reasonCode"),
        "service-provider": reference("serviceProvider"),
    },
    "ExplanationOfBenefit": {
        **_IDENTIFIER,
        **_PATIENT,
        **_STATUS,
        "claim": reference("claim"),
        "created": date("created"),
    },
    "Goal": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_CATEGORY,
        "lifecycle-status": token("lifecycleStatus"),
        "start-date": date("startDate"),
    },
    "ImagingStudy": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_ENCOUNTER,
        "modality": token("series.modality"),
        "started": date("started"),
    },
    "Immunization": {
        **_IDENTIFIER,
        **_PATIENT,
        **_STATUS,
        "date": date("occurrenceDateTime"),
        "vaccine-code": token("vaccineCode"),
    },
    "Location": {
        **_IDENTIFIER,
        **_STATUS,
        **_TYPE,
        "address": string("address"),
        "name": string("name", "alias"),
        "organization": reference("managingOrganization"),
    },
    "MedicationRequest": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_CATEGORY,
        **_ENCOUNTER,
        "authoredon": date("authoredOn"),
        "code": token("medicationCodeableConcept"),
        "intent": token("intent"),
        "medication": reference("medicationReference"),
        "requester": reference("requester"),
    },
    "MedicationStatement": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_CATEGORY,
        "code": token("medicationCodeableConcept"),
        "context": reference("context"),
        "effective": date("effectiveDateTime", "effectivePeriod"),
        "medication": reference("medicationReference"),
    },
    "Observation": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_CODE,
        **_CATEGORY,
        **_ENCOUNTER,
        "date": date(*_EFFECTIVE),
        "has-member": reference("hasMember"),
        "performer": reference("performer"),
        "value-concept": token("valueCodeableConcept"),
        "value-date": date("valueDateTime", "valuePeriod"),
    },
    "Organization": {
        **_IDENTIFIER,
        **_TYPE,
        "active": token("active"),
        "address": string("address"),
        "name": string("name", "alias"),
        "partof": reference("partOf"),
    },
    "Patient": {
        **_PERSON,
        "birthdate": date("birthDate"),
        "death-date": date("deceasedDateTime"),
        "general-practitioner": reference("generalPractitioner"),
        "organization": reference("managingOrganization"),
    },
    "Practitioner": _PERSON,
    "PractitionerRole": {
        **_IDENTIFIER,
        "active": token("active"),
        "organization": reference("organization"),
        "practitioner": reference("practitioner"),
        "role": token("code"),
        "specialty": token("specialty"),
    },
    "Procedure": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_CODE,
        **_CATEGORY,
        **_ENCOUNTER,
        "date": date("performedDateTime", "performedPeriod"),
        "performer": reference("performer.actor"),
    },
    "Provenance": {
        "agent": reference("agent.who"),
        "entity": reference("entity.what"),
        "patient": reference("target", target="Patient"),
        "recorded": date("recorded"),
        "target": reference("target"),
    },
    "QuestionnaireResponse": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_ENCOUNTER,
        "authored": date("authored"),
    },
    "RiskAssessment": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_ENCOUNTER,
        "date": date("occurrenceDateTime"),
        "method": token("method"),
        "probability": number("prediction.probabilityDecimal"),
    },
    "ServiceRequest": {
        **_IDENTIFIER,
        **_SUBJECT,
        **_STATUS,
        **_CODE,
        **_CATEGORY,
        **_ENCOUNTER,
        "authored": date("authoredOn"),
        "intent": token("intent"),
        "requester": reference("requester"),
    },
    "Task": {**_STATUS, "owner": reference("owner"), "patient": reference("for", target="Patient")},
}

_NOTHING: Mapping[str, Parameter] = {}


def parameters_of(kind: str) -> Mapping[str, Parameter]:
    """Return the search parameters of a resource type, beside ``_id`` and ``_lastUpdated``."""
    return PARAMETERS.get(kind, _NOTHING)
