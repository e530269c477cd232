"""Which orders use which saved input: what is handed in twice for a patient is kept once."""

from collections import defaultdict
from collections.abc import Iterable

from wardround.kernel import Input, Order
from wardround.rounds.orders import HandedIn


class Uses:
    """The orders by what was handed in for them: nothing goes that another order still needs."""

    def __init__(self, handed_in: Iterable[HandedIn]) -> None:
        self._orders: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in handed_in:
            self._orders[one.subject, one.sha256].add(one.order)

    def alone(self, order: Order, made: Iterable[Input] = ()) -> list[str]:
        """Return the sha256 of an order's inputs, and of ``made``, that no other order uses."""
        digests = dict.fromkeys(item.sha256 for item in (*order.inputs, *made))
        return [one for one in digests if self._orders[order.subject, one] <= {order.id}]

    def forget(self, order: Order) -> None:
        """Let go of an order that is no more."""
        for item in order.inputs:
            self._orders[order.subject, item.sha256].discard(order.id)
