"""The page of legal holds."""

import re

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire

PAGE = "/privacy/holds"


def test_a_hold_is_placed_and_lifted(house: House) -> None:
    officer = house.at_a_client(hire(house))
    assert officer.submit(PAGE, matter="Claim 12/7", number="HL-200058").status_code == 303
    page = officer.get(PAGE).text
    assert "Claim 12/7" in page
    assert "Patient/desmond-achterberg" in page
    assert "1 hold in force" in officer.get("/privacy").text
    found = re.search(rf'action="({PAGE}/[^"]+/lift)"', page)
    assert found is not None
    assert officer.submit(found[1], why=" ").status_code == 400
    assert officer.submit(found[1], why="Settled").status_code == 303
    page = officer.get(PAGE).text
    assert "Settled" in page
    assert "In force" not in page


def test_what_is_not_said_is_asked_for(house: House) -> None:
    officer = house.at_a_client(hire(house))
    for form in ({}, {"number": "HL-200058", "everybody": "yes"}):
        answer = officer.submit(PAGE, matter="Claim", **form)
        assert answer.status_code == 400
        assert "one patient or on all" in answer.text
        assert 'value="Claim"' in answer.text
    assert officer.submit(PAGE, matter="Claim", number="HL-0").status_code == 404


def test_it_is_the_privacy_officers(osei: Person) -> None:
    assert osei.get(PAGE).status_code == 403
    assert osei.submit(PAGE, matter="x", everybody="yes").status_code == 403
