"""Every resource of the chart, exactly as it is kept: to read, and as FHIR JSON."""

import re
from base64 import b64decode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.json_view import lay_out
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import NotFound
from wardround.record import Chart, Stored
from wardround.security import Action

router = APIRouter(prefix="/chart")

_SHA256 = re.compile(r"[0-9a-f]{64}")
_OWNERS = ("subject", "patient", "beneficiary", "individual")


@router.get("/{kind}/{resource_id}")
def show(request: Request, here: Here, kind: str, resource_id: str) -> Response:
    """Show a resource laid out for reading."""
    if kind == "Binary":
        return RedirectResponse(f"/chart/Binary/{resource_id}/raw", 303)
    stored = _read(here, kind, resource_id)
    pieces = lay_out(stored.served())
    return render(
        request,
        "resource.html",
        stored=stored,
        pieces=pieces,
        owner=_owner(stored),
        texts=_texts(stored),
    )


@router.get("/{kind}/{resource_id}/raw")
def show_raw(here: Here, kind: str, resource_id: str) -> Response:
    """Return a resource as it is served, or a saved recording or transcript as a download."""
    if kind != "Binary":
        stored = _read(here, kind, resource_id)
        return Response(stored.served(), media_type="application/fhir+json")
    here.require(Action.READ_CHART)
    if not _SHA256.fullmatch(resource_id):
        raise NotFound("There is no such file.")
    data = here.wardround.blobs.get(resource_id)
    here.note_read(None, f"Binary/{resource_id}")
    name = f'attachment; filename="{resource_id[:12]}.bin"'
    return Response(
        data, media_type="application/octet-stream", headers={"Content-Disposition": name}
    )


def _read(here: Visitor, kind: str, resource_id: str) -> Stored:
    here.require(Action.READ_CHART)
    with here.wardround.database.read() as tx:
        stored = Chart(tx).read(f"{kind}/{resource_id}")
    here.note_read(_owner(stored), stored.reference)
    return stored


def _texts(stored: Stored) -> list[str]:
    """Return the plain texts that a document carries inside itself."""
    found = []
    for content in stored.json().get("content", []) if stored.kind == "DocumentReference" else []:
        attachment = content.get("attachment", {})
        if attachment.get("contentType", "").startswith("text/plain") and "data" in attachment:
            found.append(b64decode(attachment["data"]).decode(errors="replace"))
    return found


def _owner(stored: Stored) -> str | None:
    """Return whose chart a resource belongs to."""
    if stored.kind == "Patient":
        return stored.reference
    found = stored.json()
    references = (found.get(name, {}) for name in _OWNERS)
    for reference in references:
        if isinstance(reference, dict) and str(reference.get("reference", "")).startswith(
            "Patient/"
        ):
            return str(reference["reference"])
    return None
