"""Who saw this patient, and whom did this person see: asked of the audit trail, for some days.

The record number travels in the form, never in an address. What was asked is in the trail itself.
"""

from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround.interfaces.web.access_words import Patients, moment_of, standings
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import WardroundError
from wardround.privacy.oversight import (
    PURPOSES,
    Line,
    report_csv,
    report_of,
    report_pdf,
    seen_by,
    what,
    who_saw,
)
from wardround.rounds import Consents
from wardround.security import Action, AuditTrail, People

router = APIRouter(prefix="/privacy/access")

PAGE = 50
DAYS = {"patient": 90, "person": 30}
FIELDS = ("number", "person", "since", "until")


@router.get("/patient")
def ask_patient(request: Request, here: Here) -> Response:
    """Ask whose record it is about."""
    here.require(Action.REVIEW_ACCESS)
    return _show(request, here, "patient", _empty(here, "patient"))


@router.post("/patient")
def of_patient(request: Request, here: Here, form: SentForm) -> Response:
    """Show everybody who opened, or tried to open, something of a patient."""
    here.require(Action.REVIEW_ACCESS)
    asked, page = _asked(form), _page(form)
    try:
        patient, lines = _who_saw(here, asked)
    except WardroundError as error:
        return _show(request, here, "patient", asked, error=error)
    here.note_read(patient, "register/access")
    return _show(request, here, "patient", asked, lines=lines, page=page)


@router.post("/patient/report")
def report(here: Here, form: SentForm) -> Response:
    """Return the access report of a patient as a letter (PDF) or a table (CSV)."""
    here.require(Action.REVIEW_ACCESS)
    asked = _asked(form)
    patient, lines = _who_saw(here, asked)
    first, last = (moment_of(asked[name], name).date() for name in ("since", "until"))
    with here.wardround.database.read() as tx:
        names = {one.id: one.name for one in People(tx).list()}
    made = report_of(lines, names, first, last)
    if text(form, "format") == "csv":
        data, media, name = report_csv(made), "text/csv; charset=utf-8", "access.csv"
    else:
        data = report_pdf(made, asked["number"], here.today)
        media, name = "application/pdf", "access.pdf"
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-access", "success", actor=here.actor, subject=patient
        )
    disposition = f'attachment; filename="{name}"'
    return Response(data, media_type=media, headers={"Content-Disposition": disposition})


@router.get("/person")
def ask_person(request: Request, here: Here) -> Response:
    """Ask which person of the clinic it is about."""
    here.require(Action.REVIEW_ACCESS)
    return _show(request, here, "person", _empty(here, "person"))


@router.post("/person")
def of_person(request: Request, here: Here, form: SentForm) -> Response:
    """Show every patient of whom a person opened, or tried to open, something."""
    here.require(Action.REVIEW_ACCESS)
    asked, page = _asked(form), _page(form)
    try:
        since, until = _span(asked)
        with here.wardround.database.read() as tx:
            person = People(tx).find(asked["person"])
            lines = seen_by(tx, person.id, since, until)
    except WardroundError as error:
        return _show(request, here, "person", asked, error=error)
    here.note_read(None, "register/access")
    return _show(request, here, "person", asked, lines=lines, page=page)


def _show(
    request: Request,
    here: Visitor,
    by: str,
    asked: dict[str, str],
    *,
    lines: list[Line] | None = None,
    page: int = 1,
    error: WardroundError | None = None,
) -> Response:
    opened = [line for line in lines or () if line.count]
    refused = [line for line in lines or () if line.refused]
    shown = opened[(page - 1) * PAGE : page * PAGE]
    with here.wardround.database.read() as tx:
        people = People(tx).list()
    return render(
        request,
        "access_asked.html",
        status=200 if error is None else error.status,
        by=by,
        asked=asked,
        error=error,
        answered=lines is not None,
        lines=shown,
        total=len(opened),
        page=page,
        more=len(opened) > page * PAGE,
        refused=refused[:PAGE],
        refused_total=len(refused),
        stood=standings(here, shown),
        what=what,
        purposes=PURPOSES,
        people=people,
        patients=Patients(here, [line.patient for line in (*shown, *refused[:PAGE])]),
        names=Names(here.wardround.database),
    )


def _who_saw(here: Visitor, asked: dict[str, str]) -> tuple[str, list[Line]]:
    since, until = _span(asked)
    with here.wardround.database.read() as tx:
        patient = Consents(tx, here.wardround.clock).patient_of(asked["number"])
        return patient, who_saw(tx, patient, since, until)


def _span(asked: dict[str, str]) -> tuple[datetime, datetime]:
    return moment_of(asked["since"], "since"), moment_of(asked["until"], "until", days=1)


def _empty(here: Visitor, by: str) -> dict[str, str]:
    since = here.today - timedelta(days=DAYS[by])
    known = {"since": since.isoformat(), "until": here.today.isoformat()}
    return dict.fromkeys(FIELDS, "") | known


def _asked(form: FormData) -> dict[str, str]:
    return {name: text(form, name).strip() for name in FIELDS}


def _page(form: FormData) -> int:
    return max(number(form, "page"), 1) if text(form, "page") else 1
