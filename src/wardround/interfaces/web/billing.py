"""The work queue of billing: what is to be sent, what waits, what came back, what was paid."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import reason_says, remark_words, scrubber_of
from wardround.capabilities.billing import Claim, Edit, blocks
from wardround.database import Transaction
from wardround.interfaces.web import billing_words as say
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Unavailable
from wardround.revenue import (
    Batches,
    ClaimState,
    Holding,
    Ledger,
    Listed,
    Listing,
    Postings,
    Wanted,
    WorkItem,
    WorkList,
    mend_of,
)
from wardround.security import Action

router = APIRouter(prefix="/billing")

SIZE = 50
"""Claims on a page."""

AGES = {0: "Any age", 14: "Over 14 days", 30: "Over 30 days", 60: "Over 60 days"}


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show one tab of the queue: ``of`` says which; ``payer``, ``days`` and ``sort`` filter it."""
    here.require(Action.KEEP_CLAIMS)
    asked = request.query_params
    of = asked.get("of", "send") if asked.get("of") in say.TABS else "send"
    with here.wardround.database.read() as tx:
        context = _counts(tx) | {"of": of}
        match of:
            case "denials":
                context |= _denials(tx, here, asked.get("whose", "all"))
            case "payments":
                clock = here.wardround.clock
                context |= {"payments": Postings(tx, clock).list(), "held": Holding(tx).list()}
            case _:
                context |= _claims(tx, here, of, dict(asked))
    here.note_read(None, f"claims/{of}")
    return render_billing(request, here, "billing.html", **context)


def render_billing(request: Request, here: Visitor, name: str, **context: Any) -> Response:
    """Return a page of billing, with what all of them say."""
    return render(
        request,
        name,
        today=here.today,
        say=say,
        reason=partial(reason_says, here.wardround.settings.home),
        remark=partial(remark_words, here.wardround.settings.home),
        mend_of=mend_of,
        names=Names(here.wardround.database),
        **context,
    )


def edits_of(tx: Transaction, here: Visitor, claim: Claim) -> Sequence[Edit] | None:
    """Return what the scrubber says of a claim today; ``None`` where no claims are made here."""
    try:
        scrubber = scrubber_of(here.wardround.capabilities)
    except Unavailable:
        return None
    return Batches(tx, here.wardround.clock).edits(claim, scrubber)


def _counts(tx: Transaction) -> dict[str, Any]:
    by_state = Ledger(tx).counts()
    counts = {
        name: sum(by_state.get(state, 0) for state in states)
        for name, (_, states) in say.TABS.items()
    }
    counts["denials"] = len(WorkList(tx).list())
    counts["payments"] = len(Holding(tx).list())
    return {"counts": counts}


def _claims(tx: Transaction, here: Visitor, of: str, asked: dict[str, str]) -> dict[str, Any]:
    states = say.TABS[of][1]
    listing, days = Listing(tx), _whole(asked.get("days", ""), AGES)
    payer = asked.get("payer") or None
    before = here.wardround.clock() - timedelta(days=days) if days else None
    wanted = Wanted(states, payer, before)
    total = listing.count(wanted)
    last = max(1, -(-total // SIZE))
    number = min(max(1, _whole(asked.get("page", ""), range(1, last + 1)) or 1), last)
    largest = asked.get("sort") == "amount"
    found = listing.page(wanted, number, SIZE, largest=largest)
    bodies = Ledger(tx).bodies([one.id for one in found])
    ready = [one for one in found if one.state is ClaimState.READY]
    faults = {one.id: _faults(tx, here, bodies.get(one.id)) for one in ready}
    return {
        "claims": found,
        "bodies": bodies,
        "faults": faults,
        "ready": [one for one in ready if faults[one.id] == 0],
        "total": total,
        "charged": listing.charged(wanted),
        "payers": listing.payers(states),
        "batch_of": _batches(tx, found),
        "ages": AGES,
        "asked": {"payer": payer or "", "days": days, "sort": "amount" if largest else "age"},
        "page": number,
        "pages": last,
    }


def _faults(tx: Transaction, here: Visitor, claim: Claim | None) -> int | None:
    """Return how many edits keep a claim from being sent; ``None`` where nobody can tell."""
    edits = None if claim is None else edits_of(tx, here, claim)
    return None if edits is None else sum(blocks((one,)) for one in edits)


def _batches(tx: Transaction, found: Sequence[Listed]) -> dict[str, int]:
    batches = Batches(tx)
    batched = [one.id for one in found if one.state is ClaimState.BATCHED]
    return {one: batches.of_claim(one)[0].number for one in batched}


def _denials(tx: Transaction, here: Visitor, whose: str) -> dict[str, Any]:
    every = WorkList(tx).list()
    chosen: Sequence[WorkItem] = every
    if whose == "mine":
        chosen = [one for one in every if one.assigned == here.actor.id]
    elif whose == "nobody":
        chosen = [one for one in every if one.assigned is None]
    shown = chosen[: 4 * SIZE]
    bodies = Ledger(tx).bodies(sorted({one.claim for one in shown}))
    return {"items": shown, "found": len(chosen), "bodies": bodies, "whose": whose}


def _whole(written: str, known: Any) -> int:
    """Return a number of an address that is among the known ones, or 0."""
    value = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
    return value if value in known else 0
