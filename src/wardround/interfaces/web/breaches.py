"""The register of breaches: the list, one incident, and what is known of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.breach_form import BADGES, BEARINGS, CONCLUSIONS, FACTORS, read_known
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.privacy.breaches import (
    STATES,
    Breaches,
    Incident,
    LetterKind,
    Letters,
    Location,
    Phi,
    Sort,
    breach_log,
    duties_of,
    next_duty,
    stage_of,
    write_residents,
)
from wardround.privacy.egress import Agreements
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/privacy/breaches")

LETTERS = {
    LetterKind.INDIVIDUAL: "To each individual",
    LetterKind.NEXT_OF_KIN: "To the next of kin of somebody who died",
    LetterKind.SUBSTITUTE: "To be posted or broadcast",
    LetterKind.MEDIA: "To the media",
}


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the register: what is due soonest first, what is closed last."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        found = Breaches(tx, here.wardround.clock).list()
    years = sorted({one.circumstances.discovered.year for one in found}, reverse=True)
    return _page(
        request,
        here,
        "breaches.html",
        incidents=_by_due(found, here.today),
        years=years,
        stage_of=stage_of,
        next_duty=next_duty,
    )


@router.get("/new")
def show_new(request: Request, here: Here) -> Response:
    """Show an empty form."""
    here.require(Action.KEEP_REGISTERS)
    return _form(request, here, None)


@router.post("")
def enter(request: Request, here: Here, form: SentForm) -> Response:
    """Enter an incident."""
    here.require(Action.KEEP_REGISTERS)
    known = read_known(here, form)
    with here.wardround.database.begin() as tx:
        entered = Breaches(tx, here.wardround.clock).enter(known, here.actor)
    return go(request, f"/privacy/breaches/{entered.id}")


@router.post("/log")
def log(here: Here, form: SentForm) -> Response:
    """Return the log of a year, as 164.408(c) has it kept."""
    here.require(Action.KEEP_REGISTERS)
    year = text(form, "year")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise InvalidInput("This is no year.", where="year")
    with here.wardround.database.begin() as tx:
        data = breach_log(Breaches(tx, here.wardround.clock).list(), int(year))
        AuditTrail(tx, here.wardround.clock).record(
            "export-breaches", "success", actor=here.actor, detail={"year": year}
        )
    disposition = f'attachment; filename="breaches-{year}.csv"'
    headers = {"Content-Disposition": disposition}
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{breach}")
def show_one(request: Request, here: Here, breach: str) -> Response:
    """Show an incident: the notices, what is known, the assessment, letters and history."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        history = Breaches(tx, here.wardround.clock).history(breach)
        register = Letters(tx, here.wardround.clock)
        letters = {kind: register.latest(history[0], kind) for kind in LetterKind}
    here.note_read(None, f"breach/{breach}")
    return _page(
        request,
        here,
        "breach.html",
        incident=history[0],
        stage=stage_of(history[0]),
        duties=duties_of(history[0], here.today),
        history=history,
        letters=letters,
    )


@router.get("/{breach}/edit")
def show_form(request: Request, here: Here, breach: str) -> Response:
    """Show what is known as a form."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        incident = Breaches(tx, here.wardround.clock).find(breach)
    here.note_read(None, f"breach/{breach}")
    return _form(request, here, incident)


@router.post("/{breach}")
def revise(request: Request, here: Here, breach: str, form: SentForm) -> Response:
    """Change what is known."""
    here.require(Action.KEEP_REGISTERS)
    version, known = number(form, "version"), read_known(here, form)
    with here.wardround.database.begin() as tx:
        Breaches(tx, here.wardround.clock).revise(breach, version, known, here.actor)
    return go(request, f"/privacy/breaches/{breach}")


def _by_due(found: Iterable[Incident], today: date) -> list[Incident]:
    """Return incidents by the day of what is due next; what has nothing left to do comes last."""

    def order(one: Incident) -> tuple[bool, date]:
        duty = next_duty(one, today)
        return one.closed, date.max if duty is None else duty.due

    return sorted(found, key=order)


def _form(request: Request, here: Visitor, incident: Incident | None) -> Response:
    with here.wardround.database.read() as tx:
        agreements = Agreements(tx, here.wardround.clock).list()
    return _page(
        request,
        here,
        "breach_form.html",
        incident=incident,
        known=incident.circumstances if incident else None,
        parties={one.id: one.terms.party for one in agreements},
        kinds=list(Phi),
        sorts=list(Sort),
        locations=list(Location),
        write_residents=write_residents,
    )


def _page(request: Request, here: Visitor, name: str, **context: Any) -> Response:
    return render(
        request,
        name,
        today=here.today,
        badges=BADGES,
        bearings=BEARINGS,
        conclusions=CONCLUSIONS,
        factors=FACTORS,
        states=STATES,
        letter_names=LETTERS,
        names=Names(here.wardround.database),
        **context,
    )
