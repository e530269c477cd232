"""The pages of the register of breaches: entered, assessed, told of, put off, written about."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire
from tests.interfaces.web.test_agreements import enter as enter_agreement
from tests.privacy.breaches.incidents import NOW, TODAY, incident
from wardround.interfaces.web.cards.breaches import waiting
from wardround.privacy.breaches import Conclusion
from wardround.privacy.breaches.incident import Given

Somebody = Callable[[str | None], Person]
PAGE, NUMBER, OTHER = "/privacy/breaches", "HL-200731", "HL-200845"
PATIENT = "Patient/priya-raghunathan"


@pytest.fixture
def officer(house: House, somebody: Somebody) -> Person:
    return somebody(hire(house))


def form(house: House, **more: Any) -> dict[str, Any]:
    return {
        "title": "Laptop <stolen>",
        "discovered": (house.today - timedelta(days=50)).isoformat(),
        "what": "A laptop with a list of patients was taken from a car.",
        "sort": "Theft",
        "locations": ["Laptop"],
        "phi": ["name", "Social Security number"],
        "residents": "CA 501",
        "numbers": f"{NUMBER}\n\n{OTHER}\n{NUMBER}",
        "recipient": "An unknown thief",
    } | more


def enter(person: Person, **more: Any) -> str:
    answer = person.submit(PAGE, **form(person.house, **more))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def assess(person: Person, page: str, **more: str) -> None:
    said = {"version": "1", "conclusion": "breach", "reasons": "Not encrypted"} | more
    answer = person.submit(f"{page}/assessment", **said)
    assert answer.status_code == 303, answer.text


def give(person: Person, page: str, version: int, duty: str) -> None:
    day = person.house.today.isoformat()
    said = {"version": str(version), "duty": duty, "day": day, "note": f"Gave {duty}"}
    assert person.submit(f"{page}/notices", **said).status_code == 303


def test_from_discovery_to_closing(officer: Person) -> None:
    page = enter(officer)
    shown = officer.get(page).text
    assert "Laptop &lt;stolen&gt;" in shown
    for words in ("presumed to be a breach", "Prominent media in California", "10 days left"):
        assert words in shown, words
    assert "2 patients named" in shown
    assert "assess it, or tell individuals within 10 days" in officer.get("/privacy").text
    assert "Not made yet" in shown
    assess(officer, page)
    shown = officer.get(page).text
    assert "Breach, notices to be given" in shown
    assert officer.submit(f"{page}/closing", version="2").status_code == 422
    for version, duty in enumerate(("individuals", "media:CA", "secretary"), 2):
        give(officer, page, version, duty)
    shown = officer.get(page).text
    assert "Notices given" in shown
    assert "Gave media:CA" in shown
    assert "Laptop &lt;stolen&gt;: to be closed" in officer.get("/privacy").text
    assert officer.submit(f"{page}/closing", version="5", why="All told").status_code == 303
    assert "Open it again" in officer.get(page).text
    assert officer.submit(f"{page}/reopening", version="6", why="More found").status_code == 303
    assert "More found" in officer.get(page).text
    log = officer.submit(f"{PAGE}/log", year=str((officer.house.today - timedelta(days=50)).year))
    assert "Laptop <stolen>" in log.text


def test_what_is_overdue_is_said_in_words(officer: Person) -> None:
    discovered = (officer.house.today - timedelta(days=63)).isoformat()
    page = enter(officer, title="Long ago", discovered=discovered, residents="")
    assert "Overdue by 3 days" in officer.get(page).text
    assert (
        "Long ago: assess it, or tell individuals, overdue by 3 days"
        in officer.get("/privacy").text
    )
    listed = officer.get(PAGE).text
    assert "Overdue by 3 days" in listed
    weighed = {f"{name}": "So it is." for name in ("nature", "recipient", "acquired", "mitigation")}
    weighed |= {f"{name}-bearing": "low" for name in weighed}
    assess(officer, page, conclusion="low-probability", **weighed)
    shown = officer.get(page).text
    assert "Nobody is to be told: low probability" in shown
    assert "Letters" not in shown
    assert officer.submit(f"{page}/closing", version="2").status_code == 303


def test_what_is_known_is_changed(officer: Person, house: House) -> None:
    page = enter(officer, title="Before")
    filled = officer.get(f"{page}/edit").text
    assert f"{NUMBER}\n{OTHER}</textarea>" in filled
    assert officer.submit(page, version="1", **form(house, title="After")).status_code == 303
    assert "After" in officer.get(page).text
    late = officer.submit(page, version="1", **form(house, title="Late"))
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": " "}, "title"),
        ({"sort": "Magic"}, "sort"),
        ({"residents": "Narnia 3"}, "residents"),
        ({"unreachable": "many"}, "unreachable"),
        ({"discovered": "soon"}, "discovered"),
        ({"numbers": f"{NUMBER}\nHL-0"}, "numbers"),
        ({"agreement": "x"}, ""),
    ],
)
def test_what_is_wrong_is_said(officer: Person, wrong: dict[str, str], where: str) -> None:
    answer = officer.submit(PAGE, **form(officer.house, **wrong))
    assert answer.status_code in {400, 404}
    assert where in answer.text
    assert "HL-0" not in answer.text


def test_a_low_probability_asks_for_all_factors(officer: Person) -> None:
    page = enter(officer)
    for more in (
        {"conclusion": "low-probability"},
        {"conclusion": "nothing"},
        {"conclusion": "breach", "nature": "Names"},
        {"conclusion": "breach", "nature": "Names", "nature-bearing": "perhaps"},
    ):
        said = {"version": "1", "reasons": "So"} | more
        assert officer.submit(f"{page}/assessment", **said).status_code == 400, more
    assert "Not made yet" in officer.get(page).text


def test_law_enforcement_puts_it_off(officer: Person) -> None:
    page, today = enter(officer), officer.house.today
    said = {"version": "1", "official": "Det. Bo", "written": "no", "day": today.isoformat()}
    later = (today + timedelta(days=31)).isoformat()
    assert officer.submit(f"{page}/delays", until=later, **said).status_code == 400
    assert officer.submit(f"{page}/delays", **said).status_code == 303
    shown = officer.get(page).text
    assert "No notice is given until" in shown
    assert "By word of mouth" in shown
    assert "notices put off until" in officer.get("/privacy").text


def test_a_business_associate_that_told_late(officer: Person, house: House) -> None:
    enter_agreement(officer, party="Lost It Incorporated")
    options = officer.get(f"{PAGE}/new").text
    agreement = re.search(r'value="([^"]+)">Lost It Incorporated', options)
    assert agreement is not None
    discovered = (house.today - timedelta(days=90)).isoformat()
    told = (house.today - timedelta(days=50)).isoformat()
    more = {"agreement": agreement[1], "party_discovered": discovered, "party_told": told}
    shown = officer.get(enter(officer, **more)).text
    assert "Lost It Incorporated" in shown
    assert "10 days late" in shown  # its agreement says 30
    assert officer.submit(PAGE, **form(house, agent="on", **more)).status_code == 400


def test_it_is_entered_in_the_accounts_once(officer: Person, house: House) -> None:
    page = enter(officer, recipient="The finder of a bag")
    assess(officer, page)
    assert "Enter it in the account of 2 patients" in officer.get(page).text
    assert officer.submit(f"{page}/disclosures", version="2").status_code == 303
    assert "Enter it in the account" not in officer.get(page).text
    assert officer.submit(f"{page}/disclosures", version="3").status_code == 409
    account = officer.submit("/privacy/disclosures", number=NUMBER).text
    assert account.count("The finder of a bag") == 1
    assert "Not permitted by the Privacy Rule" in account
    assert house.events(action="add-disclosure", subject=PATIENT)


def test_letters_are_drafted_edited_and_printed(officer: Person, house: House) -> None:
    page = enter(officer)
    address = f"{page}/letters/individual"
    draft = officer.get(address).text
    assert "taken from a car" in draft
    assert "Something is still to be written here" in draft
    said = {n: f"All about {n}." for n in ("happened", "kinds", "steps", "doing", "contact")}
    first = officer.submit(f"{address}/paper", format="text").text
    assert first.startswith("Draft.")
    assert officer.submit(address, version="0", **said).status_code == 303
    assert officer.submit(address, version="0", **said).status_code == 409
    each = officer.submit(f"{address}/paper", format="each")
    pages = PdfReader(BytesIO(each.content)).pages
    assert [
        number in page.extract_text() for page, number in zip(pages, (NUMBER, OTHER), strict=True)
    ]
    one = PdfReader(BytesIO(officer.submit(f"{address}/paper", format="pdf").content)).pages
    assert len(one) == 1
    assert NUMBER not in one[0].extract_text()
    assert "All about doing." in officer.submit(f"{address}/paper", format="text").text
    assert officer.get(f"{page}/letters/poem").status_code == 404
    facts = officer.submit(f"{page}/facts", format="text").text
    assert "Individuals affected: 501" in facts
    assert officer.submit(f"{page}/facts", format="pdf").content.startswith(b"%PDF")
    entity = page.replace(PAGE, "breach")
    assert len(house.events(action="export-breach-letter", entity=entity)) == 6
    assert house.events(action="read", entity=entity) == []
    officer.get(page)
    assert house.events(action="read", entity=entity)


def test_the_card_asks_for_what_is_due_within_sixty_days() -> None:
    told = Given(duty="individuals", day=TODAY, by="ruth", at=NOW)
    far = incident(Conclusion.BREACH, given=(told,))  # the Secretary by 1 March of the next year
    assert waiting([far], TODAY) == []
    assert waiting([far], date(2026, 12, 30)) == []
    found = incident(Conclusion.LOW), far, incident()
    assert [words for _, words in waiting(found, date(2026, 12, 31))] == [
        "assess it, or tell individuals, overdue by 244 days",
        "tell the Secretary within 60 days",
        "to be closed",
    ]
    assert [words for _, words in waiting([far], date(2027, 3, 1))] == ["tell the Secretary today"]


def test_it_is_the_privacy_officers(osei: Person) -> None:
    for path in (
        PAGE,
        f"{PAGE}/new",
        f"{PAGE}/x",
        f"{PAGE}/x/assessment",
        f"{PAGE}/x/letters/media",
    ):
        assert osei.get(path).status_code == 403, path
    for path in (PAGE, f"{PAGE}/log", f"{PAGE}/x/closing", f"{PAGE}/x/disclosures"):
        assert osei.submit(path).status_code == 403, path


@pytest.mark.browser
def test_in_a_browser(desk: Desk, house: House) -> None:
    page = desk.open(f"{PAGE}/new", hire(house))
    page.get_by_label("In a few words").fill("Found in a browser")
    page.get_by_label("Day of discovery").fill(house.today.isoformat())
    page.get_by_label("What happened").fill("A list lay in the waiting room.")
    page.get_by_label("Loss").check()
    page.get_by_label("Record numbers").fill("HL-0")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Line 1: There is no such record number.").wait_for()
    page.get_by_label("Record numbers").fill(NUMBER)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Found in a browser").wait_for()
    page.get_by_role("link", name="Assess it").click()
    page.get_by_role("radio", name="A breach Those it is about").check()
    page.get_by_label("Why", exact=True).fill("Anybody could read it.")
    page.get_by_role("button", name="Keep the assessment").click()
    page.get_by_text("Breach, notices to be given").wait_for()
    page.get_by_text("Enter that it was given: Each individual").click()
    page.locator("#day-1").fill((house.today - timedelta(days=1)).isoformat())
    page.locator("#note-1").fill("By hand")
    page.evaluate("document.getElementById('day-1').removeAttribute('min')")
    page.locator("#given-1-notice").locator("xpath=..").get_by_role("button").click()
    page.get_by_text("That was before the discovery.").wait_for()
    assert page.locator("#note-1").input_value() == "By hand"
    page.locator("#day-1").fill(house.today.isoformat())
    page.locator("#given-1-notice").locator("xpath=..").get_by_role("button").click()
    page.get_by_text("By hand").wait_for()
    assert [line for line in desk.complaints if "40" not in line] == []
