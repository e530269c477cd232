from collections.abc import Callable

import pytest

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import NURSE, House, Person
from tests.interfaces.web.officer import hire
from wardround.privacy.consent.consent import About, Answer
from wardround.record import Chart
from wardround.rounds import Consents

Somebody = Callable[[str | None], Person]
YES = {"about": "recording", "obtained": "spoken", "answer": "yes"}


def stands(house: House, patient: str, about: About = About.RECORDING) -> Answer:
    with house.wardround.database.read() as tx:
        return Consents(tx).of(f"Patient/{patient}")[about].answer


def test_an_answer_is_entered_and_withdrawn(osei: Person, house: House) -> None:
    page = "/patients/priya-raghunathan"
    assert "Enter an answer" in osei.get(page).text
    given = osei.submit(f"{page}/consents", **YES, given_by="Mia <b>, mother", days="30")
    assert given.headers["location"] == f"{page}#consents"
    shown = osei.get(page).text
    assert "by Mia &lt;b&gt;, mother" in shown
    assert "Withdraw" in shown
    assert stands(house, "priya-raghunathan") is Answer.PERMITTED
    part = osei.submit_by_htmx(f"{page}/consents", **YES | {"answer": "no"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert stands(house, "priya-raghunathan") is Answer.DENIED
    events = house.events(subject="Patient/priya-raghunathan", action="set-consent")
    assert [event.detail["answer"] for event in events] == ["deny", "permit"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "everything"},
        {"obtained": "guessed"},
        {"answer": "maybe"},
        {"days": "soon"},
        {"days": "0"},
        {"days": "²"},
    ],
)
def test_what_is_no_answer(osei: Person, house: House, wrong: dict[str, str]) -> None:
    house.encounter(patient="kofi-brandt")
    answer = osei.submit("/patients/kofi-brandt/consents", **YES | wrong)
    assert answer.status_code == 400
    assert stands(house, "kofi-brandt") is Answer.UNKNOWN


def test_who_may_answer_for_a_patient(house: House, somebody: Somebody) -> None:
    officer = somebody(hire(house))
    assert officer.submit("/patients/kofi-brandt/consents", **YES).status_code == 403
    nurse = somebody(NURSE)
    assert nurse.submit("/patients/yuki-tanabe/consents", **YES).status_code == 303
    assert nurse.submit("/patients/nobody/consents", **YES).status_code == 404


def test_the_panel_alone(osei: Person, house: House) -> None:
    house.encounter(patient="kofi-brandt")
    part = osei.get("/patients/kofi-brandt/consents", headers={"HX-Request": "true"})
    assert "Recording of visits" in part.text
    assert osei.get("/patients/kofi-brandt/consents").status_code == 303


def test_an_answer_that_came_to_the_privacy_officer(house: House, somebody: Somebody) -> None:
    officer = somebody(hire(house))
    assert "Record number" in officer.get("/privacy/consents").text
    with house.wardround.database.read() as tx:
        patient = Chart(tx).read("Patient/wren-castellanos").json()
    number = patient["identifier"][0]["value"]
    letter = {"about": "messaging", "obtained": "written", "answer": "no"}
    kept = officer.submit("/privacy/consents", **letter, number=number)
    assert kept.headers["location"] == "/privacy/consents?kept=yes"
    assert stands(house, "wren-castellanos", About.MESSAGING) is Answer.DENIED
    shown = officer.get("/privacy").text
    assert "said no to messaging" in shown
    assert "Castellanos" not in shown
    for unknown in ("", "no such number"):
        assert officer.submit("/privacy/consents", **letter, number=unknown).status_code == 404
    assert somebody(NURSE).submit("/privacy/consents", **letter, number=number).status_code == 403


@pytest.mark.browser
def test_in_a_browser(desk: Desk, house: House) -> None:
    page = desk.open("/patients/gareth-pemberton")
    page.get_by_text("Enter an answer: Use for research").click()
    page.locator("#consent-research-days").fill("x")
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_text("The number of days is no number").wait_for()
    page.locator("#consent-research-days").fill("")
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_text("Change the answer: Use for research").wait_for()
    assert stands(house, "gareth-pemberton", About.RESEARCH) is Answer.DENIED
    assert [line for line in desk.complaints if "400" not in line] == []
