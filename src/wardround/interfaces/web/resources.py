"""Every resource of the chart, exactly as it is kept: to read, and as FHIR JSON."""

import re
from base64 import b64decode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.json_view import lay_out
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import NotFound, Work
from wardround.record import Stored, owner_of
from wardround.security import NOBODY, Action

router = APIRouter(prefix="/chart")

_SHA256 = re.compile(r"[0-9a-f]{64}")


@router.get("/{kind}/{resource_id}")
def show(request: Request, here: Here, kind: str, resource_id: str) -> Response:
    """Show a resource laid out for reading."""
    if kind == "Binary":
        return RedirectResponse(f"/chart/Binary/{resource_id}/raw", 303)
    stored = _read(here, kind, resource_id)
    pieces = lay_out(stored.served())
    owner = owner_of(stored.json())
    return render(
        request,
        "resource.html",
        stored=stored,
        pieces=pieces,
        owner=None if owner == NOBODY else owner,
        texts=_texts(stored),
    )


@router.get("/{kind}/{resource_id}/raw")
def show_raw(here: Here, kind: str, resource_id: str) -> Response:
    """Return a resource as it is served, or a saved recording or transcript as a download."""
    if kind != "Binary":
        stored = _read(here, kind, resource_id)
        return Response(stored.served(), media_type="application/fhir+json")
    data = _blob(here, resource_id)
    name = f'attachment; filename="{resource_id[:12]}.bin"'
    return Response(
        data, media_type="application/octet-stream", headers={"Content-Disposition": name}
    )


def _read(here: Visitor, kind: str, resource_id: str) -> Stored:
    here.require(Action.READ_CHART)
    with here.chart() as chart:
        return chart.read(f"{kind}/{resource_id}")


def _blob(here: Visitor, digest: str) -> bytes:
    """Return a recording or transcript of a patient whose drafts they may read."""
    here.require(Action.READ_DRAFT)
    owners = here.wardround.blobs.owners(digest) if _SHA256.fullmatch(digest) else []
    if not owners:
        raise NotFound("There is no such file.")
    theirs = sorted(
        {one for work in Work for one in here.permitted(Action.READ_DRAFT, owners, work)}
    )
    if not theirs:
        here.require(Action.READ_DRAFT, owners[0])
    here.note_read(theirs[0], f"Binary/{digest}")
    return here.wardround.blobs.get(digest, theirs[0])


def _texts(stored: Stored) -> list[str]:
    """Return the plain texts that a document carries inside itself."""
    found = []
    for content in stored.json().get("content", []) if stored.kind == "DocumentReference" else []:
        attachment = content.get("attachment", {})
        if attachment.get("contentType", "").startswith("text/plain") and "data" in attachment:
            found.append(b64decode(attachment["data"]).decode(errors="replace"))
    return found
