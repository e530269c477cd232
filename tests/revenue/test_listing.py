"""Lists for the work queue."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection

from tests.revenue.made import NOW, ROSA, SUBJECT, claim, subscriber
from wardround.capabilities.billing import Payer
from wardround.revenue.ledger import Ledger
from wardround.revenue.listing import Listing, Wanted
from wardround.revenue.state import ClaimState


def test_filtered_sorted_and_paged(tx: Connection) -> None:
    other = (subscriber(payer=Payer(name="Aetna", id="60054")),)
    for days, number, charge in ((3, "A", "10"), (2, "B", "30"), (1, "C", "20")):
        ledger = Ledger(tx, lambda days=days: NOW - timedelta(days=days))  # type: ignore[misc]
        of = other if number == "C" else (subscriber(),)
        one = claim(number, (charge,), subscribers=of)
        ledger.enter(one, None, SUBJECT, ROSA)
    listing, ready = Listing(tx), Wanted((ClaimState.READY,))

    def ids(wanted: Wanted, number: int = 1, size: int = 9, *, largest: bool = False) -> str:
        page = listing.page(wanted, number, size, largest=largest)
        return "".join(one.id for one in page)

    assert ids(ready) == "ABC"
    assert ids(ready, largest=True) == "BCA"
    assert (ids(ready, 1, 2), ids(ready, 2, 2)) == ("AB", "C")
    assert ids(ready._replace(payer="60054")) == "C"
    assert ids(ready._replace(before=NOW - timedelta(days=2.5))) == "A"
    assert ids(ready._replace(kind="institutional")) == ""
    assert listing.count(ready) == 3
    assert listing.charged(ready) == Decimal("60.00")
    assert listing.payers([ClaimState.READY]) == ["00831", "60054"]
