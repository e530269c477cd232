"""The page of the account: found by record number, entered, and handed out as a letter."""

from io import BytesIO

from pypdf import PdfReader

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire

PAGE, NUMBER = "/privacy/disclosures", "HL-200058"
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


def test_it_is_the_privacy_officers(osei: Person) -> None:
    for path in (PAGE, f"{PAGE}/entries", f"{PAGE}/letter"):
        assert osei.submit(path, number=NUMBER, **SAID).status_code == 403
