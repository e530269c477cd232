"""Access review: cases of unusual access, worst first; one case with its events; the watch list."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.bootstrap import review_access
from wardround.database import Transaction
from wardround.interfaces.web.access_words import Patients, standings
from wardround.interfaces.web.audit_words import sentence
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput, WardroundError
from wardround.privacy.oversight import (
    MOST_DAYS,
    Case,
    Cases,
    Line,
    Looks,
    Swept,
    Verdict,
    Watched,
    load_rules,
    what,
    who_saw,
)
from wardround.rounds import Consents
from wardround.security import Action, AuditTrail, People

router = APIRouter(prefix="/privacy/access")

PAGE = 25
CLOSED = 50
TELLING = 3
"""Closed cases with a reason, from which on it is told how often it led to nothing."""
SPANS = (7, 30, MOST_DAYS)
VERDICTS = {
    Verdict.OPEN: "To review",
    Verdict.ASKED: "Asked the person",
    Verdict.APPROPRIATE: "Appropriate",
    Verdict.NOT_APPROPRIATE: "Not appropriate",
}


@router.get("")
def show(request: Request, here: Here, page: str = "1") -> Response:
    """Show the cases that wait, a page at a time, and those that were closed."""
    return _page(request, here, int(page) if page.isascii() and page.isdigit() else 1)


@router.post("/sweep")
def look(request: Request, here: Here, form: SentForm) -> Response:
    """Look through the last days now."""
    here.require(Action.REVIEW_ACCESS)
    days = number(form, "days")
    found, new = review_access(here.wardround, days, here.actor)
    return _page(request, here, 1, found, new)


@router.get("/cases/{case}")
def read(request: Request, here: Here, case: str) -> Response:
    """Show one case: what was seen, by which events, and what was done."""
    here.require(Action.REVIEW_ACCESS)
    with here.wardround.database.read() as tx:
        register = Cases(tx, here.wardround.clock)
        found = register.find(case)
        before, cleared = register.before(found), register.cleared()
        events = AuditTrail(tx).named(found.events)
        person = People(tx).actor(found.person)
        line = _line(tx, found)
    names = Names(here.wardround.database)
    here.note_read(found.patient, f"case/{found.id}")
    return render(
        request,
        "access_case.html",
        case=found,
        person=person,
        patient=Patients(here, [found.patient]).of(found.patient),
        line=line,
        relation=standings(here, [line])[line.person, line.patient] if line else "",
        what=what,
        rules=load_rules(),
        sentences=[sentence(event, names) for event in events],
        before=[one for one in before if one.id != found.id],
        cleared=[
            cleared[one.rule]
            for one in found.reasons
            if one.rule in cleared and cleared[one.rule].closed >= TELLING
        ],
        verdicts=VERDICTS,
        names=names,
    )


@router.post("/cases/{case}")
def judge(request: Request, here: Here, case: str, form: SentForm) -> Response:
    """Note that the person was asked, or close the case."""
    here.require(Action.REVIEW_ACCESS)
    verdict = _verdict(text(form, "verdict"))
    with here.wardround.database.begin() as tx:
        Cases(tx, here.wardround.clock).judge(case, verdict, text(form, "note"), here.actor)
    back = verdict is Verdict.APPROPRIATE
    return go(request, "/privacy/access" if back else f"/privacy/access/cases/{case}")


@router.get("/watched")
def watched(request: Request, here: Here) -> Response:
    """Show the patients who are watched over."""
    here.require(Action.REVIEW_ACCESS)
    return _watched(request, here)


@router.post("/watched")
def watch(request: Request, here: Here, form: SentForm) -> Response:
    """Watch over a patient, found by the record number."""
    here.require(Action.REVIEW_ACCESS)
    typed = {"number": text(form, "number").strip(), "why": text(form, "why")}
    try:
        with here.wardround.database.begin() as tx:
            clock = here.wardround.clock
            patient = Consents(tx, clock).patient_of(typed["number"])
            Watched(tx, clock).add(patient, typed["why"], here.actor)
    except WardroundError as error:
        return _watched(request, here, error, typed)
    return RedirectResponse("/privacy/access/watched", 303)


@router.post("/watched/removal")
def unwatch(here: Here, form: SentForm) -> Response:
    """Watch over a patient no more."""
    here.require(Action.REVIEW_ACCESS)
    with here.wardround.database.begin() as tx:
        Watched(tx, here.wardround.clock).remove(text(form, "patient"), here.actor)
    return RedirectResponse("/privacy/access/watched", 303)


def _page(
    request: Request, here: Visitor, page: int, found: Swept | None = None, new: int = 0
) -> Response:
    here.require(Action.REVIEW_ACCESS)
    offset = (min(max(page, 1), 10_000) - 1) * PAGE
    with here.wardround.database.read() as tx:
        register = Cases(tx, here.wardround.clock)
        waiting, closed = register.waiting(PAGE + 1, offset), register.closed(CLOSED)
        total = register.count()
        last = Looks(tx, here.wardround.clock).last()
        roles = {one.id: one.role for one in People(tx).list()}
    shown = waiting[:PAGE]
    return render(
        request,
        "access.html",
        waiting=shown,
        total=total,
        page=page,
        more=len(waiting) > PAGE,
        closed=closed,
        last=last,
        found=found,
        new=new,
        roles=roles,
        spans=SPANS,
        rules=load_rules(),
        verdicts=VERDICTS,
        patients=Patients(here, [one.patient for one in (*shown, *closed)]),
        names=Names(here.wardround.database),
    )


def _watched(
    request: Request,
    here: Visitor,
    error: WardroundError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    with here.wardround.database.read() as tx:
        found = Watched(tx, here.wardround.clock).list()
    return render(
        request,
        "access_watched.html",
        status=200 if error is None else error.status,
        watched=found,
        error=error,
        typed=typed or {},
        patients=Patients(here, [one.patient for one in found]),
        names=Names(here.wardround.database),
    )


def _line(tx: Transaction, case: Case) -> Line | None:
    """Return what the person saw of the patient in the time of a case."""
    if case.patient is None:
        return None
    lines = who_saw(tx, case.patient, case.first, case.last + timedelta(seconds=1))
    return next((line for line in lines if line.person == case.person), None)


def _verdict(code: str) -> Verdict:
    try:
        return Verdict(code)
    except ValueError:
        raise InvalidInput("Say what the review came to.", where="verdict") from None
