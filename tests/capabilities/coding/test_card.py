from pathlib import Path

import pytest

import wardround.capabilities.coding as room
from wardround.capabilities.coding import load_coder
from wardround.governance.cards import counted, read_card

CARD = read_card((Path(room.__file__).parent / "card.yaml").read_text(encoding="utf-8"))


@pytest.mark.requirement("CODE-14")
def test_the_card_is_that_of_the_shipped_model() -> None:
    """A model that its card does not describe is not registered, and drafts nothing."""
    model = load_coder().model
    assert (CARD.name, CARD.version, CARD.digest) == (model.name, model.version, model.digest)


@pytest.mark.requirement("CODE-14")
def test_the_card_answers_all_31_source_attributes() -> None:
    assert counted(CARD).blank == 0
