"""The calls that left this installation, or were refused: the egress gate's own record."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here
from wardround.privacy.egress import Carries, Purpose
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/privacy/calls")

MOST = 200
DAYS = 30
DECISIONS = {"pass": "Sent", "deidentify": "Sent without PHI", "refuse": "Refused"}
CARRIES = {
    Carries.NOTHING.words: "Nothing of a patient",
    Carries.DEIDENTIFIED.words: "De-identified",
    Carries.LIMITED.words: "Limited data set",
    Carries.PHI.words: "PHI",
}
REASONS = {
    "this-machine": "Stays on this machine",
    "private-network": "Stays on a network of the clinic",
    "deidentified": "Carries no PHI",
    "no-agreement": "No agreement covers it",
    "agreement-expired": "Its agreement has expired",
    "agreement-terminated": "Its agreement was terminated",
    "agreement-not-yet-in-force": "Its agreement is not in force yet",
    "agreement-incomplete": "Its agreement lacks a clause",
    "address": "Its address, or a redirect, leads where no call may go",
    "not-deidentified": "What it carried could not be de-identified",
    "no-consent": "The patient did not agree to it",
    "more-than-it-may-be-handed": "More than it may be handed",
}


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the calls of the last 30 days, the newest first."""
    here.require(Action.READ_AUDIT)
    since = here.wardround.clock() - timedelta(days=DAYS)
    with here.wardround.database.read() as tx:
        events = AuditTrail(tx).list(action="egress", since=since, limit=MOST)
    context: dict[str, Any] = {
        "calls": events,
        "counts": {
            word: sum(event.detail.get("decision") == code for event in events)
            for code, word in DECISIONS.items()
        },
        "decisions": DECISIONS,
        "carries": CARRIES,
        "reasons": REASONS,
        "purposes": {purpose.code: purpose.value.replace("-", " ") for purpose in Purpose},
        "names": Names(here.wardround.database),
        "most": MOST,
        "days": DAYS,
        "settings": here.wardround.settings,
    }
    return render(request, "calls.html", **context)
