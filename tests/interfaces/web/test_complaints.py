"""The pages of the register of complaints: from the draft to the closing."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import NURSE, House, Person
from wardround.kernel import Draft

Somebody = Callable[[str | None], Person]
OFFICER, PAGE = "mei.tanaka", "/complaints"
PROBLEM = {
    "category": "missing content",
    "harm": "near miss",
    "words": "The <b>penicillin</b> allergy is missing.",
}
CALL = {
    "channel": "by telephone",
    "name": "Dr. Petra Nowak",
    "phone": "555 0100",
    "address": "12 Elm St",
    "model": "scribe",
    "model_version": "0.9",
    "udi": "(01)00812345678901",
    "category": "unsafe",
    "harm": "death or serious injury",
    "words": "It doubled a dose.",
}
YES = {
    "reportable": "yes",
    "reasons": "Anaphylaxis.",
    "event": "serious injury",
    "reporters": "user facility",
}


@pytest.fixture
def officer(somebody: Somebody) -> Person:
    return somebody(OFFICER)


@pytest.fixture(scope="module")
def draft(house: House) -> Draft:
    return house.draft("[patient] My elbow has been sore since Friday.")


def report(person: Person, draft: Draft, **more: str) -> str:
    """Report a problem with a draft and return the address of the complaint."""
    said = PROBLEM | {"revision": str(draft.revision)} | more
    answer = person.submit(f"/drafts/{draft.id}/problem", **said)
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    assert address.startswith(f"/drafts/{draft.id}/problem/WR-")
    return f"{PAGE}/{address.rpartition('/')[2]}"


def enter(person: Person, **more: str) -> str:
    said = CALL | {"received": person.house.today.isoformat()} | more
    answer = person.submit(PAGE, **said)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def do(person: Person, address: str, version: int, **said: str) -> None:
    answer = person.submit(address, version=str(version), **said)
    assert answer.status_code == 303, answer.text


def test_from_the_draft_to_the_closing(officer: Person, osei: Person, draft: Draft) -> None:
    page, today = report(osei, draft, harm="harm"), officer.house.today.isoformat()
    shown = officer.get(page).text
    assert "The &lt;b&gt;penicillin&lt;/b&gt; allergy" in shown
    for words in ("Not decided. Reported as: harm", "days count as if", "Received", draft.id):
        assert words in shown, words
    assert officer.submit(f"{page}/decision", version="1", **YES, aware=today).status_code == 422
    do(officer, f"{page}/review", 1)
    assert "Under review" in officer.get(page).text
    assert officer.submit(f"{page}/closing", version="2").status_code == 422
    do(officer, f"{page}/decision", 2, **YES, aware=today)
    shown = officer.get(page).text
    assert "Yes: serious injury." in shown
    assert "The manufacturer, or FDA if it is not known, as a user facility" in shown
    do(officer, f"{page}/investigation", 3, made="yes", words="A rule.", correction="Version 2")
    do(officer, f"{page}/replies", 4, day=today, words="We mend it.")
    late = officer.submit(f"{page}/replies", version="4", day=today, words="Twice")
    assert late.status_code == 409
    do(officer, f"{page}/sent", 5, duty="facility", day=today, number="UF-1")
    shown = officer.get(page).text
    for words in ("number UF-1", "Version 2", "We mend it.", "Close the complaint"):
        assert words in shown, words
    do(officer, f"{page}/closing", 6, why="Done")
    assert page in officer.get(f"{PAGE}?of=closed").text
    assert page not in officer.get(PAGE).text
    do(officer, f"{page}/reopening", 7, why="It came again")
    assert "It came again" in officer.get(page).text
    assert page in officer.get(f"{PAGE}?of=all").text


def test_what_came_by_telephone_is_entered_and_its_clocks_run(officer: Person) -> None:
    today = officer.house.today
    page = enter(officer, received=(today - timedelta(days=40)).isoformat())
    shown = officer.get(page).text
    for words in ("Dr. Petra Nowak", "555 0100", "(01)00812345678901", "Overdue by 10 days"):
        assert words in shown, words
    assert "may have to be reported" in shown
    listed = officer.get(PAGE).text
    assert "overdue.</strong>" in listed
    assert page in listed
    do(officer, f"{page}/review", 1)
    do(officer, f"{page}/decision", 2, reportable="no", reasons="Not ours.", event="death")
    shown = officer.get(page).text
    assert "<strong>No.</strong>" in shown
    assert "No report is due." in shown
    assert "Overdue" not in shown


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"received": "soon"}, "received"),
        ({"received": "2199-01-01"}, "received"),
        ({"occurred": "2199-01-01"}, "before it happened"),
        ({"channel": "by owl"}, "channel"),
        ({"model": ""}, "name"),
        ({"phone": "5" * 101}, "phone"),
        ({"words": ""}, "words"),
    ],
)
def test_a_wrong_entry_is_refused(officer: Person, wrong: dict[str, str], where: str) -> None:
    said = CALL | {"received": officer.house.today.isoformat()} | wrong
    answer = officer.submit(PAGE, **said)
    assert answer.status_code == 400
    assert where in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"reportable": "perhaps"},
        {"reasons": " "},
        {"event": "nothing"},
        {"reporters": "somebody"},
        {"aware": ""},
        {"event": "malfunction"},
        {"haste": "FDA asked for it in writing"},
    ],
)
def test_a_decision_that_is_not_whole(officer: Person, wrong: dict[str, str]) -> None:
    page = enter(officer)
    do(officer, f"{page}/review", 1)
    said = YES | {"aware": officer.house.today.isoformat()} | wrong
    assert officer.submit(f"{page}/decision", version="2", **said).status_code == 400
    assert "Not decided" in officer.get(page).text


def test_it_is_exported_and_told_to_the_trail(officer: Person, house: House) -> None:
    page = enter(officer)
    entity = page.replace(PAGE + "/", "complaint/")
    said = json.loads(officer.submit(f"{page}/export", format="json").text)
    assert said["report"]["complainant"]["name"] == "Dr. Petra Nowak"
    assert {one["block"] for one in said["form_3500a"]} == set("ABDE")
    answer = officer.submit(f"{page}/export", format="pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = " ".join(p.extract_text() for p in PdfReader(BytesIO(answer.content)).pages)
    assert "not provided" in text
    assert officer.submit(f"{page}/export", format="owl").status_code == 400
    assert len(house.events(action="export-complaint", entity=entity)) == 2
    assert house.events(action="read", entity=entity) == []
    officer.get(page)
    assert house.events(action="read", entity=entity)


def test_it_is_the_quality_officers(somebody: Somebody, officer: Person) -> None:
    page = enter(officer)
    deeds = "review decision investigation replies sent closing reopening export".split()
    for name in ("amara.osei", "noah.lindqvist", "ruth.okafor", NURSE):
        person = somebody(name)
        assert 'href="/complaints"' not in person.get("/account").text, name
        for path in (PAGE, f"{PAGE}/new", page):
            assert person.get(path).status_code == 403, (name, path)
        for path in (PAGE, *(f"{page}/{deed}" for deed in deeds)):
            assert person.submit(path, version="1").status_code == 403, (name, path)
    assert len(officer.get(page).text.split("list-line")) == 2  # received, and nothing since
    assert officer.get("/").headers["location"] == "/models"


@pytest.mark.browser
def test_in_a_browser(desk: Desk, draft: Draft) -> None:
    page = desk.open(f"/drafts/{draft.id}")
    page.get_by_role("link", name="Report a problem").click()
    page.get_by_label("Something is missing").check()
    page.get_by_label("In your words").fill("   ")
    page.get_by_label("Near miss").check()
    page.get_by_role("button", name="Report it").click()
    page.get_by_text("Say it in a few words.").wait_for()
    page.get_by_label("In your words").fill("Found in a browser")
    page.get_by_role("button", name="Report it").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    number = page.get_by_text("WR-").inner_text()
    page = desk.open(f"{PAGE}/{number}", OFFICER)
    page.get_by_text("Found in a browser").wait_for()
    page.get_by_role("button", name="Take it up").click()
    page.get_by_label("No", exact=True).first.check()
    page.get_by_label("Why", exact=True).fill("Nobody could be hurt.")
    page.get_by_role("button", name="Keep the decision").click()
    page.get_by_text("No report is due.").wait_for()
    assert [line for line in desk.complaints if "40" not in line] == []
