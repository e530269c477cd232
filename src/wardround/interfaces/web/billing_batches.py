"""Batches: made of complete claims, downloaded, marked as sent by the person who sent them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.capabilities.billing import blocks
from wardround.interfaces.web.billing import edits_of, render_billing
from wardround.interfaces.web.forms import LongForm, SentForm, text
from wardround.interfaces.web.pages import go
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import InvalidInput, NotFound
from wardround.revenue import Batches, ClaimState, Ledger, Listing, Wanted
from wardround.security import Action

router = APIRouter(prefix="/billing/batches")

AT_ONCE = 1000
"""Claims that are looked at for one batch of all that are complete."""


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the batches, the latest first."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.read() as tx:
        found = Batches(tx).list()
    return render_billing(request, here, "billing_batches.html", batches=found)


@router.post("")
def make(request: Request, here: Here, form: LongForm) -> Response:
    """Make a batch of the claims that were ticked, or of all of a form that are complete."""
    here.require(Action.KEEP_CLAIMS)
    ids = [one for one in form.getlist("claim") if isinstance(one, str)]
    kind = text(form, "all")
    trade, clock = here.wardround.trade, here.wardround.clock
    with here.wardround.database.begin() as tx:
        if kind:
            wanted = Wanted((ClaimState.READY,), kind=kind)
            found = [one.id for one in Listing(tx).page(wanted, 1, AT_ONCE)]
            bodies = Ledger(tx).bodies(found)
            ids = [one for one in bodies if not blocks(list(edits_of(tx, here, bodies[one]) or ()))]
            if not ids:
                raise InvalidInput("No claim is complete.", mend="Mend what the edits say.")
        batch = Batches(tx, clock).export(ids, trade, here.actor)
    return go(request, f"/billing/batches/{batch.number}")


@router.get("/{batch}")
def show_one(request: Request, here: Here, batch: str) -> Response:
    """Show a batch and its claims."""
    here.require(Action.KEEP_CLAIMS)
    number = _number(batch)
    with here.wardround.database.read() as tx:
        batches, ledger = Batches(tx), Ledger(tx)
        found, sets = batches.find(number), batches.claims(number)
        claims, bodies = ledger.known(sets), ledger.bodies(list(sets))
    here.note_read(None, f"batch/{number}")
    return render_billing(
        request,
        here,
        "billing_batch.html",
        batch=found,
        claims=[claims[one] for one in sets],
        bodies=bodies,
        set_control=next(iter(sets.values())),
    )


@router.post("/{batch}/file")
def download(here: Here, batch: str, form: SentForm) -> Response:
    """Return the file as it was made."""
    here.require(Action.KEEP_CLAIMS)
    del form
    with here.wardround.database.begin() as tx:
        batches = Batches(tx, here.wardround.clock)
        found = batches.find(_number(batch))
        data = batches.file(found.number, here.actor)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(data, media_type="application/edi-x12", headers=headers)


@router.post("/{batch}/sent")
def mark_sent(request: Request, here: Here, batch: str, form: SentForm) -> Response:
    """Say that the file was sent."""
    here.require(Action.KEEP_CLAIMS)
    del form
    with here.wardround.database.begin() as tx:
        Batches(tx, here.wardround.clock).mark_sent(_number(batch), here.actor)
    return go(request, f"/billing/batches/{_number(batch)}")


@router.post("/{batch}/back")
def take_back(request: Request, here: Here, batch: str, form: SentForm) -> Response:
    """Take a batch back that was not sent."""
    here.require(Action.KEEP_CLAIMS)
    del form
    with here.wardround.database.begin() as tx:
        Batches(tx, here.wardround.clock).take_back(_number(batch), here.actor)
    return go(request, f"/billing/batches/{_number(batch)}")


def _number(batch: str) -> int:
    if not (batch.isascii() and batch.isdigit() and len(batch) < 10):
        raise NotFound("There is no such batch.")
    return int(batch)
