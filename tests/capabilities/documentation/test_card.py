from pathlib import Path

import pytest

import wardround.capabilities.documentation as room
from wardround.engines.text import load
from wardround.governance.cards import counted, read_card

CARD = read_card((Path(room.__file__).parent / "card.yaml").read_text(encoding="utf-8"))


@pytest.mark.requirement("DOC-14")
def test_the_card_is_that_of_the_shipped_model() -> None:
    tagger = load()
    assert (CARD.name, CARD.version) == (tagger.name, tagger.version)
    assert CARD.digest == tagger.digest


@pytest.mark.requirement("DOC-14")
def test_the_card_answers_all_31_source_attributes() -> None:
    assert counted(CARD).blank == 0
