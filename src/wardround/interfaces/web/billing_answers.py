"""Files from payers: shown first as what they would do, then read or posted; payments as posted."""

from base64 import b64decode, b64encode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from wardround.interfaces.web.billing import render_billing
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import InvalidInput
from wardround.revenue import Answers, Holding, Ledger, Postings, Return, read_incoming
from wardround.security import Action

router = APIRouter(prefix="/billing")


@router.get("/answers")
def show(request: Request, here: Here) -> Response:
    """Show where a file from a payer is handed in."""
    here.require(Action.KEEP_CLAIMS)
    return render_billing(request, here, "billing_answer.html", incoming=None)


@router.post("/answers")
def preview(request: Request, here: Here, form: SentForm) -> Response:
    """Show what a file would do; nothing is changed."""
    here.require(Action.KEEP_CLAIMS)
    data = _uploaded(form)
    incoming = read_incoming(data)
    with here.wardround.database.read() as tx:
        clock = here.wardround.clock
        postings = Postings(tx, clock, here.wardround.allowed)
        plans = postings.plan(incoming.remittances) if incoming.remittances else []
        outcomes = Answers(tx, clock).plan(incoming.answers, data) if incoming.answers else []
        numbers = [one.claim for plan in plans for one in plan.claims if one.claim]
        numbers += [one.claim for outcome in outcomes for one in outcome.claims]
        bodies = Ledger(tx).bodies(sorted(set(numbers)))
    here.note_read(None, "claims/answer")
    return render_billing(
        request,
        here,
        "billing_answer.html",
        incoming=incoming,
        plans=plans,
        outcomes=outcomes,
        bodies=bodies,
        file=b64encode(data).decode(),
    )


@router.post("/answers/post")
def post(request: Request, here: Here, form: SentForm) -> Response:
    """Do what was shown, all of it or none; it is worked out anew from the file."""
    here.require(Action.KEEP_CLAIMS)
    try:
        data = b64decode(text(form, "file"), validate=True)
    except ValueError:
        raise InvalidInput("This form was not made by this page.", mend="Reload it.") from None
    incoming = read_incoming(data)
    with here.wardround.database.begin() as tx:
        clock = here.wardround.clock
        if incoming.remittances:
            postings = Postings(tx, clock, here.wardround.allowed)
            posted = postings.post(incoming.remittances, here.actor)
            address = f"/billing/payments/{posted[0].id}"
        else:
            outcomes = Answers(tx, clock).read(incoming.answers, data, here.actor)
            batch = next((one.batch for one in outcomes if one.batch is not None), None)
            address = "/billing/batches" if batch is None else f"/billing/batches/{batch}"
    return go(request, address if len(incoming.remittances) < 2 else "/billing?of=payments")


@router.get("/payments/{payment}")
def show_payment(request: Request, here: Here, payment: str) -> Response:
    """Show a payment as it was posted, and what of it is held."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.read() as tx:
        found, remittance = Postings(tx).find(payment)
        held = Holding(tx).list(waiting=False, payment=payment)
        known = Ledger(tx).known(one.id for one in remittance.claims)
        bodies = Ledger(tx).bodies(list(known))
    here.note_read(None, f"payment/{payment}")
    return render_billing(
        request,
        here,
        "billing_payment.html",
        payment=found,
        remittance=remittance,
        held=held,
        known=known,
        bodies=bodies,
    )


@router.post("/payments/{payment}/held")
def apply(request: Request, here: Here, payment: str, form: SentForm) -> Response:
    """Post what was held to the claim that a person names."""
    here.require(Action.KEEP_CLAIMS)
    serial, claim = number(form, "serial"), text(form, "claim").strip()
    with here.wardround.database.begin() as tx:
        holding = Holding(tx, here.wardround.clock, here.wardround.allowed)
        holding.apply(payment, serial, claim, here.actor)
    return go(request, f"/billing/payments/{payment}")


@router.post("/payments/{payment}/return")
def give_back(request: Request, here: Here, payment: str, form: SentForm) -> Response:
    """Note that what was held was returned to the payer, and why."""
    here.require(Action.KEEP_CLAIMS)
    why = text(form, "why")
    if why not in set(Return):
        raise InvalidInput("Say why it is returned.", where="why")
    with here.wardround.database.begin() as tx:
        holding = Holding(tx, here.wardround.clock)
        holding.give_back(payment, number(form, "serial"), Return(why), here.actor)
    return go(request, f"/billing/payments/{payment}")


def _uploaded(form: FormData) -> bytes:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise InvalidInput("No file was chosen.", where="file", mend="Choose the payer's file.")
    data = file.file.read()
    if not data.strip():
        raise InvalidInput("This file is empty.", where="file")
    return data
