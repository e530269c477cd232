from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

import wardround.capabilities.documentation as room
from wardround.engines.text import load

CARD = yaml.safe_load((Path(room.__file__).parent / "card.yaml").read_text(encoding="utf-8"))


@pytest.mark.requirement("DOC-14")
def test_the_card_is_that_of_the_shipped_model() -> None:
    tagger = load()
    assert (CARD["name"], CARD["version"]) == (tagger.name, tagger.version)
    assert CARD["digest"] == tagger.digest


@pytest.mark.requirement("DOC-14")
def test_the_card_answers_all_31_source_attributes() -> None:
    parts = (
        "details",
        "purpose",
        "cautions",
        "development",
        "fairness",
        "external_validation",
        "performance",
        "maintenance",
        "updates",
    )
    answers = [answer for part in parts for answer in CARD[part].values()]
    assert len(answers) == 31
    assert all(str(answer).strip() for answer in answers)
