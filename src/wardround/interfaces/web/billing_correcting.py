"""Correcting a claim that was not sent, or came back: what billers most often mend."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.datastructures import FormData

from wardround.capabilities.billing import Claim, Diagnosis, ServiceLine
from wardround.interfaces.web.billing import edits_of, render_billing
from wardround.interfaces.web.billing_claim import OPEN_TO_CHANGE, read_amount
from wardround.interfaces.web.forms import LongForm, day_of, text
from wardround.interfaces.web.pages import go
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import InvalidInput, NotAllowed
from wardround.revenue import Kept, Ledger
from wardround.security import Action

router = APIRouter(prefix="/billing/claims/{claim}/correction")

NEW = 999
"""The number that the form gives to a service that is added; the most a claim can have."""

WORDS = ("authorization", "referral", "original", "place", "note")
"""Fields of the claim that are typed as they are."""


@router.get("")
def show(request: Request, here: Here, claim: str) -> Response:
    """Show the form, with what the scrubber says of the claim."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.read() as tx:
        kept = Ledger(tx).find(claim)
        body = _changeable(kept)
        edits = edits_of(tx, here, body)
    here.note_read(kept.listed.subject, f"claim/{kept.listed.id}")
    return render_billing(request, here, "billing_correct.html", kept=kept, body=body, edits=edits)


@router.post("")
def correct(request: Request, here: Here, claim: str, form: LongForm) -> Response:
    """Put the corrected claim in the place of the old one."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.begin() as tx:
        ledger = Ledger(tx, here.wardround.clock)
        body = _changeable(ledger.find(claim))
        ledger.amend(read_correction(body, form), here.actor, text(form, "why"))
    return go(request, f"/billing/claims/{claim}")


def read_correction(claim: Claim, form: FormData) -> Claim:
    """Return a claim with what the form says; raise ``InvalidInput`` for what cannot stand."""
    fields: dict[str, Any] = {name: text(form, name).strip() for name in WORDS}
    fields["diagnoses"] = _diagnoses(claim, text(form, "diagnoses"))
    fields["lines"] = _lines(claim, form)
    if claim.subscribers:
        first = claim.subscribers[0].model_copy(
            update={"member_id": text(form, "member_id").strip()}
        )
        fields["subscribers"] = (first, *claim.subscribers[1:])
    try:
        return Claim.model_validate({**dict(claim), **fields})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidInput("This cannot stand in a claim.", where=place) from None


def _changeable(kept: Kept) -> Claim:
    if kept.body is None or kept.listed.state not in OPEN_TO_CHANGE:
        raise NotAllowed(
            f"This claim is {kept.listed.state}, and is not changed any more.",
            mend="Take its batch back, or replace the claim.",
        )
    return kept.body


def _diagnoses(claim: Claim, typed: str) -> Sequence[Diagnosis]:
    """Return the diagnoses typed, in their order; what is known of one that stays, stays."""
    known = {one.code: one for one in claim.diagnoses}
    codes = [code.upper() for code in typed.replace(",", " ").split()]
    return [known.get(code) or Diagnosis(code=code) for code in codes]


def _lines(claim: Claim, form: FormData) -> list[dict[str, Any]]:
    """Return the services that stay, as typed, and one that was added; numbered from 1."""
    kept = [one for one in claim.lines if not text(form, f"remove-{one.number}")]
    lines = [_line(one, form) for one in kept]
    if text(form, f"procedure-{NEW}").strip():
        typed = text(form, f"begins-{NEW}")
        day = day_of(typed, f"begins-{NEW}", "The day") if typed else claim.serviced
        lines.append(_line(ServiceLine(number=NEW, begins=day), form))
    if not lines:
        raise InvalidInput(
            "A claim has a service at least.", mend="To take it back, never send it."
        )
    return [{**line, "number": place} for place, line in enumerate(lines, start=1)]


def _line(line: ServiceLine, form: FormData) -> dict[str, Any]:
    def said(name: str) -> str:
        return text(form, f"{name}-{line.number}").strip()

    pointers = said("pointers").replace(",", " ").split()
    if not all(one.isascii() and one.isdigit() for one in pointers):
        raise InvalidInput(
            "Diagnoses of a service are numbers, such as 1 2.", where=f"line {line.number}"
        )
    return {
        **dict(line),
        "procedure": said("procedure").upper(),
        "modifiers": tuple(said("modifiers").upper().replace(",", " ").split()),
        "units": read_amount(said("units") or "0"),
        "charge": read_amount(said("charge")),
        "pointers": tuple(int(one) for one in pointers),
    }
