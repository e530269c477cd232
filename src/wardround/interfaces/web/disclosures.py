"""The account of disclosures: what was disclosed of a patient, entered, shown, and as a letter."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround.interfaces.web.forms import SentForm, read_day, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput, WardroundError
from wardround.privacy.disclosures import (
    Account,
    Disclosures,
    account_csv,
    account_of,
    account_pdf,
)
from wardround.rounds import Consents
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/privacy/disclosures")


@router.get("")
def ask(request: Request, here: Here) -> Response:
    """Ask whose account it is: by the record number, which stands in no address."""
    here.require(Action.KEEP_REGISTERS)
    return render(request, "disclosures.html", number="", account=None, error=None)


@router.post("")
def show(request: Request, here: Here, form: SentForm) -> Response:
    """Show the account of a patient."""
    here.require(Action.KEEP_REGISTERS)
    return _page(request, here, form)


@router.post("/entries")
def enter(request: Request, here: Here, form: SentForm) -> Response:
    """Enter a disclosure, and show the account with it."""
    here.require(Action.KEEP_REGISTERS)
    patient, _ = _whose(here, form)
    try:
        with here.wardround.database.begin() as tx:
            Disclosures(tx, here.wardround.clock).enter(
                patient,
                read_day(text(form, "day"), "day"),
                text(form, "recipient"),
                text(form, "what"),
                text(form, "why"),
                here.actor,
                text(form, "address"),
            )
    except InvalidInput as error:
        return _page(request, here, form, error)
    return _page(request, here, form)


@router.post("/letter")
def letter(here: Here, form: SentForm) -> Response:
    """Return the account as a letter (PDF) or a table (CSV)."""
    here.require(Action.KEEP_REGISTERS)
    patient, number = _whose(here, form)
    account = _account(here, patient)
    if text(form, "format") == "csv":
        data, media, name = account_csv(account), "text/csv; charset=utf-8", "account.csv"
    else:
        data = account_pdf(account, number, here.today)
        media, name = "application/pdf", "account.pdf"
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-disclosures", "success", actor=here.actor, subject=patient
        )
    disposition = f'attachment; filename="{name}"'
    return Response(data, media_type=media, headers={"Content-Disposition": disposition})


def _page(
    request: Request, here: Visitor, form: FormData, error: WardroundError | None = None
) -> Response:
    try:
        patient, number = _whose(here, form)
    except WardroundError as unknown:
        return render(
            request,
            "disclosures.html",
            status=unknown.status,
            number=text(form, "number").strip(),
            account=None,
            error=unknown,
        )
    account = _account(here, patient)
    here.note_read(patient, "register/disclosures")
    return render(
        request,
        "disclosures.html",
        status=200 if error is None else error.status,
        number=number,
        account=account,
        error=error,
        today=here.today.isoformat(),
        typed={name: text(form, name) for name in ("day", "recipient", "address", "what", "why")}
        if error
        else {},
    )


def _whose(here: Visitor, form: FormData) -> tuple[str, str]:
    """Return the patient that the record number of a form is of, and the number."""
    number = text(form, "number").strip()
    with here.wardround.database.read() as tx:
        return Consents(tx, here.wardround.clock).patient_of(number), number


def _account(here: Visitor, patient: str) -> Account:
    today = here.today
    with here.wardround.database.read() as tx:
        found = Disclosures(tx, here.wardround.clock).of(patient, date.min, today)
    return account_of(found, today)
