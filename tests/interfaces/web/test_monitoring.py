"""The monitoring pages: what fires comes first, with its rule, its interval and its patients."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.governance.watch.made import MODEL, START, cohort, reference
from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_accessible import AXE, violations
from wardround.governance.watch import Looks, Watched, checks_of

QUALITY, CLINICIAN = "mei.tanaka", "amara.osei"


@pytest.fixture(scope="module")
def watched(house: House) -> None:
    """Keep two looks at a model: calm, then with lactate moved and outcomes more frequent."""
    spreads = reference(1)
    for moved in ({}, {"shift": 0.5, "odds": 2.5}):
        made = cohort(31, 900, **moved)
        found = Watched(
            capability="risk",
            model=MODEL,
            since=START,
            predictions=len(made),
            outcomes=len(made),
            reference="validation, 3,000 patients",
            checks=tuple(checks_of(made, spreads)),
        )
        with house.wardround.database.begin() as tx:
            Looks(tx, house.wardround.clock).keep([found])


@pytest.mark.usefixtures("watched")
def test_what_fires_is_said_in_a_sentence_with_rule_and_chart(house: House) -> None:
    person = house.at_a_client(QUALITY)
    listed = person.get("/monitoring").text
    assert 'href="/monitoring/made-death"' in listed
    assert "for the first time" in listed
    page = person.get("/monitoring/made-death").text
    assert "900 drafts, 900 outcomes known" in page
    assert "Compared with validation, 3,000 patients" in page
    assert "Lactate: Values are higher than at validation; seen at patient" in page
    assert "one false alarm in 20,000 patients over 3 inputs" in page
    assert '<svg class="plot"' in page
    assert "Looks before (1)" in page


@pytest.mark.usefixtures("watched")
def test_who_answers_for_models_looks_now_and_others_do_not(house: House) -> None:
    house.draft()
    mei = house.at_a_client(QUALITY)
    page = mei.get("/monitoring").text
    assert "Look now" in page
    token = page.split('name="csrf" value="')[1].split('"')[0]
    assert mei.post("/monitoring", data={"csrf": token}).status_code == 303
    assert "scripted 1.2" in mei.get("/monitoring").text
    with closing(Person(house, CLINICIAN)) as osei:
        assert "Look now" not in osei.get("/monitoring").text
        assert osei.submit("/monitoring").status_code == 403
    (event,) = [one for one in house.events(action="watch-models") if one.actor]
    assert event.actor == house.person(QUALITY).id


def test_a_model_that_was_not_looked_at_is_not_there(house: House) -> None:
    assert house.at_a_client(QUALITY).get("/monitoring/nowhere").status_code == 404


@pytest.mark.browser
@pytest.mark.usefixtures("watched")
def test_axe_finds_nothing(desk: Desk) -> None:
    if not Path(AXE).is_file():
        pytest.skip("axe-core is not in place (run: sh scripts/pages.sh)")
    page = desk.open("/monitoring/made-death", QUALITY)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page, AXE.read_text("utf-8")) == []
