"""One event as a FHIR R4 ``AuditEvent`` by the IHE BALP profiles; codes and references only.

BALP profiles are for what succeeded; what failed carries the same codes and claims no profile. The
text of a query stands in no event: its entity names the parameters and no value. What an event says
beyond the profile (``detail``) is an entity of its own, for some profiles allow it in no other.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal

import orjson

from wardround.kernel import Actor
from wardround.security.audit.kinds import DCM, INTERACTION, Kind, coding, kind_of
from wardround.security.audit.origin import Origin, origin

Outcome = Literal["success", "failure"]
Resource = dict[str, Any]
"""A FHIR resource, or an element of one."""

PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
OWN = "urn:wardround:audit"
"""The system of our own codes: actions, roles, parts, and what is no FHIR resource."""

_PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_PROVENANCE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
_SOURCE, _DESTINATION = (DCM, "110153"), (DCM, "110152")
_ENDS = {
    "in": (_SOURCE, _DESTINATION),
    "out": (_DESTINATION, _SOURCE),
    "custody": ((DCM, "110150"), (_PROVENANCE, "custodian")),
}
"""The codes of client and server: who sends and who receives, as the profiles have it."""


def audit_event(  # noqa: PLR0913 (what an event says, each by name)
    *,
    at: datetime,
    action: str,
    outcome: Outcome,
    actor: Actor | None,
    subject: str | None,
    entity: str | None,
    detail: Mapping[str, str],
    purpose: str | None,
) -> bytes:
    """Return the event as JSON; it has no id until it has its place in the chain."""
    kind = kind_of(action)
    came = origin()
    agents = _agents(kind, came, detail)
    if actor is not None:
        agents.insert(0, _user(kind, actor, purpose))
    else:
        agents[0]["requestor"] = True
    resource: Resource = {"resourceType": "AuditEvent"}
    profile = _profile(kind, outcome, subject, entity)
    if profile is not None:
        resource["meta"] = {"profile": [PROFILES + profile]}
    subtypes = [coding(*kind.subtype)]
    if kind.subtype != (INTERACTION, "delete"):  # whose profile allows no second one
        subtypes.append(coding(OWN, action))
    resource |= {
        "type": coding(*kind.type),
        "subtype": subtypes,
        "action": kind.letter,
        "recorded": at.isoformat(),
        "outcome": "0" if outcome == "success" else "4",
    }
    if purpose is not None and kind.shape == "disclosure":
        resource["purposeOfEvent"] = [{"coding": [coding(_REASON, purpose)]}]
    resource["agent"] = agents
    resource["source"] = {"observer": _server(), "type": [_application_server()]}
    entities = _entities(kind, subject, entity, detail)
    if entities:
        resource["entity"] = entities
    return orjson.dumps(resource)


def _profile(kind: Kind, outcome: Outcome, subject: str | None, entity: str | None) -> str | None:
    """Return the profile that the event keeps, or none where it lacks what the profile wants."""
    patient = subject is not None and subject.startswith("Patient/")
    if kind.profile is None or outcome != "success":
        return None
    if kind.shape == "disclosure":
        return kind.profile if patient and entity is not None else None
    if kind.shape == "data" and subject is None and entity is None:
        return None
    return f"Patient{kind.profile}" if patient else kind.profile


def _user(kind: Kind, actor: Actor, purpose: str | None) -> Resource:
    who: Resource = {"identifier": {"value": actor.id}}
    if "/" in actor.reference:
        who["reference"] = actor.reference
    user: Resource = {
        "type": {"coding": [coding(_PARTICIPATION, "AUT" if kind.writes else "IRCP")]},
        "role": [{"coding": [coding(OWN, actor.role.value)]}],
        "who": who,
        "requestor": True,
    }
    if purpose is not None:
        user["purposeOfUse"] = [{"coding": [coding(_REASON, purpose)]}]
    return user


def _agents(kind: Kind, came: Origin, detail: Mapping[str, str]) -> list[Resource]:
    client_type, server_type = _ENDS[kind.ends]
    client: Resource = {
        "type": {"coding": [coding(*client_type)]},
        "who": {"identifier": {"system": OWN, "value": detail.get("recipient", came.interface)}},
        "requestor": False,
        "network": _network(came, detail.get("recipient")),
    }
    server: Resource = {
        "type": {"coding": [coding(*server_type)]},
        "who": _server(),
        "requestor": False,
        "network": {"address": "localhost", "type": "1"},
    }
    return [client, server]


def _network(came: Origin, recipient: str | None) -> Resource:
    """Return where the client is; of who receives a disclosure only their number here is told."""
    if recipient is None:
        return came.network()
    return {"address": f"{OWN}:{recipient}", "type": "5"}


@cache
def _server() -> Resource:
    return {"identifier": {"system": OWN, "value": "server"}}


@cache
def _application_server() -> Resource:
    return coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4")


def _entities(
    kind: Kind, subject: str | None, entity: str | None, detail: Mapping[str, str]
) -> list[Resource]:
    found: list[Resource] = []
    if subject is not None and subject.startswith("Patient/"):
        found.append(_object(subject, "1", "1"))
    if kind.shape == "query":
        names = b64encode(detail.get("parameters", "none").encode()).decode()
        found.append({"type": coding(_ENTITY, "2"), "role": coding(_ROLE, "24"), "query": names})
    elif (about := entity or subject) is not None:
        found.append(_object(about, "2", "4"))
    if detail:
        pairs: list[Resource] = [{"type": name, "valueString": detail[name]} for name in detail]
        found.append({"type": coding(OWN, "detail"), "detail": pairs})
    return found


def _object(reference: str, kind: str, role: str) -> Resource:
    what: Resource = (
        {"reference": reference}
        if reference[0].isupper()
        else {"identifier": {"system": OWN, "value": reference}}
    )
    return {"what": what, "type": coding(_ENTITY, kind), "role": coding(_ROLE, role)}
