"""What signing adds to the record beside the capability's own resources.

A ``Provenance`` (R4) names the device that drafted and the person who signed, the resources they
made and what they made them from. Ids follow from the draft, so signing twice writes the same.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wardround.kernel import Actor, Draft, Model, resource_id

PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
DOCUMENT_COMPLETION = "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion"


def device(model: Model) -> dict[str, Any]:
    """Return the ``Device`` that stands for one version of a model."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", model.name).strip("-")
    return {
        "resourceType": "Device",
        "id": f"{name}-{model.digest[:12]}"[:64],
        "status": "active",
        "manufacturer": "Wardround",
        "deviceName": [{"name": model.name, "type": "model-name"}],
        "version": [
            {"type": {"text": "version"}, "value": model.version},
            {"type": {"text": "sha256"}, "value": model.digest},
        ],
    }


def provenance(draft: Draft, targets: Sequence[str], signer: Actor, at: datetime) -> dict[str, Any]:
    """Return the ``Provenance`` of a signed draft; ``targets`` are the references it made."""
    drafter = f"Device/{device(draft.model)['id']}"
    return {
        "resourceType": "Provenance",
        "id": resource_id(draft.id, "provenance"),
        "target": [{"reference": target} for target in targets],
        "occurredDateTime": draft.created.isoformat(),
        "recorded": at.isoformat(),
        "activity": {
            "coding": [
                {"system": DOCUMENT_COMPLETION, "code": "LA", "display": "legally authenticated"}
            ]
        },
        "agent": [
            _agent("assembler", "Assembler", drafter, f"{draft.model.name} {draft.model.version}"),
            _agent("legal", "Legal Authenticator", signer.reference, signer.name),
        ],
        "entity": [
            {"role": "source", "what": {"reference": item.reference, "display": item.name}}
            for item in draft.inputs
        ],
    }


def _agent(code: str, display: str, who: str, name: str) -> dict[str, Any]:
    return {
        "type": {"coding": [{"system": PARTICIPANT, "code": code, "display": display}]},
        "who": {"reference": who, "display": name},
    }
