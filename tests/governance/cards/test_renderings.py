"""The card as PDF and XML: every answer is in it, and the ways not to have one differ."""

import json
import os
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from pypdf import PdfReader

from tests.governance.made import validation
from wardround.bootstrap import carried_cards, functions_of
from wardround.governance.cards import (
    Card,
    Known,
    attributes_of,
    card_pdf,
    card_xml,
    filled,
    read_card,
)
from wardround.governance.cards.chai import Version
from wardround.kernel import Stage

DAY = date(2026, 11, 8)
FOUR = read_card(
    """name: sepsis
version: "1"
licence: MIT
made_by: "<hand> & heart"
details:
  developer: Ann & Bo <ann@example.org>
  funding: {unknown: upstream undisclosed}
performance:
  validity_like_data: {unknown: upstream undisclosed}
  validity_outside: {not_applicable: one site}
maintenance:
  local_validity:
chai:
  consent: {not_applicable: no patient is asked}
"""
)
NAMES = [card.name for card in carried_cards()]


def text_of(data: bytes) -> str:
    pages = PdfReader(BytesIO(data)).pages
    return flat(" ".join(page.extract_text() for page in pages))


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def named(name: str) -> Card:
    return next(card for card in carried_cards() if card.name == name)


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_has_every_attribute(name: str) -> None:
    card = named(name)
    found = text_of(card_pdf(card, functions_of(name), DAY))
    for one in attributes_of(card):
        assert flat(f"{one.number}{one.title}") in found
        assert flat(one.answer.says) in found
    for function in functions_of(name):
        assert flat(f"{function.title}: {function.result}") in found
        assert flat(function.because) in found
        for asks, reply in function.replies:
            assert flat(asks) in found
            assert flat(reply.evidence) in found


def test_the_pdf_tells_the_three_apart() -> None:
    found = text_of(card_pdf(FOUR, (), DAY))
    assert flat("2 Funding Unknown (upstream undisclosed)") in found
    assert flat("23 Validity outside Not applicable: one site") in found
    assert flat("27 Validity here Not provided") in found
    assert flat("Version 1 · 1 answered, 2 unknown, 1 not applicable, 27 blank") in found
    assert flat("8 November 2026") in found


def test_the_pdf_says_what_software_filled_and_found() -> None:
    card = filled(FOUR, Known(like=validation(), local=validation()))
    found = text_of(card_pdf(card, (), DAY))
    assert flat("(Filled in by software.)") in found
    assert flat("Unknown (upstream undisclosed) (Software found: AUROC") in found


def element(data: bytes, path: str) -> list[ET.Element]:
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    return ET.fromstring(data).findall(f".//{steps}")


def words(data: bytes, path: str) -> str:
    (one,) = element(data, path)
    return one.text or ""


def test_the_xml_tells_the_three_apart() -> None:
    data = card_xml(FOUR)
    assert words(data, "FundingSource") == "unknown (upstream undisclosed)"
    assert words(data, "PatientConsentOrDisclosure") == "not applicable: no patient is asked"
    assert words(data, "StakeholdersConsulted") == "not provided"
    assert words(data, "ReleaseDate") == "not provided"
    assert words(data, "ModelDeveloper") == "Ann & Bo <ann@example.org>"
    labels = [
        one.text for one in element(data, "UsefulnessUsabilityEfficacy/Results/MetricResult/Label")
    ]
    values = [
        json.loads(one.text or "")
        for one in element(data, "UsefulnessUsabilityEfficacy/Results/MetricResult/ValueJson")
    ]
    assert labels == ["Validity on like data", "Validity outside", "Validity here"]
    assert [one["state"] for one in values] == ["unknown", "not applicable", "blank"]
    assert values[2]["says"] == "not provided"


def test_the_xml_says_how_far_it_is_switched_on_and_what_was_determined() -> None:
    card = named("published-scores")
    data = card_xml(card, functions_of("news2"), Stage.SHADOW)
    assert "shadow" in words(data, "ReleaseStage")
    assert "device function" in words(data, "RegulatoryApproval")
    assert "category III" in words(data, "ClinicalRiskLevel")
    unset = card_xml(card)
    assert words(unset, "RegulatoryApproval") == words(unset, "ClinicalRiskLevel") == "not provided"


def test_the_xml_says_what_software_found() -> None:
    data = card_xml(filled(FOUR, Known(like=validation(), local=validation())))
    values = [json.loads(one.text or "") for one in element(data, "MetricResult/ValueJson")]
    assert "AUROC" in values[0]["measured"]
    assert values[0]["state"] == "unknown"
    assert values[2]["by"] == "software"


@pytest.mark.data
@pytest.mark.parametrize("version", ["0.1", "0.2"])
def test_the_xml_is_valid(version: Version) -> None:
    data = os.environ.get("WARDROUND_DATA")
    if data is None:
        pytest.skip("WARDROUND_DATA is not set: the schema is there")
    path = Path(data) / "chai-model-card" / f"v{version}_schema.xsd"
    schema = xmlschema.XMLSchema(path, allow="local")
    cards = [*carried_cards(), FOUR, filled(FOUR, Known(like=validation()))]
    for card in cards:
        functions = functions_of(card.name) if card.name in NAMES else ()
        made = card_xml(card, functions, Stage.LIVE, version)
        schema.validate(BytesIO(made))
        broken = made.replace(b"<Bibliography>", b"<Books>").replace(
            b"</Bibliography>", b"</Books>"
        )
        assert not schema.is_valid(BytesIO(broken))
