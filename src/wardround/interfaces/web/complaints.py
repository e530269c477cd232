"""The register of complaints: the list with its clocks, one complaint, and what leaves of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.governance.complaints import (
    Complaint,
    Complaints,
    complaint_json,
    complaint_pdf,
    complaint_stage,
    complaint_trends,
    is_mdr_overdue,
    mdr_duties,
    mdr_suggestion,
    next_mdr_duty,
)
from wardround.interfaces.web.complaint_form import (
    BADGES,
    CATEGORIES,
    CHANNELS,
    EVENTS,
    HARMS,
    HASTES,
    REPORTERS,
    read_report,
)
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/complaints")

SHOWN = {"open": "Open", "closed": "Closed", "all": "All"}


@router.get("")
def show(request: Request, here: Here, of: str = "open") -> Response:
    """Show the register: what is due soonest first; ``of`` is open, closed or all."""
    here.require(Action.KEEP_COMPLAINTS)
    chosen = of if of in SHOWN else "open"
    with here.wardround.database.read() as tx:
        found = Complaints(tx, here.wardround.clock).list()
    shown = [one for one in found if chosen == "all" or one.closed == (chosen == "closed")]
    return _page(
        request,
        here,
        "complaints.html",
        complaints=_by_due(shown),
        counts={"open": sum(not one.closed for one in found), "all": len(found)},
        overdue=sum(is_mdr_overdue(one, here.today) for one in found),
        trends=complaint_trends(found),
        of=chosen,
        shown=SHOWN,
    )


@router.get("/new")
def show_new(request: Request, here: Here) -> Response:
    """Show an empty form, for a complaint that did not come from the page of a draft."""
    here.require(Action.KEEP_COMPLAINTS)
    return _page(request, here, "complaint_form.html")


@router.post("")
def enter(request: Request, here: Here, form: SentForm) -> Response:
    """Enter a complaint that came by telephone, in writing or in person."""
    here.require(Action.KEEP_COMPLAINTS)
    report = read_report(form)
    with here.wardround.database.begin() as tx:
        kept = Complaints(tx, here.wardround.clock).enter(report, here.actor)
    return go(request, f"/complaints/{kept.number}")


@router.get("/{complaint}")
def show_one(request: Request, here: Here, complaint: str) -> Response:
    """Show a complaint: what was received, what is due, what was decided, found and replied."""
    here.require(Action.KEEP_COMPLAINTS)
    with here.wardround.database.read() as tx:
        history = Complaints(tx, here.wardround.clock).history(complaint)
    one = history[0]
    here.note_read(one.report.patient, f"complaint/{one.number}")
    return _page(
        request,
        here,
        "complaint.html",
        complaint=one,
        stage=complaint_stage(one),
        duties=mdr_duties(one),
        suggestion=mdr_suggestion(one.report.harm),
        history=history,
    )


@router.post("/{complaint}/export")
def export(here: Here, complaint: str, form: SentForm) -> Response:
    """Return the record and what it says of Form FDA 3500A, as PDF or JSON."""
    here.require(Action.KEEP_COMPLAINTS)
    asked = text(form, "format")
    if asked not in {"pdf", "json"}:
        raise InvalidInput("It is exported as PDF or JSON.", where="format")
    with here.wardround.database.begin() as tx:
        one = Complaints(tx, here.wardround.clock).find(complaint)
        AuditTrail(tx, here.wardround.clock).record(
            "export-complaint",
            "success",
            actor=here.actor,
            subject=one.report.patient,
            entity=f"complaint/{one.number}",
            detail={"format": asked},
        )
    data = complaint_pdf(one, here.today) if asked == "pdf" else orjson.dumps(complaint_json(one))
    headers = {"Content-Disposition": f'attachment; filename="{one.number}.{asked}"'}
    return Response(data, media_type=f"application/{asked}", headers=headers)


def _by_due(found: Iterable[Complaint]) -> list[Complaint]:
    """Return complaints by the day of what is due next; what has nothing left to do comes last."""

    def order(one: Complaint) -> tuple[bool, date]:
        duty = next_mdr_duty(one)
        return one.closed, date.max if duty is None else duty.due

    return sorted(found, key=order)


def _page(request: Request, here: Visitor, name: str, **context: Any) -> Response:
    return render(
        request,
        name,
        today=here.today,
        badges=BADGES,
        categories=CATEGORIES,
        channels=CHANNELS,
        events=EVENTS,
        harms=HARMS,
        hastes=HASTES,
        reporters=REPORTERS,
        stage_of=complaint_stage,
        next_duty=next_mdr_duty,
        names=Names(here.wardround.database),
        **context,
    )
