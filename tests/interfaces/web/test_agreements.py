import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire
from wardround.privacy.egress import Agreements, Standing

Somebody = Callable[[str | None], Person]
PDF = b"%PDF-1.7 signed"


@pytest.fixture
def officer(house: House, somebody: Somebody) -> Person:
    return somebody(hire(house))


def form(house: House, **more: Any) -> dict[str, Any]:
    return {
        "party": "Vendor Incorporated",
        "contact": "Jo Bell, 555 0100",
        "hosts": "api.vendor.example",
        "services": ["language"],
        "data": ["text"],
        "level": "3",
        "effective": (house.today - timedelta(days=300)).isoformat(),
        "expires": (house.today + timedelta(days=20)).isoformat(),
        "flow_down": "on",
        "breach_days": "30",
        "at_end": "destroy",
    } | more


def enter(person: Person, **more: Any) -> str:
    answer = person.submit("/privacy/agreements", **form(person.house, **more))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_an_agreement_from_entering_to_its_end(officer: Person, house: House) -> None:
    page = enter(officer, party="From beginning to end")
    shown = officer.get(page).text
    assert "Ends soon" in shown
    assert "20 days left" in shown
    assert "From beginning to end" in officer.get("/privacy/agreements").text
    until = (house.today + timedelta(days=400)).isoformat()
    assert officer.submit(f"{page}/renewal", version="1", until=until).status_code == 303
    assert "In force" in officer.get(page).text
    changed = form(house, party="From beginning to end", expires=until, hosts="other.example")
    assert officer.submit(page, version="2", **changed).status_code == 303
    ended = {"day": house.today.isoformat(), "reason": "No longer used."}
    assert officer.submit(f"{page}/termination", version="3", **ended).status_code == 303
    shown = officer.get(page).text
    assert "Terminated" in shown
    assert "No longer used." in shown
    assert "Renew</h2>" not in shown
    with house.wardround.database.read() as tx:
        found = Agreements(tx).find(page.rpartition("/")[2])
    assert found.standing(house.today) is Standing.TERMINATED
    events = house.events(entity=f"agreement/{found.id}")
    changes = [event.detail["change"] for event in events if "change" in event.detail]
    assert changes == ["terminated", "changed", "renewed", "entered"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"party": " "}, "at least 1"),
        ({"effective": "soon"}, "no date"),
        ({"expires": "2001-01-01"}, "ends on or after"),
        ({"hosts": "http://vendor"}, "host"),
        ({"breach_days": "99"}, "60"),
        ({"services": ["everything"]}, "services"),
        ({"at_end": "sell"}, "return"),
    ],
)
def test_what_cannot_be_entered(officer: Person, wrong: dict[str, str], told: str) -> None:
    answer = officer.submit_by_htmx("/privacy/agreements", **form(officer.house, **wrong))
    assert answer.status_code == 400
    assert told in answer.text


def test_somebody_else_was_first(officer: Person, house: House) -> None:
    page = enter(officer)
    officer.submit(page, version="1", **form(house))
    late = officer.submit(page, version="1", **form(house))
    assert late.status_code == 409
    assert "meanwhile" in late.text


def test_the_signed_document_comes_back_as_it_was(officer: Person, house: House) -> None:
    page = enter(officer)
    sent = {"document": ('signed <b>"1".pdf', PDF, "text/html")}
    token = {"csrf": officer.csrf}
    assert officer.post(f"{page}/documents", data=token, files=sent).status_code == 303
    shown = officer.get(page).text
    address = re.search(rf'href="({page}/documents/[^"]+)"', shown)
    assert address is not None
    assert "<b>" not in shown
    got = officer.get(address[1])
    assert got.content == PDF
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''signed%20")
    assert house.events(
        action="read", entity=page.removeprefix("/privacy/").replace("agreements", "agreement")
    )
    for bad in ((".html", b"<html>"), ("", b"")):
        files = {"document": (f"a{bad[0]}" if bad[0] else "", bad[1])}
        assert officer.post(f"{page}/documents", data=token, files=files).status_code == 400


@pytest.mark.parametrize(
    "path", ["/privacy", "/privacy/agreements", "/privacy/agreements/new", "/privacy/agreements/x"]
)
def test_only_who_keeps_the_registers_sees_them(osei: Person, path: str) -> None:
    assert osei.get(path).status_code == 403
    assert osei.submit("/privacy/agreements", **form(osei.house)).status_code == 403


def test_what_is_not_there(officer: Person) -> None:
    assert officer.get("/privacy/agreements/nothing").status_code == 404
    assert officer.get("/privacy/agreements/nothing/documents/none").status_code == 404


def test_everybody_begins_at_their_work(officer: Person, osei: Person) -> None:
    assert officer.get("/").headers["location"] == "/privacy"
    assert osei.get("/").headers["location"] == "/visits"


def test_the_desk_says_what_waits(officer: Person) -> None:
    enter(officer, party="About to end")
    enter(officer, party="Half an agreement", flow_down="", expires="")
    shown = officer.get("/privacy").text
    assert "About to end ends in 20 days" in shown
    assert "Half an agreement lacks a clause that binds subcontractors" in shown
    assert "Needs you" in shown


@pytest.mark.browser
def test_in_a_browser(desk: Desk, house: House) -> None:
    page = desk.open("/privacy/agreements/new", hire(house))
    page.get_by_label("Party").fill("Browser Associates")
    page.get_by_label("Hosts").fill("api.browser.example")
    page.get_by_label("Language models").check()
    page.get_by_label("Notes, transcripts").check()
    page.get_by_label("Days within which").fill("10")
    page.get_by_label("First day").fill(house.today.isoformat())
    page.get_by_label("Last day").fill((house.today - timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Save").click()
    page.get_by_text("ends on or after").wait_for()
    page.get_by_label("Last day").fill((house.today + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Browser Associates").wait_for()
    page.get_by_text("Nothing is sent under this agreement").wait_for()
    assert [line for line in desk.complaints if "400" not in line] == []
