"""The page of a model's card, and the card as PDF and XML."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from tests.interfaces.web.house import House, Person

OFFICER = "mei.tanaka"


@pytest.fixture
def mei(house: House) -> Person:
    return house.at_a_client(OFFICER)


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_card_shows_all_and_how_it_was_determined(mei: Person) -> None:
    page = mei.get("/models/wardround-sections/card").text
    assert len(re.findall(r'id="attribute-(\d+)"', page)) == 31
    assert "31 answered, 0 unknown, 0 not applicable, 0 blank" in page
    assert "Not a device function" in page
    assert "guidance of 6 January 2026" in page
    assert "1. It takes in no image" in page
    assert "5752472e0c57" in page


def test_the_three_ways_not_to_know_differ(mei: Person) -> None:
    scores = mei.get("/models/published-scores/card").text
    assert re.search(r'badge--accent">Unknown</span> <span class="answer-why">upstream', scores)
    assert 'badge--bad">Not provided</span>' in scores
    learned = mei.get("/models/support2-hospital-death/card").text
    assert re.search(r'badge">Not applicable</span> <span class="answer-why">No external', learned)
    assert "Not provided" not in learned


def test_what_software_found_stands_beside(mei: Person) -> None:
    page = plain(mei.get("/models/heart-disease/card").text)
    assert "Age and sex are inputs" in page
    assert "Software found: By their names, sex (sex), date of birth or age (age)" in page


def test_a_score_leads_to_the_card_that_speaks_for_it(mei: Person) -> None:
    page = mei.get("/models/news2/card").text
    assert "speaks for news2 and others" in page
    assert "Device function" in page
    assert "Enforcement discretion" not in page
    assert 'href="/models/news2/card.pdf"' in page


def test_a_model_without_determination_says_so(mei: Person) -> None:
    page = mei.get("/models/wardround-phi/card").text
    assert "No determination was written" in page
    assert "wardround-phi-figures" in page


def test_the_files(mei: Person) -> None:
    pdf = mei.get("/models/heart-disease/card.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert 'filename="heart-disease-card.pdf"' in pdf.headers["content-disposition"]
    assert "Model card of heart-disease" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    xml = mei.get("/models/heart-disease/card.xml")
    assert xml.headers["content-type"] == "application/xml"
    root = ET.fromstring(xml.content)
    assert root.tag == "{https://mc.chai.org/v0.2/schema.xsd}AppliedModelCard"


@pytest.mark.parametrize("ending", ["", ".pdf", ".xml"])
def test_there_is_no_other_card(mei: Person, ending: str) -> None:
    for name in ("sepsis", "..", "%2e%2e%2fsecret"):
        assert mei.get(f"/models/{name}/card{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["", ".pdf", ".xml"])
def test_who_is_shown_it(house: House, ending: str) -> None:
    path = f"/models/heart-disease/card{ending}"
    assert house.at_a_client("amara.osei").get(path).status_code == 200
    assert house.at_a_client("sam.whitfield").get(path).status_code == 403
