"""What is done about a complaint: taken up, decided, investigated, replied to, sent, closed."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.governance.complaints import Complaints
from wardround.interfaces.web.complaint_form import read_decision, read_investigation, said
from wardround.interfaces.web.forms import SentForm, number, read_day, text
from wardround.interfaces.web.pages import go
from wardround.interfaces.web.signed_in import Here
from wardround.security import Action

router = APIRouter(prefix="/complaints/{complaint}")


@router.post("/review")
def review(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Take the complaint up."""
    here.require(Action.KEEP_COMPLAINTS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        Complaints(tx, here.wardround.clock).review(complaint, version, here.actor)
    return go(request, f"/complaints/{complaint}")


@router.post("/decision")
def decide(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Keep whether it is to be reported, and why."""
    here.require(Action.KEEP_COMPLAINTS)
    version, decision = number(form, "version"), read_decision(form)
    with here.wardround.database.begin() as tx:
        register = Complaints(tx, here.wardround.clock)
        register.decide(complaint, version, here.actor, **decision)
    return go(request, f"/complaints/{complaint}")


@router.post("/investigation")
def investigate(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Keep what was found, or why nothing was looked for."""
    here.require(Action.KEEP_COMPLAINTS)
    version, found = number(form, "version"), read_investigation(form)
    with here.wardround.database.begin() as tx:
        register = Complaints(tx, here.wardround.clock)
        register.investigate(complaint, version, here.actor, **found)
    return go(request, f"/complaints/{complaint}")


@router.post("/replies")
def reply(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Keep what the complainant was told."""
    here.require(Action.KEEP_COMPLAINTS)
    version, day, words = number(form, "version"), read_day(form, "day"), said(text(form, "words"))
    with here.wardround.database.begin() as tx:
        Complaints(tx, here.wardround.clock).reply(complaint, version, day, words, here.actor)
    return go(request, f"/complaints/{complaint}")


@router.post("/sent")
def note_sent(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Keep that a person sent a report; nothing is sent from here."""
    here.require(Action.KEEP_COMPLAINTS)
    version, day = number(form, "version"), read_day(form, "day")
    with here.wardround.database.begin() as tx:
        register = Complaints(tx, here.wardround.clock)
        duty, given = text(form, "duty"), text(form, "number")
        register.note_sent(complaint, version, duty, day, given, here.actor)
    return go(request, f"/complaints/{complaint}")


@router.post("/closing")
def close(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Close the complaint."""
    here.require(Action.KEEP_COMPLAINTS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        register = Complaints(tx, here.wardround.clock)
        register.close(complaint, version, text(form, "why"), here.actor)
    return go(request, f"/complaints/{complaint}")


@router.post("/reopening")
def reopen(request: Request, here: Here, complaint: str, form: SentForm) -> Response:
    """Open it again, with the reason."""
    here.require(Action.KEEP_COMPLAINTS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        register = Complaints(tx, here.wardround.clock)
        register.reopen(complaint, version, text(form, "why"), here.actor)
    return go(request, f"/complaints/{complaint}")
