"""The register of legal holds: placed on a patient by the record number, or on everybody."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput, NotFound, WardroundError
from wardround.privacy.holds import LegalHolds
from wardround.rounds import Consents
from wardround.security import Action

router = APIRouter(prefix="/privacy/holds")


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the register: what stands first."""
    here.require(Action.KEEP_REGISTERS)
    return _page(request, here)


@router.post("")
def place(request: Request, here: Here, form: SentForm) -> Response:
    """Place a hold."""
    here.require(Action.KEEP_REGISTERS)
    number, everybody = text(form, "number").strip(), text(form, "everybody") == "yes"
    typed = {"number": number, "matter": text(form, "matter")}
    try:
        _require_one(number, everybody=everybody)
        with here.wardround.database.begin() as tx:
            clock = here.wardround.clock
            patient = None if everybody else Consents(tx, clock).patient_of(number)
            LegalHolds(tx, clock).place(patient, typed["matter"], here.actor)
    except (InvalidInput, NotFound) as error:
        return _page(request, here, error, typed)
    return RedirectResponse("/privacy/holds", 303)


@router.post("/{hold}/lift")
def lift(request: Request, here: Here, hold: str, form: SentForm) -> Response:
    """Lift a hold, with the reason."""
    here.require(Action.KEEP_REGISTERS)
    try:
        with here.wardround.database.begin() as tx:
            LegalHolds(tx, here.wardround.clock).lift(hold, text(form, "why"), here.actor)
    except InvalidInput as error:
        return _page(request, here, error)
    return RedirectResponse("/privacy/holds", 303)


def _require_one(number: str, *, everybody: bool) -> None:
    if bool(number) == everybody:
        raise InvalidInput("A hold is on one patient or on all.", where="number", mend="Say which.")


def _page(
    request: Request,
    here: Visitor,
    error: WardroundError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    with here.wardround.database.read() as tx:
        found = LegalHolds(tx, here.wardround.clock).list()
    return render(
        request,
        "holds.html",
        status=200 if error is None else error.status,
        standing=[one for one in found if one.lifted is None],
        lifted=[one for one in found if one.lifted is not None],
        error=error,
        typed=typed or {},
        names=Names(here.wardround.database),
    )
