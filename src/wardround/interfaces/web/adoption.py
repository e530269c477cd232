"""How drafts are taken up, for those who answer for the models: of groups, never of a person."""

from datetime import timedelta
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import adoption_of
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.security import Action

router = APIRouter(prefix="/adoption")

SPANS = {"30": "30 days", "90": "90 days", "365": "a year"}


@router.get("")
def show(request: Request, here: Here, days: Literal["30", "90", "365"] = "90") -> Response:
    """Show the measures of each model's drafts of the last days."""
    here.require(Action.SEE_MODELS)
    since = here.wardround.clock() - timedelta(days=int(days))
    found = adoption_of(here.wardround, since)
    return render(request, "adoption.html", groups=found, days=days, spans=SPANS, since=since)
