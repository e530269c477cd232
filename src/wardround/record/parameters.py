"""The search parameters we know, as data: resource type, name, kind, and where the values stand.

Names and paths follow the R4 search parameter registry. A path goes through lists by itself;
several paths are several places for one parameter.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["token", "string", "date", "reference"]


class Parameter(NamedTuple):
    """One search parameter of one resource type."""

    kind: Kind
    paths: tuple[str, ...]
    target: str | None = None
    """For references: only those to this type count (``patient`` among ``subject``)."""


def _token(*paths: str) -> Parameter:
    return Parameter("token", paths)


def _string(*paths: str) -> Parameter:
    return Parameter("string", paths)


def _date(*paths: str) -> Parameter:
    return Parameter("date", paths)


def _reference(*paths: str, target: str | None = None) -> Parameter:
    return Parameter("reference", paths, target)


_ABOUT = {
    "subject": _reference("subject"),
    "patient": _reference("subject", target="Patient"),
    "encounter": _reference("encounter"),
    "code": _token("code"),
    "status": _token("status"),
    "identifier": _token("identifier"),
}
_PERSON = {
    "identifier": _token("identifier"),
    "name": _string("name"),
    "family": _string("name.family"),
    "given": _string("name.given"),
}

PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    "AllergyIntolerance": {
        "patient": _reference("patient"),
        "code": _token("code", "reaction.substance"),
        "clinical-status": _token("clinicalStatus"),
        "date": _date("recordedDate"),
    },
    "Appointment": {
        "date": _date("start"),
        "status": _token("status"),
        "actor": _reference("participant.actor"),
        "patient": _reference("participant.actor", target="Patient"),
        "practitioner": _reference("participant.actor", target="Practitioner"),
        "location": _reference("participant.actor", target="Location"),
        "identifier": _token("identifier"),
    },
    "Claim": {"patient": _reference("patient"), "status": _token("status")},
    "Composition": {
        **_ABOUT,
        "type": _token("type"),
        "date": _date("date"),
        "author": _reference("author"),
        "title": _string("title"),
    },
    "Condition": {
        **_ABOUT,
        "clinical-status": _token("clinicalStatus"),
        "category": _token("category"),
        "onset-date": _date("onsetDateTime", "onsetPeriod"),
        "recorded-date": _date("recordedDate"),
    },
    "Device": {
        "device-name": _string("deviceName.name", "type"),
        "type": _token("type"),
        "status": _token("status"),
        "identifier": _token("identifier"),
    },
    "DiagnosticReport": {
        **_ABOUT,
        "category": _token("category"),
        "date": _date("effectiveDateTime", "effectivePeriod"),
        "issued": _date("issued"),
        "result": _reference("result"),
    },
    "DocumentReference": {
        **_ABOUT,
        "encounter": _reference("context.encounter"),
        "type": _token("type"),
        "category": _token("category"),
        "date": _date("date"),
        "author": _reference("author"),
        "related": _reference("context.related"),
        "relatesto": _reference("relatesTo.target"),
    },
    "Encounter": {
        **_ABOUT,
        "date": _date("period"),
        "class": _token("class"),
        "type": _token("type"),
        "appointment": _reference("appointment"),
        "participant": _reference("participant.individual"),
    },
    "Immunization": {
        "patient": _reference("patient"),
        "date": _date("occurrenceDateTime"),
        "status": _token("status"),
        "vaccine-code": _token("vaccineCode"),
    },
    "Location": {"name": _string("name", "alias"), "identifier": _token("identifier")},
    "MedicationRequest": {
        **_ABOUT,
        "code": _token("medicationCodeableConcept"),
        "authoredon": _date("authoredOn"),
        "intent": _token("intent"),
        "requester": _reference("requester"),
    },
    "MedicationStatement": {
        **_ABOUT,
        "code": _token("medicationCodeableConcept"),
        "effective": _date("effectiveDateTime", "effectivePeriod"),
    },
    "Observation": {
        **_ABOUT,
        "category": _token("category"),
        "date": _date("effectiveDateTime", "effectivePeriod", "effectiveInstant"),
    },
    "Organization": {"name": _string("name", "alias"), "identifier": _token("identifier")},
    "Patient": {
        **_PERSON,
        "birthdate": _date("birthDate"),
        "gender": _token("gender"),
        "active": _token("active"),
        "general-practitioner": _reference("generalPractitioner"),
    },
    "Practitioner": {**_PERSON, "active": _token("active")},
    "PractitionerRole": {
        "practitioner": _reference("practitioner"),
        "organization": _reference("organization"),
        "specialty": _token("specialty"),
    },
    "Procedure": {
        **_ABOUT,
        "date": _date("performedDateTime", "performedPeriod"),
        "category": _token("category"),
    },
    "Provenance": {
        "target": _reference("target"),
        "patient": _reference("target", target="Patient"),
        "recorded": _date("recorded"),
        "agent": _reference("agent.who"),
        "entity": _reference("entity.what"),
    },
    "ServiceRequest": {**_ABOUT, "authored": _date("authoredOn"), "intent": _token("intent")},
}

_NOTHING: Mapping[str, Parameter] = {}


def parameters_of(kind: str) -> Mapping[str, Parameter]:
    """Return the search parameters of a resource type, beside ``_id`` and ``_lastUpdated``."""
    return PARAMETERS.get(kind, _NOTHING)
