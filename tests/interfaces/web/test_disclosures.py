"""The page of the account: found by record number, entered, and handed out as a letter."""

import re
from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire

PAGE, NUMBER, OTHER = "/privacy/disclosures", "HL-200058", "HL-200131"
SAID = {"recipient": "County Health <Dept>", "what": "Measles test", "why": "Public health"}


def test_an_account_from_question_to_letter(house: House) -> None:
    officer = house.at_a_client(hire(house))
    assert "Record number of the patient" in officer.get(PAGE).text
    assert "Nothing was disclosed" in officer.submit(PAGE, number=NUMBER).text
    day = house.today.isoformat()
    shown = officer.submit(f"{PAGE}/entries", number=NUMBER, day=day, **SAID).text
    assert "County Health &lt;Dept&gt;" in shown
    letter = officer.submit(f"{PAGE}/letter", number=NUMBER, format="pdf")
    assert letter.headers["content-type"] == "application/pdf"
    assert "Measles test" in PdfReader(BytesIO(letter.content)).pages[0].extract_text()
    table = officer.submit(f"{PAGE}/letter", number=NUMBER, format="csv")
    assert "Measles test" in table.text
    patient = "Patient/desmond-achterberg"
    for action in ("add-disclosure", "export-disclosures", "read"):
        assert house.events(action=action, actor=hire(house), subject=patient), action


def test_what_is_wrong_is_said_and_what_was_typed_stays(house: House) -> None:
    officer = house.at_a_client(hire(house))
    wrong = officer.submit(f"{PAGE}/entries", number=NUMBER, day="soon", **SAID)
    assert wrong.status_code == 400
    assert "This is no date." in wrong.text
    assert 'value="Measles test"' in wrong.text
    unknown = officer.submit(PAGE, number="HL-0")
    assert unknown.status_code == 404
    assert 'value="HL-0"' in unknown.text


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match is not None, pattern
    return match[1]


def test_a_request_from_its_receipt_to_the_answer(house: House) -> None:
    officer = house.at_a_client(hire(house))
    received = house.today - timedelta(days=58)
    shown = officer.submit(f"{PAGE}/requests", number=OTHER, received=received.isoformat()).text
    assert "2 days left" in shown
    assert "Free: no other was asked for" in shown
    assert "answer within 2 days" in officer.get("/privacy").text
    assert OTHER in officer.get(PAGE).text
    asked = found(rf'action="({PAGE}/requests/[^"]+)/end"', shown)
    said = {"number": OTHER, "told": house.today.isoformat(), "why": "The archive is being moved"}
    late = (received + timedelta(days=91)).isoformat()
    refused = officer.submit(f"{asked}/extension", until=late, **said)
    assert refused.status_code == 422
    assert "30 days at most" in refused.text
    assert 'value="The archive is being moved"' in refused.text
    until = (received + timedelta(days=90)).isoformat()
    assert "32 days left" in officer.submit(f"{asked}/extension", until=until, **said).text
    again = officer.submit(f"{PAGE}/requests", number=OTHER, received=house.today.isoformat()).text
    assert "a reasonable fee for its cost may be charged" in again
    end = {"number": OTHER, "ended": house.today.isoformat()}
    assert officer.submit(f"{asked}/end", outcome="forgotten", **end).status_code == 400
    assert "Answered" in officer.submit(f"{asked}/end", outcome="answered", **end).text
    assert "Answered" in officer.get(PAGE).text
    assert officer.submit(f"{asked}/end", outcome="answered", **end).status_code == 409
    assert "received" in officer.submit(f"{PAGE}/requests", number=OTHER, received="soon").text


def test_what_an_official_has_left_out(house: House) -> None:
    officer = house.at_a_client(hire(house))
    day = house.today.isoformat()
    entry = {"recipient": "County Police", "what": "Address", "why": "A search"}
    officer.submit(f"{PAGE}/entries", number=OTHER, day=day, **entry)
    said = {"number": OTHER, "recipient": "county police", "official": "Det. Bo", "day": day}
    refused = officer.submit(f"{PAGE}/suspensions", written="yes", **said)
    assert refused.status_code == 400
    assert "says until when" in refused.text
    shown = officer.submit(f"{PAGE}/suspensions", written="no", **said).text
    assert "Left out" in shown
    assert "County Police" in shown
    table = officer.submit(f"{PAGE}/letter", number=OTHER, format="csv").text
    assert "County Police" not in table
    letter = officer.submit(f"{PAGE}/letter", number=OTHER, format="pdf")
    text = PdfReader(BytesIO(letter.content)).pages[0].extract_text()
    assert "Police" not in text
    assert "left out" not in text.casefold()
    (event, *_) = house.events(action="export-disclosures")
    assert event.detail == {"left-out": "1"}
    said = {"number": OTHER, "received": day, "ended": day, "outcome": "answered"}
    shown = officer.submit(f"{PAGE}/requests", **said).text
    asked = found(rf'action="({PAGE}/requests/[^"]+)/end"', shown)
    shown = officer.submit(f"{asked}/end", **said).text
    assert "Disclosures to county police were left out of it." in shown
    assert "Nothing holds them back" not in shown
    lift = found(rf'action="({PAGE}/suspensions/[^"]+/lift)"', shown)
    assert officer.submit(lift, number=OTHER, why=" ").status_code == 400
    shown = officer.submit(lift, number=OTHER, why="Found").text
    assert "They are neither in the letter" not in shown
    assert "Nothing holds them back any more" in shown
    assert "County Police" in officer.submit(f"{PAGE}/letter", number=OTHER, format="csv").text


def test_it_is_the_privacy_officers(osei: Person) -> None:
    more = [f"{PAGE}/requests", f"{PAGE}/requests/x/end", f"{PAGE}/suspensions"]
    for path in (PAGE, f"{PAGE}/entries", f"{PAGE}/letter", *more):
        assert osei.submit(path, number=NUMBER, **SAID).status_code == 403
