"""One claim: what is asked and for what, what came of it, and what people do about it."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import drafts_about
from wardround.interfaces.web.billing import edits_of, render_billing
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import go
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import Actor, InvalidInput, NotAllowed
from wardround.revenue import (
    Batches,
    Books,
    ClaimState,
    Deeds,
    Entry,
    History,
    Kept,
    Ledger,
    WorkList,
    corrected,
    fresh_number,
)
from wardround.security import Action, People

router = APIRouter(prefix="/billing")

OPEN_TO_CHANGE = frozenset({ClaimState.READY, ClaimState.REJECTED})
REPLACEABLE = frozenset(
    {ClaimState.ACCEPTED, ClaimState.PAID, ClaimState.PARTLY, ClaimState.DENIED}
    | {ClaimState.APPEALED, ClaimState.CLOSED}
)


@router.get("/claims/{claim}")
def show(request: Request, here: Here, claim: str) -> Response:
    """Show a claim, its edits while it can be changed, and all that happened to it."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.read() as tx:
        kept = Ledger(tx).find(claim)
        changeable = kept.listed.state in OPEN_TO_CHANGE
        edits = edits_of(tx, here, kept.body) if kept.body and changeable else ()
        context: dict[str, Any] = {
            "kept": kept,
            "edits": edits,
            "journals": _journals(Books(tx).of(claim)),
            "history": History(tx).of(claim),
            "items": WorkList(tx).list(claim=claim, waiting=False),
            "batches": Batches(tx).of_claim(claim),
            "follower": _follower(Ledger(tx), kept),
            "next_one": Ledger(tx).followed_by(claim),
            "billers": [one for one in People(tx).list() if one.role == here.actor.role],
        }
    drafts = {one.id: drafts_about(here.wardround, one.id) for one in context["items"]}
    here.note_read(kept.listed.subject, f"claim/{kept.listed.id}")
    replaceable = kept.listed.state in REPLACEABLE and kept.body is not None
    context |= {"changeable": changeable, "replaceable": replaceable, "drafts": drafts}
    return render_billing(request, here, "billing_claim.html", **context)


@router.post("/claims/{claim}/notes")
def note(request: Request, here: Here, claim: str, form: SentForm) -> Response:
    """Keep what a person says of a claim."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.begin() as tx:
        Ledger(tx, here.wardround.clock).note(claim, here.actor, text(form, "words"))
    return go(request, f"/billing/claims/{claim}")


@router.post("/claims/{claim}/payments")
def receive(request: Request, here: Here, claim: str, form: SentForm) -> Response:
    """Book what the patient paid."""
    here.require(Action.KEEP_CLAIMS)
    amount, words = read_amount(text(form, "amount")), text(form, "words")
    with here.wardround.database.begin() as tx:
        Deeds(tx, here.wardround.clock).receive(claim, amount, here.actor, words)
    return go(request, f"/billing/claims/{claim}")


@router.post("/claims/{claim}/write-off")
def write_off(request: Request, here: Here, claim: str, form: SentForm) -> Response:
    """Write off all that is open, with the reason."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.begin() as tx:
        deeds = Deeds(tx, here.wardround.clock)
        deeds.write_off_rest(claim, text(form, "why"), here.actor)
    return go(request, f"/billing/claims/{claim}")


@router.post("/claims/{claim}/replacement")
def replace(request: Request, here: Here, claim: str, form: SentForm) -> Response:
    """Begin the claim that replaces a decided one; it is then corrected and sent."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.begin() as tx:
        ledger = Ledger(tx, here.wardround.clock)
        kept = ledger.find(claim)
        if kept.body is None:
            raise NotAllowed("The data of this patient was destroyed.")
        number = fresh_number(ledger, claim)
        new = corrected(kept.body, kept.listed, number)
        deeds = Deeds(tx, here.wardround.clock)
        deeds.replace(claim, new, text(form, "why"), here.actor)
    return go(request, f"/billing/claims/{number}/correction")


@router.post("/items/{item}")
def work(request: Request, here: Here, item: str, form: SentForm) -> Response:
    """Work an item: appeal, ask the patient, write off, or settle it."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.begin() as tx:
        claim = WorkList(tx).find(item).claim
        deeds = Deeds(tx, here.wardround.clock)
        ways: dict[str, Callable[[str, str, Actor], None]] = {
            "appeal": deeds.appeal,
            "patient": deeds.ask_patient,
            "write-off": deeds.write_off,
            "settle": deeds.settle,
        }
        way = ways.get(text(form, "deed"))
        if way is None:
            raise InvalidInput("Say what was done.", where="deed")
        way(item, text(form, "why"), here.actor)
    return go(request, f"/billing/claims/{claim}")


@router.post("/items/{item}/assign")
def assign(request: Request, here: Here, item: str, form: SentForm) -> Response:
    """Give an item to somebody who bills, or to nobody."""
    here.require(Action.KEEP_CLAIMS)
    to = text(form, "to") or None
    with here.wardround.database.begin() as tx:
        _require_known(to, [one.id for one in People(tx).list()])
        work = WorkList(tx, here.wardround.clock)
        claim = work.find(item).claim
        work.assign(item, to, here.actor)
    return go(request, f"/billing/claims/{claim}")


def read_amount(written: str) -> Decimal:
    """Return an amount as people type it: ``20``, ``1,020.50``, ``$20.00``."""
    try:
        amount = Decimal(written.strip().removeprefix("$").replace(",", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise InvalidInput("This is no amount.", where="amount", mend="Write 20.00.")
    return amount


def _require_known(person: str | None, known: Sequence[str]) -> None:
    if person is not None and person not in known:
        raise InvalidInput("There is nobody of this name here.", where="to")


def _follower(ledger: Ledger, kept: Kept) -> str | None:
    """Return the claim that replaced this one."""
    if kept.listed.state is not ClaimState.REPLACED:
        return None
    return ledger.replaced_by(kept.listed.id)


def _journals(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the lines of the books by journal, the latest first."""
    found = [list(lines) for _, lines in groupby(entries, lambda one: one.journal)]
    return found[::-1]
