"""The page of safeguards: evidence as it is now, what the officer wrote, and the report."""

from contextlib import closing
from datetime import timedelta
from io import BytesIO

import httpx
from pypdf import PdfReader

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire
from wardround.privacy.safeguards import read_clauses
from wardround.security import ServiceTokens

PAGE, CLAUSE = "/privacy/safeguards", "164.310-a-2-ii"
ADMINISTRATOR = "noah.lindqvist"


def review(house: House, years: int = 1) -> str:
    return house.today.replace(year=house.today.year + years, day=1).isoformat()


def test_every_clause_stands_there_with_what_the_system_shows(house: House) -> None:
    page = house.at_a_client(hire(house)).get(PAGE).text
    for clause in read_clauses():
        assert clause.citation in page
    assert "Sealed columns: " in page
    assert "Nothing answers for" not in page
    assert "could not be looked at" not in page


def test_the_evidence_is_of_this_moment(house: House) -> None:
    officer = house.at_a_client(hire(house))
    one = f"{PAGE}/164.312-b"
    officer.submit("/privacy/audit/verification")
    assert "nothing was changed" in officer.get(one).text
    before = officer.get(f"{PAGE}/164.308-a-5-ii-C").text
    with closing(Person(house, "tom.adeyemi")):
        pass  # he signed in, and left
    assert officer.get(f"{PAGE}/164.308-a-5-ii-C").text != before


def test_the_officer_writes_what_the_clinic_does(house: House) -> None:
    officer = house.at_a_client(hire(house))
    path = f"{PAGE}/{CLAUSE}"
    assert "Not shown yet" in officer.get(path).text
    said = {"says": "Locked <cabinet>", "document": "Binder 2", "review": review(house)}
    sent = officer.submit(path, version="0", **said)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{PAGE}#{CLAUSE}")
    page = officer.get(path).text
    assert "Locked &lt;cabinet&gt;" in page
    assert "Stated by the clinic" in page
    assert officer.submit(path, version="0", **said).status_code == 409
    again = officer.submit(
        path, version="1", says="Rented room", applies="no", review=said["review"]
    )
    assert again.status_code == 303
    page = officer.get(path).text
    assert "Does not apply" in page
    assert "Locked &lt;cabinet&gt;" in page  # the version before stays


def test_what_is_wrong_is_said_and_what_was_typed_stays(house: House) -> None:
    officer = house.at_a_client(hire(house))
    path = f"{PAGE}/164.310-a-2-iii"
    for words, day, says in (
        ("Badges", "soon", "This is no date."),
        ("Badges", review(house, 3), "within two years"),
        (" ", review(house), "Say what you do"),
    ):
        answer = officer.submit(path, version="0", says=words, document="Book 7", review=day)
        assert answer.status_code == 400
        assert says in answer.text
        assert 'value="Book 7"' in answer.text
    assert officer.get(f"{PAGE}/164.999").status_code == 404


def test_only_clauses_of_one_verdict(house: House) -> None:
    officer = house.at_a_client(hire(house))
    page = officer.get(PAGE, params={"only": "shown"}).text
    assert 'id="164.312-a-2-iii"' in page
    assert 'id="164.308-a-1-ii-C"' not in page
    assert 'id="164.308-a-1-ii-C"' in officer.get(PAGE, params={"only": "anything"}).text


def test_the_report_is_made_and_that_is_evidence_too(house: House) -> None:
    officer = house.at_a_client(hire(house))
    answer = officer.submit(f"{PAGE}/report")
    assert answer.headers["content-type"] == "application/pdf"
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Safeguards" in text
    assert house.events(action="export-safeguards", actor=hire(house))
    assert "The last report of this page was made" in officer.get(f"{PAGE}/164.308-a-8").text


def test_the_desk_says_what_is_wrong_and_has_no_card_of_its_own(house: House) -> None:
    desk = house.at_a_client(hire(house)).get("/privacy").text
    assert "No backup was made yet." in desk
    assert "clauses answered" in desk
    assert "The inventory was not looked through yet." not in desk  # its own card says so
    assert "Not looked through yet" in desk


def test_administrators_see_it_and_write_nothing(house: House) -> None:
    person = house.at_a_client(ADMINISTRATOR)
    assert f'href="{PAGE}"' in person.get("/people").text
    page = person.get(PAGE).text
    assert "Write what you do" not in page
    assert 'href="/privacy"' not in page
    assert 'href="/privacy/audit"' not in page  # it would be refused
    assert person.get(f"{PAGE}/{CLAUSE}").status_code == 200
    answer = person.submit(f"{PAGE}/{CLAUSE}", version="0", says="x", review=review(house))
    assert answer.status_code == 403


def test_nobody_else_sees_it(osei: Person) -> None:
    for path in (PAGE, f"{PAGE}/{CLAUSE}"):
        assert osei.get(path).status_code == 403
    assert osei.submit(f"{PAGE}/report").status_code == 403


def test_a_program_collects_it_with_a_token_for_it(house: House) -> None:
    address = f"{house.address}/api/safeguards"
    with house.wardround.database.begin() as tx:
        tokens = ServiceTokens(tx)
        right = tokens.make("watcher", ["SEE_SAFEGUARDS"], timedelta(days=9), None)
        other = tokens.make("reader", ["READ_CHART"], timedelta(days=9), None)
    answer = httpx.get(address, headers={"Authorization": f"Bearer {right}"})
    clauses = {one["citation"]: one for one in answer.json()["clauses"]}
    assert clauses["164.312(a)(2)(iii)"]["verdict"] == "shown"
    assert "30 minutes" in clauses["164.312(a)(2)(iii)"]["facts"][0]["says"]
    assert httpx.get(address, headers={"Authorization": f"Bearer {other}"}).status_code == 403
    assert house.at_a_client(hire(house)).get("/api/safeguards").status_code == 401
