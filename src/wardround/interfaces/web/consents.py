"""What a patient consents to: shown on the chart, answered there."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import by_htmx, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.privacy import About, Obtained
from wardround.rounds import Consents
from wardround.security import Action

router = APIRouter(prefix="/patients")

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
    here.note_read(f"Patient/{patient}", f"Patient/{patient}")
    return render(request, "consents.html", **panel(here, patient))


@router.post("/{patient}/consents")
def answer(request: Request, here: Here, patient: str, form: SentForm) -> Response:
    """Keep what the patient, or who speaks for them, has answered."""
    here.require(Action.READ_CHART)
    here.require(Action.ORDER)
    about, obtained = _about(form), _obtained(form)
    days = text(form, "days").strip()
    if days and not (days.isascii() and days.isdigit()):
        raise InvalidInput("The number of days is no number.", where="days")
    with here.wardround.database.begin() as tx:
        Consents(tx, here.wardround.clock).note(
            f"Patient/{patient}",
            about,
            here.actor,
            permit=_permits(form),
            obtained=obtained,
            given_by=text(form, "given_by"),
            days=int(days) if days else None,
        )
    if not by_htmx(request):
        return RedirectResponse(f"/patients/{patient}#consents", 303)
    return render(request, "consents.html", **panel(here, patient))


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
    }


def _permits(form: SentForm) -> bool:
    said = text(form, "answer")
    if said not in {"yes", "no"}:
        raise InvalidInput("The answer is yes or no.", where="answer")
    return said == "yes"


def _about(form: SentForm) -> About:
    try:
        return About(text(form, "about"))
    except ValueError:
        raise InvalidInput("There is no such question.", where="about") from None


def _obtained(form: SentForm) -> Obtained:
    try:
        return Obtained(text(form, "obtained"))
    except ValueError:
        raise InvalidInput("How was the answer given?", where="obtained") from None
