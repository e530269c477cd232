"""What is drafted about an item of work: a letter for a denial, a claim to the next insurer."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from wardround.bootstrap.denied import asked_of, signed_codes
from wardround.bootstrap.house import Wardround
from wardround.bootstrap.seconding import second_of
from wardround.database import Transaction
from wardround.kernel import Actor, Draft, NotAllowed, NotFound, Part, Status
from wardround.record import Chart
from wardround.revenue import Kept, Ledger, WorkItem, WorkKind, WorkList
from wardround.rounds import OrderState, State


class Asking(NamedTuple):
    """A draft that was asked for: how far its drafting is, and the draft where there is one."""

    order: OrderState
    draft: Draft | None

    @property
    def open(self) -> bool:
        """Whether it is being drafted, or waits for a decision."""
        if self.draft is None:
            return self.order.state is not State.FAILED
        return self.draft.status is Status.DRAFTED


def have_drafted(wardround: Wardround, item: str, by: Actor, due: date | None = None) -> str:
    """Have drafted what an item of work asks for, and return its order.

    One that is open is not doubled. ``due`` is the last day to appeal, where somebody knows it
    better than the ledger. Raise ``NotAllowed`` for an item that asks for no draft, ``Conflict``
    where it was worked.
    """
    before = drafts_about(wardround, item)
    if before and before[-1].open:
        return before[-1].order.order.id
    with wardround.database.read() as tx:
        work = WorkList(tx).waiting(item)
        kept = Ledger(tx).find(work.claim)
        if kept.body is None:
            raise NotAllowed("The data of this patient was destroyed.")
        encounter = _known(tx, kept.body.encounter)
        if work.kind is WorkKind.DENIAL:
            capability, parts = "appeal", _letter(tx, wardround, kept, work, due)
        elif work.kind is WorkKind.SECONDARY:
            capability, parts = "billing", [second_of(tx, wardround, kept, work)]
        else:
            raise NotAllowed("Nothing is drafted about this.", mend="End it as it is.")
    order_id = _order_id(item, len(before))
    subject = kept.listed.subject
    return wardround.rounds.order(capability, subject, encounter, parts, by, order_id=order_id).id


def drafts_about(wardround: Wardround, item: str) -> list[Asking]:
    """Return what was asked for about an item of work, the earliest first."""
    return list(_drafts_about(wardround, item))


def _drafts_about(wardround: Wardround, item: str) -> Iterator[Asking]:
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
    """Return the id of the order about an item; each attempt has its own."""
    return str(uuid5(NAMESPACE_URL, f"urn:wardround:work:{item}:{number}"))


def _letter(
    tx: Transaction, wardround: Wardround, kept: Kept, work: WorkItem, due: date | None
) -> list[Part]:
    from wardround.capabilities.appeal import NOTE, REQUEST

    signed = signed_codes(wardround, kept.listed)
    asked = asked_of(tx, wardround, kept, work, signed, due)
    parts = [Part(name=REQUEST, data=asked.model_dump_json().encode())]
    if signed is not None:
        parts.append(Part(name=NOTE, data=signed.text.encode(), media_type="text/plain"))
    return parts


def _known(tx: Transaction, encounter: str) -> str | None:
    """Return the visit of a claim, where the chart has it."""
    if not encounter:
        return None
    try:
        return Chart(tx).read(encounter).reference
    except NotFound:
        return None
