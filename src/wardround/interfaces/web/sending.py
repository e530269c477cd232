"""Sending a signed report to the image archive, beside the images it is about."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import send_report
from wardround.interfaces.web.forms import SentForm
from wardround.interfaces.web.pages import go
from wardround.interfaces.web.signed_in import Here
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}/archive")


@router.post("")
def send(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Send the report; sent again, it is the same objects."""
    del form
    draft = here.draft(draft_id, Action.SIGN)
    send_report(here.wardround, draft, here.actor)
    return go(request, f"/drafts/{draft_id}")
