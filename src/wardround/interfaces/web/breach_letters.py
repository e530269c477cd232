"""Letters about a breach, edited by the officer and handed out on paper; nothing is sent."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.breaches import LETTERS
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import NotFound
from wardround.privacy.breaches import (
    HEADINGS,
    TITLES,
    Breaches,
    Incident,
    Letter,
    LetterKind,
    Letters,
    facts_of,
    facts_pdf,
    facts_text,
    letter_pdf,
    letter_text,
)
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/privacy/breaches/{breach}")


@router.get("/letters/{kind}")
def show(request: Request, here: Here, breach: str, kind: str) -> Response:
    """Show a letter as a form: as it was saved last, or as it is drafted."""
    here.require(Action.KEEP_REGISTERS)
    which = _kind(kind)
    incident, letter = _find(here, breach, which)
    with here.wardround.database.read() as tx:
        history = Letters(tx, here.wardround.clock).history(incident, which)
    return render(
        request,
        "breach_letter.html",
        incident=incident,
        kind=which,
        whom=LETTERS[which],
        title=TITLES[which],
        headings=HEADINGS,
        letter=letter,
        history=history,
        names=Names(here.wardround.database),
    )


@router.post("/letters/{kind}")
def keep(request: Request, here: Here, breach: str, kind: str, form: SentForm) -> Response:
    """Save a letter; what was saved before stays."""
    here.require(Action.KEEP_REGISTERS)
    which, version = _kind(kind), number(form, "version")
    parts = {name: text(form, name) for name in HEADINGS}
    with here.wardround.database.begin() as tx:
        incident = Breaches(tx, here.wardround.clock).find(breach)
        register = Letters(tx, here.wardround.clock)
        register.keep(incident, which, version, parts, here.actor)
    return go(request, f"/privacy/breaches/{breach}/letters/{which}")


@router.post("/letters/{kind}/paper")
def print_letter(here: Here, breach: str, kind: str, form: SentForm) -> Response:
    """Return a letter: as text, as PDF, or as a PDF with a letter for each patient named."""
    here.require(Action.KEEP_REGISTERS)
    which, wanted = _kind(kind), text(form, "format")
    incident, letter = _find(here, breach, which)
    if wanted == "text":
        data = letter_text(letter, which, here.today).encode()
    else:
        named = incident.circumstances.patients if wanted == "each" else ()
        data = letter_pdf(letter, which, here.today, [one.number for one in named])
    return _paper(here, incident, which, data, as_text=wanted == "text")


@router.post("/facts")
def print_facts(here: Here, breach: str, form: SentForm) -> Response:
    """Return the facts that the Secretary asks for."""
    here.require(Action.KEEP_REGISTERS)
    as_text = text(form, "format") == "text"
    with here.wardround.database.read() as tx:
        incident = Breaches(tx, here.wardround.clock).find(breach)
    facts = facts_of(incident, here.today)
    data = facts_text(facts, here.today).encode() if as_text else facts_pdf(facts, here.today)
    return _paper(here, incident, "secretary", data, as_text=as_text)


def _find(here: Visitor, breach: str, kind: LetterKind) -> tuple[Incident, Letter]:
    with here.wardround.database.read() as tx:
        incident = Breaches(tx, here.wardround.clock).find(breach)
        return incident, Letters(tx, here.wardround.clock).latest(incident, kind)


def _paper(here: Visitor, incident: Incident, name: str, data: bytes, *, as_text: bool) -> Response:
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-breach-letter",
            "success",
            actor=here.actor,
            entity=f"breach/{incident.id}",
            detail={"letter": name},
        )
    media, ending = ("text/plain; charset=utf-8", "txt") if as_text else ("application/pdf", "pdf")
    disposition = f'attachment; filename="notice-{name}.{ending}"'
    return Response(data, media_type=media, headers={"Content-Disposition": disposition})


def _kind(kind: str) -> LetterKind:
    try:
        return LetterKind(kind)
    except ValueError:
        raise NotFound("There is no such letter.") from None
