"""The day's visits: where each note stands, and where a transcript is handed in."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from wardround.interfaces.web.agenda import Agenda, Visit
from wardround.interfaces.web.announcing import announce
from wardround.interfaces.web.forms import SentForm, order_number, text
from wardround.interfaces.web.pages import by_htmx, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.interfaces.web.standing import Standing, find_standing
from wardround.interfaces.web.words import clock
from wardround.kernel import InvalidInput, Part, Role, WardroundError
from wardround.security import Action

router = APIRouter(prefix="/visits")

SAID = {
    "ready": "The draft for the {time} visit is ready.",
    "abstained": "No note could be drafted for the {time} visit.",
    "failed": "Drafting for the {time} visit failed.",
}


class Line:
    """One visit of the list, with where its note stands and a number for its next order."""

    def __init__(self, visit: Visit, standing: Standing) -> None:
        self.visit = visit
        self.standing = standing
        self.order_id = str(uuid4())


@router.get("")
def show(
    request: Request,
    here: Here,
    day: date | None = None,
    of: Literal["mine", "everyone"] | None = None,
) -> Response:
    """Show the visits of a day."""
    return _page(request, here, day, of)


@router.get("/{encounter}")
def show_line(request: Request, here: Here, encounter: str, known: str = "") -> Response:
    """Answer a page that waits for a draft: nothing while it is still as ``known``."""
    here.require(Action.READ_CHART)
    if not by_htmx(request):
        return RedirectResponse("/visits", 303)
    with here.chart(again=True) as chart:
        visit = Agenda(chart).find(encounter)
    line = _line(here, visit)
    if line.standing.kind == known:
        return Response(status_code=204)
    response = render(request, "visit.html", line=line)
    if line.standing.kind in SAID:
        announce(response, SAID[line.standing.kind].format(time=clock(line.visit.start)))
    return response


@router.post("/{encounter}/orders")
def order(request: Request, here: Here, encounter: str, form: SentForm) -> Response:
    """Hand in what was recorded of a visit and have its note drafted."""
    here.require(Action.ORDER)
    with here.chart() as chart:
        visit = Agenda(chart).find(encounter)
    here.require(Action.ORDER, visit.patient.reference)
    try:
        here.wardround.rounds.order(
            text(form, "capability"),
            visit.patient.reference,
            f"Encounter/{encounter}",
            _parts(form),
            here.actor,
            order_id=order_number(form),
        )
    except WardroundError as error:
        if by_htmx(request):
            raise
        wrong = {"encounter": encounter, "error": error}
        return _page(request, here, visit.start.date(), None, status=error.status, wrong=wrong)
    if not by_htmx(request):
        return RedirectResponse(f"/visits?day={visit.start.date()}#visit-{encounter}", 303)
    response = render(request, "visit.html", line=_line(here, visit))
    return announce(response, f"Handed in. Drafting the note of the {clock(visit.start)} visit.")


def _page(
    request: Request,
    here: Visitor,
    day: date | None,
    of: str | None,
    status: int = 200,
    wrong: dict[str, object] | None = None,
) -> Response:
    here.require(Action.READ_CHART)
    now = here.wardround.clock().astimezone()
    day = day or now.date()
    of = of or ("mine" if here.actor.role is Role.CLINICIAN else "everyone")
    practitioner = here.actor.reference if of == "mine" else None
    with here.chart() as chart:
        visits = Agenda(chart).of_day(day, practitioner)
    return render(
        request,
        "visits.html",
        status=status,
        lines=[_line(here, visit) for visit in visits],
        day=day,
        today=now.date(),
        now=now,
        upcoming=_upcoming(visits, now),
        of=of,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        wrong=wrong or {},
    )


def _upcoming(visits: list[Visit], now: datetime) -> str | None:
    return next((visit.id for visit in visits if visit.start > now), None)


def _line(here: Visitor, visit: Visit) -> Line:
    return Line(visit, find_standing(here.wardround.rounds, f"Encounter/{visit.id}", here.actor))


def _parts(form: FormData) -> list[Part]:
    sent = [item for item in form.getlist("files") if isinstance(item, UploadFile)]
    parts = [Part(name=item.filename, data=item.file.read()) for item in sent if item.filename]
    pasted = text(form, "pasted")
    if parts and pasted.strip():
        raise InvalidInput(
            "There is both a file and pasted text.", mend="Hand in one or the other."
        )
    if pasted.strip():
        parts = [Part(name="pasted.txt", data=pasted.encode(), media_type="text/plain")]
    if not parts:
        raise InvalidInput("Nothing was handed in.", mend="Choose a file, or paste the transcript.")
    return parts
