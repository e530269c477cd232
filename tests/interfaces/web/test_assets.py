"""The page of the inventory: found, entered, changed, retired, looked through, as a bill."""

import re

import orjson

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire

PAGE = "/privacy/assets"
PC = {
    "name": "Reception <PC>",
    "kind": "workstation",
    "owner": "Front desk",
    "place": "Hall",
    "phi": "on",
    "sends": "Label printer",
    "protected": "Disk encrypted",
}


def test_the_system_finds_its_own_parts(house: House) -> None:
    page = house.at_a_client(hire(house)).get(PAGE).text
    for words in ("SQLite", "workflows.db", "master.key", "wardround-sections", "Browsers"):
        assert words in page, words


def test_an_asset_from_entry_to_retirement(house: House) -> None:
    officer = house.at_a_client(hire(house))
    assert officer.submit(PAGE, **PC).status_code == 303
    page = officer.get(PAGE).text
    assert "Reception &lt;PC&gt;" in page
    assert "Label printer" in page
    found = re.search(rf'href="({PAGE}/[0-9a-f-]{{36}})"', page)
    assert found is not None
    moved = {**PC, "place": "Store room", "version": "1"}
    assert officer.submit(found[1], **moved).status_code == 303
    assert officer.submit(found[1], **moved).status_code == 409
    assert "Store room" in officer.get(found[1]).text
    assert "Hall" in officer.get(found[1]).text
    assert officer.submit(f"{found[1]}/retirement", version="2").status_code == 303
    page = officer.get(PAGE).text
    assert "No longer in use" in page
    assert "Label printer" not in page


def test_what_is_missing_is_asked_for(house: House) -> None:
    officer = house.at_a_client(hire(house))
    for lacking in ("name", "owner", "kind"):
        answer = officer.submit(PAGE, **{**PC, lacking: " "})
        assert answer.status_code == 400, lacking
    assert officer.get(f"{PAGE}/nothing").status_code == 404


def test_it_is_looked_through(house: House) -> None:
    officer = house.at_a_client(hire(house))
    assert officer.submit(f"{PAGE}/review").status_code == 303
    assert "Last looked through on" in officer.get(PAGE).text
    assert house.events(action="review-inventory", actor=hire(house))


def test_the_bill_of_materials_is_for_a_scanner(house: House) -> None:
    answer = house.at_a_client(hire(house)).get(f"{PAGE}/software")
    assert answer.headers["content-type"] == "application/vnd.cyclonedx+json"
    bill = orjson.loads(answer.content)
    kinds = {part["type"] for part in bill["components"]}
    assert kinds == {"library", "machine-learning-model"}


def test_administrators_read_it_and_nobody_else_does(house: House, osei: Person) -> None:
    administrator = house.at_a_client("noah.lindqvist")
    assert administrator.get(PAGE).status_code == 200
    assert administrator.get(f"{PAGE}/software").status_code == 200
    assert administrator.get(f"{PAGE}/new").status_code == 403
    assert administrator.submit(PAGE, **PC).status_code == 403
    for path in (PAGE, f"{PAGE}/software", f"{PAGE}/new"):
        assert osei.get(path).status_code == 403
