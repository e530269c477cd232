"""The pages of access review: cases looked for, read and closed; who saw whom; the watch list."""

import csv
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.interfaces.web.house import NURSE, House, Person
from tests.interfaces.web.officer import OFFICER, hire
from wardround.security import AuditTrail

PAGE = "/privacy/access"
NUMBER, PATIENT = "HL-200845", "Patient/hollis-varga"
DENIED = {"route": "chart.show", "method": "GET"}


@pytest.fixture
def officer(house: House) -> Person:
    return house.at_a_client(hire(house))


def refuse(house: House, who: str, times: int = 2, patient: str = PATIENT) -> None:
    """Have somebody be refused a patient's chart, which is a case from the second time on."""
    with house.wardround.database.begin() as tx:
        for _ in range(times):
            AuditTrail(tx).record(
                "denied", "failure", actor=house.person(who), subject=patient, detail=DENIED
            )


def cases(officer: Person) -> list[str]:
    """Look through the last days, and return the addresses of the cases that wait."""
    page = officer.submit(f"{PAGE}/sweep", days="30").text
    return re.findall(rf'href="({PAGE}/cases/[^"]+)"', page.partition("<caption>Closed")[0])


def test_a_case_from_the_trail_to_its_end(house: House, officer: Person) -> None:
    refuse(house, NURSE)
    address = next(one for one in cases(officer) if NUMBER in officer.get(one).text)
    desk = officer.get("/privacy").text
    assert "Access review" in desk
    assert address in desk
    page = officer.get(address).text
    assert "They were refused something of this patient" in page
    assert NUMBER in page
    assert "Hollis Varga" in page
    assert "was refused" in page
    assert house.events(action="read", actor=OFFICER)[0].entity == address.removeprefix(
        f"{PAGE}/"
    ).replace("cases", "case")
    empty = officer.submit(address, verdict="not-appropriate", note=" ")
    assert empty.status_code == 400
    assert officer.submit(address, verdict="asked", note="Wrote to him").status_code == 303
    assert "Wrote to him" in officer.get(address).text
    assert officer.submit(address, verdict="maybe").status_code == 400
    closed = officer.submit(address, verdict="not-appropriate", note="Curious <1>")
    assert closed.headers["location"] == address
    page = officer.get(address).text
    assert "Curious &lt;1&gt;" in page
    assert 'href="/privacy/breaches"' in page
    assert 'name="verdict"' not in page
    assert officer.submit(address, verdict="appropriate").status_code == 409
    assert address not in cases(officer)
    assert "Curious" in officer.get(PAGE).text
    event = house.events(action="review-access")[0]
    assert (event.actor, event.subject, event.purpose) == (OFFICER, PATIENT, "HCOMPL")
    assert event.detail == {"verdict": "not-appropriate"}


def test_an_officer_s_own_is_somebody_else_s_to_review(house: House, officer: Person) -> None:
    refuse(house, OFFICER, patient="Patient/leandro-ferris")
    own = [one for one in cases(officer) if "Somebody else reviews" in officer.get(one).text]
    assert own
    assert 'name="verdict"' not in officer.get(own[0]).text
    answer = officer.submit(own[0], verdict="appropriate")
    assert answer.status_code == 422
    assert "Nobody reviews their own access." in answer.text


def test_looking_says_what_it_looked_at(house: House, officer: Person) -> None:
    page = officer.submit(f"{PAGE}/sweep", days="7").text
    assert re.search(r"Home addresses and telephone numbers are compared for\s+\d+ of \d+", page)
    event = house.events(action="sweep-access")[0]
    assert event.actor == OFFICER
    assert event.detail["days"] == "7"
    assert officer.submit(f"{PAGE}/sweep", days="0").status_code == 400
    assert officer.submit(f"{PAGE}/sweep", days="x").status_code == 403


