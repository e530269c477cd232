"""The adoption page: what people do with drafts, counted for whoever answers for the models."""

import pytest

from tests.interfaces.web.house import House, Person

QUALITY = "mei.tanaka"


def test_a_rejection_is_counted_by_its_kind_and_not_by_its_words(
    house: House, osei: Person
) -> None:
    draft = house.draft()
    words = {"kind": "Not accurate", "reason": "Zephyrine never said that"}
    osei.submit(f"/drafts/{draft.id}/rejection", revision="1", **words)
    assert house.rounds.draft(draft.id).reason == "Not accurate: Zephyrine never said that"
    page = house.at_a_client(QUALITY).get("/adoption").text
    assert "Visit note: scripted 1.2" in page
    assert "not accurate (" in page
    assert "Zephyrine" not in page


def test_a_kind_alone_is_reason_enough_and_an_invented_one_is_none(
    house: House, osei: Person
) -> None:
    draft = house.draft()
    address = f"/drafts/{draft.id}/rejection"
    assert osei.submit(address, revision="1", kind="Because", reason="").status_code == 422
    assert osei.submit(address, revision="1", kind="Not needed", reason="").status_code == 303
    assert house.rounds.draft(draft.id).reason == "Not needed"


def test_of_few_people_it_tells_no_habits(house: House) -> None:
    house.draft()
    page = house.at_a_client(QUALITY).get("/adoption?days=30").text
    assert "Times, hours and reading are told from 5 people on" in page


@pytest.mark.parametrize("days", ["7", "forever"])
def test_a_span_that_is_not_offered_is_refused(house: House, days: str) -> None:
    assert house.at_a_client(QUALITY).get(f"/adoption?days={days}").status_code in {400, 422}
