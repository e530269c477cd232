"""What is done about an incident: assessed, told of, put off, accounted for, closed."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.breach_form import (
    BEARINGS,
    CONCLUSIONS,
    FACTORS,
    read_conclusion,
    read_factors,
)
from wardround.interfaces.web.forms import SentForm, number, read_day, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.signed_in import Here
from wardround.privacy.breaches import Breaches
from wardround.privacy.disclosures import read_request
from wardround.security import Action

router = APIRouter(prefix="/privacy/breaches/{breach}")


@router.get("/assessment")
def show_assessment(request: Request, here: Here, breach: str) -> Response:
    """Show the four factors and the conclusion as a form, with what was said before."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        incident = Breaches(tx, here.wardround.clock).find(breach)
    return render(
        request,
        "breach_assessment.html",
        incident=incident,
        assessment=incident.assessment,
        factors=FACTORS,
        bearings=BEARINGS,
        conclusions=CONCLUSIONS,
    )


@router.post("/assessment")
def assess(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Keep what the assessment came to."""
    here.require(Action.KEEP_REGISTERS)
    version, conclusion = number(form, "version"), read_conclusion(form)
    factors, reasons = read_factors(form), text(form, "reasons")
    with here.wardround.database.begin() as tx:
        register = Breaches(tx, here.wardround.clock)
        register.assess(breach, version, conclusion, reasons, factors, here.actor)
    return go(request, f"/privacy/breaches/{breach}")


@router.post("/notices")
def note_given(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Keep that a notice was given."""
    here.require(Action.KEEP_REGISTERS)
    version, day = number(form, "version"), read_day(form, "day")
    with here.wardround.database.begin() as tx:
        register = Breaches(tx, here.wardround.clock)
        duty, note = text(form, "duty"), text(form, "note")
        register.note_given(breach, version, duty, day, note, here.actor)
    return go(request, f"/privacy/breaches/{breach}")


@router.post("/delays")
def delay(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Keep that a law-enforcement official had the notices put off."""
    here.require(Action.KEEP_REGISTERS)
    version = number(form, "version")
    asked = read_request(
        text(form, "official"),
        read_day(form, "day"),
        read_day(form, "until") if text(form, "until") else None,
        here.today,
        written=text(form, "written") == "yes",
    )
    with here.wardround.database.begin() as tx:
        Breaches(tx, here.wardround.clock).delay(breach, version, asked, here.actor)
    return go(request, f"/privacy/breaches/{breach}")


@router.post("/disclosures")
def account(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Enter it in the account of disclosures of each patient who is named."""
    here.require(Action.KEEP_REGISTERS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        Breaches(tx, here.wardround.clock).account(breach, version, here.actor)
    return go(request, f"/privacy/breaches/{breach}")


@router.post("/closing")
def close(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Close the incident."""
    here.require(Action.KEEP_REGISTERS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        register = Breaches(tx, here.wardround.clock)
        register.close(breach, version, text(form, "why"), here.actor)
    return go(request, f"/privacy/breaches/{breach}")


@router.post("/reopening")
def reopen(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Open it again, with the reason."""
    here.require(Action.KEEP_REGISTERS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        register = Breaches(tx, here.wardround.clock)
        register.reopen(breach, version, text(form, "why"), here.actor)
    return go(request, f"/privacy/breaches/{breach}")