def test_who_saw_a_patient(house: House, officer: Person) -> None:
    house.at_a_client("amara.osei").get("/patients/marisol-vega")
    refuse(house, "mateo.reyes", 1, "Patient/marisol-vega")
    span = {"since": house.today.isoformat(), "until": house.today.isoformat()}
    asked = {"number": "HL-200131", **span}
    page = officer.submit(f"{PAGE}/patient", **asked).text
    saw, _, refused = page.partition("<caption>Refused")
    row = re.search(r"Dr Amara Osei.*?</tr>", saw, re.DOTALL)
    assert row is not None
    assert "Treats the patient" in row[0]
    assert "chart" in row[0]
    assert "Dr Mateo Reyes" in refused
    assert "Vega" not in page
    assert house.events(action="read", actor=OFFICER)[0].entity == "register/access"
    table = officer.submit(f"{PAGE}/patient/report", format="csv", **asked)
    rows = list(csv.DictReader(table.text.splitlines()))
    assert {row["person"] for row in rows} >= {"Dr Amara Osei"}
    assert "Dr Mateo Reyes" not in {row["person"] for row in rows} or "chart" in table.text
    letter = officer.submit(f"{PAGE}/patient/report", format="pdf", **asked)
    text = PdfReader(BytesIO(letter.content)).pages[0].extract_text()
    assert "Dr Amara Osei, clinician" in text
    assert house.events(action="export-access")[0].subject == "Patient/marisol-vega"


def test_a_single_event_is_a_button_away(house: House, officer: Person) -> None:
    house.at_a_client("amara.osei").get("/patients/marisol-vega")
    day = house.today.isoformat()
    page = officer.submit(
        "/privacy/audit", person="amara.osei", patient="marisol-vega", since=day, until=day
    ).text
    assert "opened the chart" in page


def test_whom_a_person_saw(house: House, officer: Person) -> None:
    house.at_a_client("amara.osei").get("/patients/marisol-vega")
    span = {"since": house.today.isoformat(), "until": house.today.isoformat()}
    page = officer.submit(f"{PAGE}/person", person="amara.osei", **span).text
    assert "HL-200131" in page
    assert "Vega" not in page
    assert officer.submit(f"{PAGE}/person", person="nobody", **span).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"number": "HL-0"}, 404),
        ({"since": "soon"}, 400),
        ({"until": "2020-01-01"}, 400),
        ({"since": "1999-01-01"}, 400),
        ({"page": "x"}, 403),
    ],
)
def test_what_is_wrong_is_said_and_stays(
    house: House, officer: Person, form: dict[str, str], status: int
) -> None:
    day = house.today.isoformat()
    asked = {"number": "HL-200131", "since": day, "until": day} | form
    answer = officer.submit(f"{PAGE}/patient", **asked)
    assert answer.status_code == status
    if status != 403:
        assert f'value="{asked["number"]}"' in answer.text


def test_the_watch_list(house: House, officer: Person) -> None:
    page = f"{PAGE}/watched"
    assert officer.submit(page, number="HL-200058", why="In the news").status_code == 303
    assert "In the news" in officer.get(page).text
    again = officer.submit(page, number="HL-200058", why="Twice")
    assert again.status_code == 409
    assert 'value="Twice"' in again.text
    assert officer.submit(page, number="HL-0", why="x").status_code == 404
    patient = "Patient/desmond-achterberg"
    assert officer.submit(f"{page}/removal", patient=patient).status_code == 303
    assert "In the news" not in officer.get(page).text
    assert officer.submit(f"{page}/removal", patient=patient).status_code == 404


def test_it_is_the_privacy_officers(osei: Person) -> None:
    for path in (PAGE, f"{PAGE}/patient", f"{PAGE}/person", f"{PAGE}/watched", f"{PAGE}/cases/1"):
        assert osei.get(path).status_code == 403, path
    for path in ("sweep", "cases/1", "patient", "patient/report", "person", "watched"):
        assert osei.submit(f"{PAGE}/{path}", days="7").status_code == 403, path


def test_a_page_that_there_is_none_of_is_empty(officer: Person) -> None:
    for page in ("0", "-1", "x", "99999999999999999999"):
        assert officer.get(PAGE, params={"page": page}).status_code == 200
