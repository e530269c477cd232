"""Whose data a resource is: the patient whose key seals it, and who may open it hangs on."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from wardround.security import NOBODY

_BY_NAME = ("subject", "patient", "beneficiary", "individual", "for", "target", "focus")
"""Where a resource names its patient, in the order of the R4 patient compartment's use."""

_PATIENT = "Patient/"

OF_NOBODY = frozenset(
    {
        "Device",
        "Endpoint",
        "HealthcareService",
        "Location",
        "Medication",
        "Organization",
        "OrganizationAffiliation",
        "Practitioner",
        "PractitionerRole",
        "Schedule",
        "Slot",
        "Substance",
    }
)
"""Types that tell of no patient where they name none."""


def owner_of(resource: Mapping[str, Any]) -> str:
    """Return ``Patient/ID`` or ``-``: a patient is their own, an appointment its participant's."""
    if resource.get("resourceType") == "Patient":
        return f"{_PATIENT}{resource.get('id', '')}"
    return next(_patients(resource), NOBODY)


def patients_of(resource: Mapping[str, Any]) -> frozenset[str]:
    """Return every patient whose data a resource is, such as both of a visit of two."""
    if resource.get("resourceType") == "Patient":
        return frozenset({owner_of(resource)})
    return frozenset(_patients(resource))


def owner_in(body: bytes, row: Any) -> str:
    """Return the owner of a version as it was kept before it was sealed."""
    resource = orjson.loads(body)
    return f"{_PATIENT}{row.id}" if row.kind == "Patient" else owner_of(resource)


def _patients(resource: Mapping[str, Any]) -> Iterator[str]:
    for name in _BY_NAME:
        yield from _referred(resource.get(name))
    participants = resource.get("participant")
    for participant in participants if isinstance(participants, list) else ():
        if isinstance(participant, dict):
            yield from _referred(participant.get("actor"))


def _referred(found: Any) -> Iterator[str]:
    for one in found if isinstance(found, list) else [found]:
        target = one.get("reference") if isinstance(one, dict) else None
        if isinstance(target, str) and target.startswith(_PATIENT):
            yield "/".join(target.split("/")[:2])
