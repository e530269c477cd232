"""What a patient agreed to or refused, read from their FHIR R4 Consent resources.

Pure: the resources are handed in. The newest answer that is in force counts; of two that are
equally new, the refusal. A withdrawal is an answer: the next version of the resource, which denies.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wardround.kernel import Noun, Resource

SYSTEM = "urn:wardround:consent"
"""The code system of ``About``, in a Consent's category."""
OBTAINED = "urn:wardround:consent-obtained"
"""The extension that says how an answer was obtained."""

_TERMS = "http://terminology.hl7.org/CodeSystem"
_RULES = {"permit": "OPTIN", "deny": "OPTOUT"}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class About(StrEnum):
    """What a patient is asked about."""

    RECORDING = "recording"
    """That visits are recorded, and notes drafted from the recording or its transcript."""
    RESEARCH = "research"
    """That their data, with or without their name, is used for research."""
    MESSAGING = "messaging"
    """That they are written to by e-mail or text message."""


class Answer(StrEnum):
    """What they said."""

    PERMITTED = "permitted"
    DENIED = "denied"
    UNKNOWN = "not asked"


class Obtained(StrEnum):
    """How an answer was obtained."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    ELECTRONIC = "electronic"


class Consent(Noun):
    """An answer, with the resource it stands in; ``until`` is the last moment of a period."""

    about: About
    answer: Answer = Answer.UNKNOWN
    reference: str | None = None
    at: datetime | None = None
    until: datetime | None = None
    given_by: str = ""
    obtained: str = ""


def read_consent(consents: Iterable[Mapping[str, Any]], about: About, now: datetime) -> Consent:
    """Return what a patient's Consent resources say of ``about`` at the moment ``now``.

    One that permits and whose dates cannot be read permits nothing; one that denies still denies.
    """
    found = [
        one
        for resource in consents
        if resource.get("status") == "active"
        for one in [_read(resource, about, now)]
        if one is not None
    ]
    unknown = Consent(about=about)
    return max(
        found, key=lambda one: (one.at or _LONG_AGO, one.answer is Answer.DENIED), default=unknown
    )


def make_consent(
    patient: str, about: About, *, permit: bool, at: datetime, given_by: str, obtained: Obtained,
    until: datetime | None = None,
) -> Resource:  # fmt: skip
    """Return a patient's answer as a FHIR R4 Consent: always the same resource for one question.

    ``given_by`` is who answered, where that is not the patient: a guardian, a health-care proxy.
    """
    kind = "permit" if permit else "deny"
    category = {"system": SYSTEM, "code": about.value}
    research = about is About.RESEARCH
    scope = "research" if research else "patient-privacy"
    provision: dict[str, Any] = {"type": kind}
    if until is not None:
        provision["period"] = {"start": at.isoformat(), "end": until.isoformat()}
    if research:
        provision["purpose"] = [{"system": f"{_TERMS}/v3-ActReason", "code": "HRESCH"}]
    person = {"display": given_by} if given_by else {"reference": patient}
    return {
        "resourceType": "Consent",
        "id": consent_id(patient, about),
        "extension": [{"url": OBTAINED, "valueCode": obtained.value}],
        "status": "active",
        "scope": {"coding": [{"system": f"{_TERMS}/consentscope", "code": scope}]},
        "category": [
            {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]},
            {"coding": [category]},
        ],
        "patient": {"reference": patient},
        "dateTime": at.isoformat(),
        "performer": [person],
        "policyRule": {"coding": [{"system": f"{_TERMS}/v3-ActCode", "code": _RULES[kind]}]},
        "provision": provision,
    }


def consent_id(patient: str, about: About) -> str:
    """Return the id of the resource that holds a patient's answer to one question."""
    return str(uuid5(NAMESPACE_URL, f"{SYSTEM}:{patient}:{about.value}"))


def _read(resource: Resource, about: About, now: datetime) -> Consent | None:
    """Return what one Consent says of ``about``; nothing where it says nothing of it now."""
    provision = _provision(resource, about)
    if provision is None:
        return None
    denies = provision.get("type") != "permit"
    try:
        at = _first(resource["dateTime"]) if "dateTime" in resource else None
        period = provision.get("period", {})
        start = _first(period["start"]) if "start" in period else None
        end = _last(period["end"]) if "end" in period else None
    except (TypeError, ValueError):
        if not denies:
            return None
        at, start, end = None, None, None
    if (start is not None and now < start) or (end is not None and now > end):
        return None
    person: Mapping[str, Any] = next(iter(resource.get("performer", [])), {})
    extensions = resource.get("extension", [])
    return Consent(
        about=about,
        answer=Answer.DENIED if denies else Answer.PERMITTED,
        reference=f"Consent/{resource['id']}" if "id" in resource else None,
        at=at,
        until=end,
        given_by=str(person.get("display", "")),
        obtained=next((e["valueCode"] for e in extensions if e.get("url") == OBTAINED), ""),
    )


def _provision(resource: Resource, about: About) -> Mapping[str, Any] | None:
    """Return the provision that speaks of ``about``; of exceptions, one that denies."""
    root: Mapping[str, Any] = resource.get("provision", {})
    if about is About.RESEARCH:
        inner: list[Mapping[str, Any]] = [
            one for one in root.get("provision", []) if _is_for_research(one)
        ]
        if inner:
            return next((one for one in inner if one.get("type") != "permit"), inner[0])
    concepts = [*resource.get("category", []), resource.get("scope", {})]
    codes = {
        (coding.get("system"), coding.get("code"))
        for concept in concepts
        for coding in concept.get("coding", [])
    }
    says = (SYSTEM, about.value) in codes
    if about is About.RESEARCH:
        says = says or _is_for_research(root) or (f"{_TERMS}/consentscope", "research") in codes
    return root if says else None


def _is_for_research(provision: Mapping[str, Any]) -> bool:
    return any(purpose.get("code") == "HRESCH" for purpose in provision.get("purpose", []))


def _first(text: str) -> datetime:
    """Return the first moment of a FHIR dateTime, which may be only a year or a month."""
    found = datetime.fromisoformat(text + "-01" * ((10 - len(text)) // 3))
    return found.astimezone() if found.tzinfo is None else found


def _last(text: str) -> datetime:
    """Return the last moment of a FHIR dateTime: a day, month or year is included as a whole."""
    first = _first(text)
    if len(text) > 10:
        return first
    if len(text) == 10:
        return first + timedelta(days=1) - timedelta.resolution
    month = first.month if len(text) == 7 else 12
    days = monthrange(first.year, month)[1]
    return first.replace(month=month, day=days) + timedelta(days=1) - timedelta.resolution
