"""Appeals: a denial of the ledger becomes the order of a letter, once for each attempt."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from wardround.bootstrap.denied import asked_of, signed_codes
from wardround.bootstrap.house import Wardround
from wardround.database import Transaction
from wardround.kernel import Actor, Draft, NotAllowed, NotFound, Part, Status
from wardround.record import Chart
from wardround.revenue import Ledger, WorkKind, WorkList
from wardround.rounds import OrderState, State


class Asking(NamedTuple):
    """A letter that was asked for: how far its drafting is, and the draft where there is one."""

    order: OrderState
    draft: Draft | None

    @property
    def open(self) -> bool:
        """Whether it is being drafted, or waits for a decision."""
        if self.draft is None:
            return self.order.state is not State.FAILED
        return self.draft.status is Status.DRAFTED


def order_appeal(wardround: Wardround, item: str, by: Actor, due: date | None = None) -> str:
    """Have the letter of a denial drafted, and return its order; one that is open is not doubled.

    ``due`` is the last day to appeal, where somebody knows it better than the ledger. Raise
    ``NotAllowed`` for what is no denial, ``Conflict`` where it was worked.
    """
    from wardround.capabilities.appeal import NOTE, REQUEST

    before = appeals_of(wardround, item)
    if before and before[-1].open:
        return before[-1].order.order.id
    with wardround.database.read() as tx:
        work = WorkList(tx).waiting(item)
        if work.kind is not WorkKind.DENIAL:
            raise NotAllowed("This is no denial.", mend="End it as it is.")
        kept = Ledger(tx).find(work.claim)
        if kept.body is None:
            raise NotAllowed("The data of this patient was destroyed.")
        signed = signed_codes(wardround, kept.listed)
        asked = asked_of(tx, wardround, kept, work, signed, due)
        encounter = _known(tx, kept.body.encounter)
    parts = [Part(name=REQUEST, data=asked.model_dump_json().encode())]
    if signed is not None:
        parts.append(Part(name=NOTE, data=signed.text.encode(), media_type="text/plain"))
    order_id = _order_id(item, len(before))
    subject = kept.listed.subject
    return wardround.rounds.order("appeal", subject, encounter, parts, by, order_id=order_id).id


def appeals_of(wardround: Wardround, item: str) -> list[Asking]:
    """Return the letters that were asked for about a denial, the earliest first."""
    return list(_appeals_of(wardround, item))


def _appeals_of(wardround: Wardround, item: str) -> Iterator[Asking]:
    number = 0
    while True:
        order_id = _order_id(item, number)
        try:
            state = wardround.rounds.ordered(order_id)
        except NotFound:
            return
        done = state.state is State.DONE
        yield Asking(state, wardround.rounds.draft(order_id) if done else None)
        number += 1


def _order_id(item: str, number: int) -> str:
    """Return the id of the order of a denial's letter; each attempt has its own."""
    return str(uuid5(NAMESPACE_URL, f"urn:wardround:denial:{item}:letter:{number}"))


def _known(tx: Transaction, encounter: str) -> str | None:
    """Return the visit of a claim, where the chart has it."""
    if not encounter:
        return None
    try:
        return Chart(tx).read(encounter).reference
    except NotFound:
        return None
