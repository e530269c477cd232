"""A note that nobody has signed, as FHIR: the resources of a signed one, marked preliminary."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wardround.kernel import (
    NOBODY,
    Actor,
    Capability,
    Context,
    Draft,
    Drafted,
    Input,
    Order,
    Role,
    resource_id,
)

_BASE = "https://wardround.invalid/fhir"
"""Where the resources would be; RFC 6761 reserves the name, so they are nowhere."""

_UNSIGNED = Actor(id="-", name="-", role=Role.CLINICIAN, reference="Device/-")


def bundle(
    capability: Capability, order: Order, drafted: Drafted, context: Context
) -> dict[str, Any]:
    """Return a Bundle of type ``collection`` with the note's resources and what it was made from.

    The author is the device that drafted; there is no attester, authenticator or Provenance.
    """
    digest = ":".join(item.sha256 for item in order.inputs)
    draft = Draft(
        id=str(uuid5(NAMESPACE_URL, f"urn:wardround:unsigned:{order.subject}:{digest}")),
        capability=order.capability,
        subject=order.subject,
        content=drafted.content,
        evidence=drafted.evidence,
        findings=drafted.findings,
        confidence=drafted.confidence,
        model=drafted.model,
        inputs=order.inputs,
        created=order.ordered_at,
        updated=order.ordered_at,
    )
    device = _device(draft)
    made = capability.resources(draft, _UNSIGNED, order.ordered_at, context)
    notes = [_preliminary(resource, device) for resource in made]
    binaries = [_binary(item, context) for item in order.inputs]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": order.ordered_at.isoformat(),
        "entry": [
            {
                "fullUrl": f"{_BASE}/{resource['resourceType']}/{resource['id']}",
                "resource": resource,
            }
            for resource in [*notes, device, *binaries]
        ],
    }


def _preliminary(resource: dict[str, Any], device: dict[str, Any]) -> dict[str, Any]:
    changed = dict(resource)
    if changed["resourceType"] == "Composition":
        changed["status"] = "preliminary"
    if "author" in changed:
        changed["author"] = [{"reference": f"Device/{device['id']}"}]
        if changed["resourceType"] == "DocumentReference":
            changed["docStatus"] = "preliminary"
    for decided in ("attester", "authenticator", "relatesTo"):
        changed.pop(decided, None)
    if changed.get("subject") == {"reference": NOBODY}:
        del changed["subject"]
    return changed


def _device(draft: Draft) -> dict[str, Any]:
    return {
        "resourceType": "Device",
        "id": resource_id(draft.id, "device"),
        "deviceName": [{"name": draft.model.name, "type": "model-name"}],
        "version": [{"value": draft.model.version}],
    }


def _binary(item: Input, context: Context) -> dict[str, Any]:
    from base64 import b64encode

    return {
        "resourceType": "Binary",
        "id": item.sha256,
        "contentType": item.media_type,
        "data": b64encode(context.open(item)).decode(),
    }
