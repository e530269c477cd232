"""Emergency access: opening a chart with a reason, and ending that before its time."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput, NotFound
from wardround.security import Action, Emergencies, Emergency, Reason

router = APIRouter(prefix="/patients/{patient_id}/emergency")

REASONS = {
    Reason.EMERGENCY: "The patient needs care now",
    Reason.COVERING: "I cover for a colleague",
    Reason.CONSULTED: "A colleague asked me about this patient",
    Reason.OTHER: "Something else",
}


@router.get("")
def show(request: Request, here: Here, patient_id: str) -> Response:
    """Ask for the reason; whose chart is open to them anyway is led there."""
    reference = f"Patient/{patient_id}"
    here.require(Action.BREAK_GLASS)
    if here.may("READ_CHART", reference):
        return RedirectResponse(f"/patients/{patient_id}", 303)
    here.require(Action.BREAK_GLASS, reference)
    with here.chart() as chart:
        found = chart.find_patients({"_id": patient_id})
    if not found:
        raise NotFound("There is no such patient.")
    return render(
        request,
        "emergency.html",
        patient=facts.patient(facts.parsed(found[0])),
        reasons=REASONS,
        hours=here.wardround.settings.emergency_hours,
        today=here.today,
    )


@router.post("")
def begin(request: Request, here: Here, patient_id: str, form: SentForm) -> Response:
    """Open the chart, for the hours that the clinic has set."""
    reference = f"Patient/{patient_id}"
    here.require(Action.BREAK_GLASS, reference)
    with here.chart() as chart:
        if not chart.find_patients({"_id": patient_id}):
            raise NotFound("There is no such patient.")
    life = timedelta(hours=here.wardround.settings.emergency_hours)
    with here.wardround.database.begin() as tx:
        Emergencies(tx, here.wardround.clock).open(
            here.actor, reference, _reason(text(form, "reason")), text(form, "words"), life
        )
    return go(request, f"/patients/{patient_id}")


@router.post("/end")
def end(request: Request, here: Here, patient_id: str, form: SentForm) -> Response:
    """Close the chart again."""
    del form
    here.require(Action.BREAK_GLASS)
    opened = emergency_of(here, f"Patient/{patient_id}")
    if opened is not None:
        with here.wardround.database.begin() as tx:
            Emergencies(tx, here.wardround.clock).end(opened.id, here.actor)
    return go(request, "/patients")


def emergency_of(here: Visitor, patient: str) -> Emergency | None:
    """Return the emergency that a patient's chart is open to them in now, if it is in one."""
    with here.wardround.database.read() as tx:
        found = Emergencies(tx, here.wardround.clock).of(here.actor.id, [patient])
    return found[0] if found else None


def _reason(code: str) -> Reason:
    try:
        return Reason(code)
    except ValueError:
        raise InvalidInput("Choose one of the reasons.", where="reason") from None
