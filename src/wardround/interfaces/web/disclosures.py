"""The account of disclosures: what was disclosed of a patient, entered, shown, and as a letter."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround.interfaces.web.forms import SentForm, read_day, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput, WardroundError
from wardround.privacy.disclosures import (
    Account,
    AccountRequests,
    Disclosures,
    Suspensions,
    account_csv,
    account_of,
    account_pdf,
    part_by_suspension,
)
from wardround.rounds import Consents
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/privacy/disclosures")


@router.get("")
def ask(request: Request, here: Here) -> Response:
    """Ask whose account it is: by the record number, which stands in no address."""
    here.require(Action.KEEP_REGISTERS)
    return _start(request, here, "", None)


@router.post("")
def show(request: Request, here: Here, form: SentForm) -> Response:
    """Show the account of a patient."""
    here.require(Action.KEEP_REGISTERS)
    return account_page(request, here, form)


@router.post("/entries")
def enter(request: Request, here: Here, form: SentForm) -> Response:
    """Enter a disclosure, and show the account with it."""
    here.require(Action.KEEP_REGISTERS)
    patient, _ = whose(here, form)
    try:
        with here.wardround.database.begin() as tx:
            Disclosures(tx, here.wardround.clock).enter(
                patient,
                read_day(form, "day"),
                text(form, "recipient"),
                text(form, "what"),
                text(form, "why"),
                here.actor,
                text(form, "address"),
            )
    except InvalidInput as error:
        return account_page(request, here, form, error, "entry")
    return account_page(request, here, form)


@router.post("/letter")
def letter(here: Here, form: SentForm) -> Response:
    """Return the account as a letter (PDF) or a table (CSV), without what is left out of it."""
    here.require(Action.KEEP_REGISTERS)
    patient, number = whose(here, form)
    account, left_out = _accounts(here, patient)
    if text(form, "format") == "csv":
        data, media, name = account_csv(account), "text/csv; charset=utf-8", "account.csv"
    else:
        data = account_pdf(account, number, here.today)
        media, name = "application/pdf", "account.pdf"
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-disclosures",
            "success",
            actor=here.actor,
            subject=patient,
            detail={"left-out": str(left_out.count)} if left_out.count else {},
        )
    disposition = f'attachment; filename="{name}"'
    return Response(data, media_type=media, headers={"Content-Disposition": disposition})


def account_page(
    request: Request,
    here: Visitor,
    form: FormData,
    error: WardroundError | None = None,
    at: str = "",
) -> Response:
    """Show the account of the patient of a form; ``at`` names the form that has the error."""
    try:
        patient, number = whose(here, form)
    except WardroundError as unknown:
        return _start(request, here, text(form, "number").strip(), unknown)
    account, left_out = _accounts(here, patient)
    with here.wardround.database.read() as tx:
        clock = here.wardround.clock
        requests = [one for one in AccountRequests(tx, clock).list() if one.patient == patient]
        suspensions = Suspensions(tx, clock).of(patient)
    here.note_read(patient, "register/disclosures")
    return render(
        request,
        "disclosures.html",
        status=200 if error is None else error.status,
        number=number,
        account=account,
        left_out=left_out,
        requests=requests,
        suspensions=suspensions,
        error=error,
        today=here.today,
        at=at,
        typed={name: value for name, value in form.items() if isinstance(value, str)},
        names=Names(here.wardround.database),
    )


def whose(here: Visitor, form: FormData) -> tuple[str, str]:
    """Return the patient that the record number of a form is of, and the number."""
    number = text(form, "number").strip()
    with here.wardround.database.read() as tx:
        return Consents(tx, here.wardround.clock).patient_of(number), number


def _start(request: Request, here: Visitor, number: str, error: WardroundError | None) -> Response:
    with here.wardround.database.read() as tx:
        requests = AccountRequests(tx, here.wardround.clock).list()
    return render(
        request,
        "disclosures.html",
        status=200 if error is None else error.status,
        number=number,
        account=None,
        requests=requests,
        error=error,
        today=here.today,
        at="",
        typed={},
        names=Names(here.wardround.database),
    )


def _accounts(here: Visitor, patient: str) -> tuple[Account, Account]:
    """Return what the patient is told today, and what is left out of that."""
    today = here.today
    with here.wardround.database.read() as tx:
        found = Disclosures(tx, here.wardround.clock).of(patient, date.min, today)
        suspensions = Suspensions(tx, here.wardround.clock).of(patient)
    told, left_out = part_by_suspension(found, suspensions, today)
    return account_of(told, today), account_of(left_out, today)
