"""Requests for an account of disclosures: received, put off, ended; and what an official says."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.disclosures import account_page, whose
from wardround.interfaces.web.forms import SentForm, read_day, text
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import InvalidInput, NotAllowed
from wardround.privacy.disclosures import AccountRequests, Outcome, Suspensions, read_request
from wardround.security import Action

router = APIRouter(prefix="/privacy/disclosures")


@router.post("/requests")
def receive(request: Request, here: Here, form: SentForm) -> Response:
    """Keep that a patient asked for their account, and show it."""
    here.require(Action.KEEP_REGISTERS)
    patient, number = whose(here, form)
    try:
        with here.wardround.database.begin() as tx:
            register = AccountRequests(tx, here.wardround.clock)
            register.receive(patient, number, read_day(form, "received"), here.actor)
    except InvalidInput as error:
        return account_page(request, here, form, error, "request")
    return account_page(request, here, form)


@router.post("/requests/{asked}/extension")
def extend(request: Request, here: Here, asked: str, form: SentForm) -> Response:
    """Keep that the patient was told that it takes longer."""
    here.require(Action.KEEP_REGISTERS)
    try:
        told, until = read_day(form, "told"), read_day(form, "until")
        with here.wardround.database.begin() as tx:
            register = AccountRequests(tx, here.wardround.clock)
            register.extend(asked, told, until, text(form, "why"), here.actor)
    except (InvalidInput, NotAllowed) as error:
        return account_page(request, here, form, error, f"extension-{asked}")
    return account_page(request, here, form)


@router.post("/requests/{asked}/end")
def end(request: Request, here: Here, asked: str, form: SentForm) -> Response:
    """Keep that a request was answered, or withdrawn."""
    here.require(Action.KEEP_REGISTERS)
    try:
        outcome = _outcome(text(form, "outcome"))
        with here.wardround.database.begin() as tx:
            register = AccountRequests(tx, here.wardround.clock)
            register.end(asked, read_day(form, "ended"), outcome, here.actor)
    except InvalidInput as error:
        return account_page(request, here, form, error, f"end-{asked}")
    return account_page(request, here, form)


@router.post("/suspensions")
def suspend(request: Request, here: Here, form: SentForm) -> Response:
    """Keep that an official has disclosures to them left out of a patient's account."""
    here.require(Action.KEEP_REGISTERS)
    patient, _ = whose(here, form)
    try:
        asked = read_request(
            text(form, "official"),
            read_day(form, "day"),
            read_day(form, "until") if text(form, "until") else None,
            here.today,
            written=text(form, "written") == "yes",
        )
        with here.wardround.database.begin() as tx:
            register = Suspensions(tx, here.wardround.clock)
            register.suspend(patient, text(form, "recipient"), asked, here.actor)
    except InvalidInput as error:
        return account_page(request, here, form, error, "suspension")
    return account_page(request, here, form)


@router.post("/suspensions/{suspension}/lift")
def lift(request: Request, here: Here, suspension: str, form: SentForm) -> Response:
    """End a suspension before its last day."""
    here.require(Action.KEEP_REGISTERS)
    try:
        with here.wardround.database.begin() as tx:
            register = Suspensions(tx, here.wardround.clock)
            register.lift(suspension, text(form, "why"), here.actor)
    except InvalidInput as error:
        return account_page(request, here, form, error, f"lift-{suspension}")
    return account_page(request, here, form)


def _outcome(code: str) -> Outcome:
    try:
        return Outcome(code)
    except ValueError:
        raise InvalidInput("Say what became of it.", where="outcome") from None
