"""The register of business associate agreements: list, detail, and every change to it."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from wardround.interfaces.web.forms import SentForm, number, read_day, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.privacy.egress import (
    Agreements,
    Carries,
    Data,
    Papers,
    Return,
    Service,
    Standing,
    Terms,
    read_terms,
)
from wardround.security import Action

router = APIRouter(prefix="/privacy/agreements")

BADGES = {
    Standing.COMING: "",
    Standing.IN_FORCE: "good",
    Standing.ENDING: "warn",
    Standing.EXPIRED: "bad",
    Standing.TERMINATED: "",
}
SERVICES = {
    Service.LANGUAGE: "Language models",
    Service.SPEECH: "Speech recognition",
    Service.MAIL: "E-mail",
    Service.TEXT_MESSAGES: "Text messages",
    Service.FHIR: "FHIR servers",
    Service.IMAGING: "Image archives",
    Service.STORAGE: "Storage",
}
DATA = {
    Data.TEXT: "Notes, transcripts, messages",
    Data.AUDIO: "Recordings of visits",
    Data.IMAGES: "Images",
    Data.RECORDS: "Structured records",
    Data.CONTACTS: "Names and contact details",
}


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the register: what needs a person first."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        found = Agreements(tx, here.wardround.clock).list()
    today = here.today
    order = (Standing.ENDING, Standing.EXPIRED, Standing.COMING, Standing.IN_FORCE)
    found.sort(key=lambda one: (*order, Standing.TERMINATED).index(one.standing(today)))
    return _page(request, here, "agreements.html", agreements=found)


@router.get("/new")
def show_new(request: Request, here: Here) -> Response:
    """Show an empty form."""
    here.require(Action.KEEP_REGISTERS)
    return _page(request, here, "agreement_form.html", agreement=None, terms=None)


@router.post("")
def add(request: Request, here: Here, form: SentForm) -> Response:
    """Enter an agreement."""
    here.require(Action.KEEP_REGISTERS)
    terms = _terms(form)
    with here.wardround.database.begin() as tx:
        added = Agreements(tx, here.wardround.clock).add(terms, here.actor)
    return go(request, f"/privacy/agreements/{added.id}")


@router.get("/{agreement}")
def show_one(request: Request, here: Here, agreement: str) -> Response:
    """Show an agreement, its documents and its history."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        history = Agreements(tx, here.wardround.clock).history(agreement)
        papers = Papers(tx, here.wardround.clock).list(agreement)
    return _page(
        request, here, "agreement.html", agreement=history[0], history=history, papers=papers
    )


@router.get("/{agreement}/edit")
def show_form(request: Request, here: Here, agreement: str) -> Response:
    """Show the terms as a form."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        found = Agreements(tx, here.wardround.clock).find(agreement)
    return _page(request, here, "agreement_form.html", agreement=found, terms=found.terms)


@router.post("/{agreement}")
def revise(request: Request, here: Here, agreement: str, form: SentForm) -> Response:
    """Change the terms."""
    here.require(Action.KEEP_REGISTERS)
    terms, version = _terms(form), number(form, "version")
    with here.wardround.database.begin() as tx:
        Agreements(tx, here.wardround.clock).revise(agreement, version, terms, here.actor)
    return go(request, f"/privacy/agreements/{agreement}")


@router.post("/{agreement}/renewal")
def renew(request: Request, here: Here, agreement: str, form: SentForm) -> Response:
    """Let it run longer."""
    here.require(Action.KEEP_REGISTERS)
    version, until = number(form, "version"), read_day(form, "until", "The new last day")
    with here.wardround.database.begin() as tx:
        Agreements(tx, here.wardround.clock).renew(agreement, version, until, here.actor)
    return go(request, f"/privacy/agreements/{agreement}")


@router.post("/{agreement}/termination")
def terminate(request: Request, here: Here, agreement: str, form: SentForm) -> Response:
    """End it; the gate closes with the day that is named, at once where that is today."""
    here.require(Action.KEEP_REGISTERS)
    version, day = number(form, "version"), read_day(form, "day", "The day on which it ends")
    with here.wardround.database.begin() as tx:
        register = Agreements(tx, here.wardround.clock)
        register.terminate(agreement, version, day, text(form, "reason"), here.actor)
    return go(request, f"/privacy/agreements/{agreement}")


@router.post("/{agreement}/documents")
def attach(request: Request, here: Here, agreement: str, form: SentForm) -> Response:
    """Keep the signed document."""
    here.require(Action.KEEP_REGISTERS)
    sent = form.get("document")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise InvalidInput("No document was chosen.", mend="Choose a PDF, PNG or JPEG.")
    data = sent.file.read()
    with here.wardround.database.begin() as tx:
        Papers(tx, here.wardround.clock).add(agreement, sent.filename, data, here.actor)
    return go(request, f"/privacy/agreements/{agreement}")


@router.get("/{agreement}/documents/{paper}")
def show_paper(here: Here, agreement: str, paper: str) -> Response:
    """Return a signed document as a download; that it was read is audited."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        found, data = Papers(tx, here.wardround.clock).read(agreement, paper)
    here.note_read(None, f"agreement/{agreement}")
    name = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    return Response(data, media_type=found.media_type, headers={"Content-Disposition": name})


def _page(request: Request, here: Visitor, name: str, **context: Any) -> Response:
    return render(
        request,
        name,
        today=here.today,
        badges=BADGES,
        services=SERVICES,
        data=DATA,
        levels={Carries.PHI: "PHI", Carries.LIMITED: "Limited data set"},
        endings=list(Return),
        names=Names(here.wardround.database),
        **context,
    )


def _terms(form: FormData) -> Terms:
    days = text(form, "breach_days").strip()
    expires = text(form, "expires")
    return read_terms(
        party=text(form, "party").strip(),
        contact=text(form, "contact").strip(),
        scope=text(form, "scope").strip(),
        hosts=tuple(text(form, "hosts").replace(",", " ").split()),
        services=frozenset(form.getlist("services")),
        data=frozenset(form.getlist("data")),
        level=Carries.LIMITED if text(form, "level") == "2" else Carries.PHI,
        effective=read_day(form, "effective", "The day on which it begins"),
        expires=read_day(form, "expires", "The last day") if expires else None,
        flow_down=text(form, "flow_down") == "on",
        breach_days=days or None,
        at_end=text(form, "at_end") or None,
        document_held=text(form, "document_held").strip(),
    )
