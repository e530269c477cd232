from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

import wardround
from wardround.engines.tabular import load, read_spec
from wardround.governance.cards import counted, read_card

MODELS = Path(wardround.__file__).parent / "capabilities/risk/models"
NAMES = ("heart-disease", "support2-180-day-death", "support2-hospital-death")


@pytest.mark.requirement("RISK-19")
@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_that_of_the_shipped_model_and_of_its_spec(name: str) -> None:
    card = yaml.safe_load((MODELS / name / "card.yaml").read_text(encoding="utf-8"))
    spec = read_spec(yaml.safe_load((MODELS / name / "spec.yaml").read_text(encoding="utf-8")))
    model = load(MODELS / name / "model.skops", card["digest"])
    assert model.spec == spec
    assert (card["name"], card["version"]) == (spec.name, spec.version)
    assert counted(read_card(yaml.safe_dump(card))).blank == 0
