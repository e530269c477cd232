from collections.abc import Callable

import pytest

from tests.interfaces.web.house import HALVORSEN, House, Person

Somebody = Callable[[str | None], Person]


def test_it_shows_what_waits_for_me_and_counts_the_rest(house: House, osei: Person) -> None:
    mine = house.draft()
    theirs = house.draft(by=HALVORSEN)
    page = osei.get("/inbox").text
    assert f"/drafts/{mine.id}" in page
    assert f"/drafts/{theirs.id}" not in page
    assert "of your colleagues" in page
    everyones = osei.get("/inbox?of=everyone").text
    assert everyones.index(f"/drafts/{mine.id}") < everyones.index(f"/drafts/{theirs.id}")


def test_a_failed_order_can_be_tried_again(house: House, osei: Person) -> None:
    state = house.order("[doctor] boom goes the drafting today\n[patient] oh dear me no")
    page = osei.get("/inbox").text
    assert "Could not be drafted" in page
    address = f"/inbox/orders/{state.order.id}/retry"
    assert address in page
    assert osei.submit(address, back="/inbox").headers["location"] == "/inbox"
    visit = state.order.encounter.rpartition("/")[2]  # type: ignore[union-attr]
    assert house.settled(visit).attempt == 2


@pytest.mark.requirement("ROUND-11")
def test_what_was_not_drafted_says_why(house: House, osei: Person) -> None:
    state = house.order("[doctor] Hello?\n[patient] Hello.")
    page = osei.get("/inbox").text
    assert f"/drafts/{state.order.id}" in page
    look = osei.get(f"/drafts/{state.order.id}").text
    assert "No note was drafted" in look
    assert "Too little was said" in look
    assert "button--sign" not in look
