from pathlib import Path

import yaml  # type: ignore[import-untyped]

import wardround.privacy.deid as room
from wardround.bootstrap.models import carried_models

CARD = yaml.safe_load((Path(room.__file__).parent / "card.yaml").read_text(encoding="utf-8"))
ABOUT_FILES = {"name", "version", "licence", "made_by", "parts"}


def test_each_part_is_the_file_that_the_card_describes() -> None:
    ours = [one for one in carried_models() if one.file.startswith("wardround/privacy/deid/")]
    assert {one.name for one in ours} == {part["name"] for part in CARD["parts"]}
    assert [one.name for one in ours if not one.as_said] == []


def test_the_card_answers_all_31_source_attributes() -> None:
    answers = [a for part in CARD.keys() - ABOUT_FILES for a in CARD[part].values()]
    assert len(answers) == 31
    assert all(str(answer).strip() for answer in answers)
