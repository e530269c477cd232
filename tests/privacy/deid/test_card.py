from pathlib import Path

import wardround.privacy.deid as room
from wardround.bootstrap.models import carried_models
from wardround.governance.cards import counted, read_card

CARD = read_card((Path(room.__file__).parent / "card.yaml").read_text(encoding="utf-8"))


def test_each_part_is_the_file_that_the_card_describes() -> None:
    ours = [one for one in carried_models() if one.file.startswith("wardround/privacy/deid/")]
    assert {one.name for one in ours} == {part.name for part in CARD.parts}
    assert [one.name for one in ours if not one.as_said] == []


def test_the_card_answers_all_31_source_attributes() -> None:
    assert counted(CARD).blank == 0
