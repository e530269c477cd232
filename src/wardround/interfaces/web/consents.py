"""What a patient consents to: shown on the chart, answered there."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import by_htmx, go, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Actor, InvalidInput
from wardround.privacy.consent import About, Obtained
from wardround.rounds import Consents
from wardround.security import Action

router = APIRouter(prefix="/patients")
letters = APIRouter(prefix="/privacy/consents")

QUESTIONS = {
    About.RECORDING: ("Recording of visits", "Notes are drafted from the recording."),
    About.RESEARCH: ("Use for research", "Asked before data are handed to researchers."),
    About.MESSAGING: ("E-mail and text messages", ""),
}


@router.get("/{patient}/consents")
def show(request: Request, here: Here, patient: str) -> Response:
    """Show the panel; a browser without scripts gets the chart."""
    here.require(Action.READ_CHART)
    if not by_htmx(request):
        return RedirectResponse(f"/patients/{patient}#consents", 303)
    with here.chart() as chart:
        chart.read(f"Patient/{patient}")
    return render(request, "consents.html", **panel(here, patient))


@router.post("/{patient}/consents")
def answer(request: Request, here: Here, patient: str, form: SentForm) -> Response:
    """Keep what the patient, or who speaks for them, has answered."""
    here.require(Action.ORDER)
    with here.chart() as chart:
        chart.read(f"Patient/{patient}")
    here.require(Action.ORDER, f"Patient/{patient}")
    with here.wardround.database.begin() as tx:
        _note(Consents(tx, here.wardround.clock), f"Patient/{patient}", here.actor, form)
    if not by_htmx(request):
        return RedirectResponse(f"/patients/{patient}#consents", 303)
    return render(request, "consents.html", **panel(here, patient))


@letters.get("")
def show_letter(request: Request, here: Here, kept: str = "") -> Response:
    """Show the form for an answer that came to the privacy officer, such as a letter."""
    here.require(Action.KEEP_REGISTERS)
    return render(
        request,
        "consent_letter.html",
        questions=QUESTIONS,
        ways=list(Obtained),
        kept=kept == "yes",
    )


@letters.post("")
def keep_letter(request: Request, here: Here, form: SentForm) -> Response:
    """Keep that answer, by the patient's record number: no chart is opened."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.begin() as tx:
        consents = Consents(tx, here.wardround.clock)
        patient = consents.patient_of(text(form, "number").strip())
        _note(consents, patient, here.actor, form)
    return go(request, "/privacy/consents?kept=yes")


def panel(here: Visitor, patient: str) -> dict[str, Any]:
    """Return what the panel of one patient shows."""
    with here.wardround.database.read() as tx:
        answers = Consents(tx, here.wardround.clock).of(f"Patient/{patient}")
    required = here.wardround.settings.recording_consent == "required"
    return {
        "consent_of": patient,
        "consents": answers,
        "questions": QUESTIONS,
        "ways": list(Obtained),
        "missing": {About.RECORDING} if required else set(),
        "may_ask": here.may("ORDER", f"Patient/{patient}"),
    }


def _note(consents: Consents, patient: str, by: Actor, form: FormData) -> None:
    days = text(form, "days").strip()
    if days and not (days.isascii() and days.isdigit()):
        raise InvalidInput("The number of days is no number.", where="days")
    consents.note(
        patient,
        _about(form),
        by,
        permit=_permits(form),
        obtained=_obtained(form),
        given_by=text(form, "given_by"),
        days=int(days) if days else None,
    )


def _permits(form: FormData) -> bool:
    said = text(form, "answer")
    if said not in {"yes", "no"}:
        raise InvalidInput("The answer is yes or no.", where="answer")
    return said == "yes"


def _about(form: FormData) -> About:
    try:
        return About(text(form, "about"))
    except ValueError:
        raise InvalidInput("There is no such question.", where="about") from None


def _obtained(form: FormData) -> Obtained:
    try:
        return Obtained(text(form, "obtained"))
    except ValueError:
        raise InvalidInput("How was the answer given?", where="obtained") from None
