"""What the FHIR resources of signed drafts have in common: whose they are, what they withdraw."""

from typing import Any

from wardround.kernel.capability import Context
from wardround.kernel.draft import Draft, resource_id
from wardround.kernel.errors import NotFound


def whose(draft: Draft) -> dict[str, Any]:
    """Return the lines of a resource that say whose it is, and of which encounter if any."""
    during = {"encounter": {"reference": draft.encounter}} if draft.encounter else {}
    return {"subject": {"reference": draft.subject}, **during}


def withdrawn(draft: Draft, context: Context) -> list[dict[str, Any]]:
    """Return the DiagnosticReport that an amendment replaces, and its results, withdrawn."""
    if draft.supersedes is None:
        return []
    before = resource_id(draft.supersedes, "report")
    try:
        report = context.read(f"DiagnosticReport/{before}")
    except NotFound:
        return []
    results = [context.read(one["reference"]) for one in report.get("result", [])]
    return [{**one, "status": "entered-in-error"} for one in (report, *results)]
