"""Claims corrected, and money given back: services added and removed, unapplied money returned."""

from decimal import Decimal

import pytest

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_billing import (
    PAGE,
    ROSA,
    confirmed,
    entered,
    handed_in,
    rosa,
    sent,
)
from tests.revenue.payer import Asked, Payer, claims_of
from wardround.revenue import Account, Books, Holding, Ledger

__all__ = ["rosa"]


@pytest.mark.requirement("REV-10")
def test_what_is_nobodys_is_returned_to_the_payer(house: House, rosa: Person) -> None:
    number = entered(house, "94.00")
    _, file = sent(house, rosa, number)
    (asked,) = claims_of(file)
    strange = Asked("NOBODY-1", asked.charge, asked.services)
    text = Payer(2, refuses=0).remits([strange], f"B-{number}")
    payment = confirmed(rosa, handed_in(rosa, text))
    with house.wardround.database.read() as tx:
        before = Books(tx).total(Account.UNAPPLIED), Books(tx).total(Account.CASH)
        (held,) = Holding(tx).list(payment=payment.rpartition("/")[2])
    assert rosa.submit(f"{payment}/return", serial="1", why="a feeling").status_code == 400
    assert rosa.submit(f"{payment}/return", serial="1", why="not-ours").status_code == 303
    assert "was returned to the payer" in rosa.get(payment).text
    assert rosa.submit(f"{payment}/return", serial="1", why="not-ours").status_code == 409
    assert rosa.submit(f"{payment}/held", serial="1", claim=number).status_code == 409
    with house.wardround.database.read() as tx:
        after = Books(tx).total(Account.UNAPPLIED), Books(tx).total(Account.CASH)
    cents = int(held.amount * 100)
    assert (after[0] - before[0], after[1] - before[1]) == (cents, -cents)
    (event, *_) = house.events(action="add-refund", actor=house.person(ROSA).id)
    assert event.detail == {"serial": "1", "why": "not-ours"}


def test_a_service_is_added_and_another_removed(house: House, rosa: Person) -> None:
    number = entered(house, "150.00", "50.00")
    page = f"{PAGE}/claims/{number}/correction"
    form = {
        "member_id": "1EG4TE5MK73",
        "diagnoses": "I10",
        "place": "11",
        "why": "The second was not done",
        "procedure-1": "99214",
        "units-1": "1",
        "charge-1": "150.00",
        "pointers-1": "1",
        "remove-2": "1",
        "procedure-999": "81003",
        "units-999": "2",
        "charge-999": "12.00",
        "pointers-999": "1",
    }
    assert "Add a service" in rosa.get(page).text
    assert rosa.submit(page, **form).status_code == 303
    with house.wardround.database.read() as tx:
        kept = Ledger(tx).find(number)
    assert kept.body is not None
    lines = [(one.number, one.procedure, one.units) for one in kept.body.lines]
    assert lines == [(1, "99214", Decimal(1)), (2, "81003", Decimal(2))]
    assert kept.body.lines[1].begins == kept.body.serviced
    assert kept.listed.balance.charge == Decimal("162.00")
    gone = form | {"remove-1": "1", "remove-2": "1", "procedure-999": ""}
    assert rosa.submit(page, **gone).status_code == 400
    assert rosa.submit(page, **form | {"begins-999": "soon"}).status_code == 400
