"""What nobody signed, once the clinic keeps it no longer: rejected, abstained, shadow, failed.

A draft goes with its revisions; its order, what was handed in for it and what was made of that go
with the last draft.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from wardround.kernel import Draft, Status
from wardround.privacy.retention import Item
from wardround.record import Blobs
from wardround.rounds.drafts import Drafts
from wardround.rounds.inputs import Uses
from wardround.rounds.orders import Orders, State

OVER = (Status.REJECTED, Status.ABSTAINED)


class Unsigned:
    """Keeps what nobody signed; a ``Keeper`` of ``privacy.retention``."""

    name = "unsigned"

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._uses: Uses | None = None

    def due(self, tx: Connection, before: datetime) -> Sequence[Item]:
        """Return the drafts decided, and the orders that failed, before a moment."""
        self._uses = None
        failed = [one.order for one in Orders(tx).list(State.FAILED)]
        drafts = [one for one in Drafts(tx).list(Status.DRAFTED, *OVER) if _is_over(one)]
        over = [(one.id, one.subject, one.updated) for one in drafts]
        over += [(one.id, one.subject, one.ordered_at) for one in failed]
        return [
            Item(reference=f"draft/{found}", subject=subject)
            for found, subject, at in over
            if at < before
        ]

    def destroy(self, tx: Connection, item: Item, before: datetime) -> bool:
        """Destroy a draft, or an order that failed, which is known by the id its draft would have.

        Nothing is where the order was tried again, or the same was handed in once more meanwhile.
        """
        found = item.reference.partition("/")[2]
        drafts, orders = Drafts(tx), Orders(tx)
        order_id = drafts.order_of(found) if drafts.has(found) else found
        state = orders.lock(order_id)
        theirs = {draft.id: draft for draft in drafts.of_order(order_id)}
        if found == order_id and state.state is State.FAILED:
            gone = set(theirs)
        elif found in theirs and _is_over(theirs[found]):
            gone = {found}
        else:
            return False
        if gone != set(theirs):
            drafts.remove(gone)
            return True
        order, uses = state.order, self._uses or Uses(orders.handed_in())
        self._uses = uses
        others = drafts.files(order.subject, apart=order_id)
        made = [one for each in theirs.values() for one in each.files if one.sha256 not in others]
        if not self._blobs.destroy(tx, uses.alone(order, made), order.subject, before):
            return False
        drafts.remove(gone)
        orders.remove(order_id)
        uses.forget(order)
        return True


def _is_over(draft: Draft) -> bool:
    """Whether nobody will sign it."""
    return draft.shadow or draft.status in OVER
