"""What people write is checked at the door: a fault is refused by its place."""

from pathlib import Path

import pytest

from tests.governance.dossier.made import HAZARDS, REQUIREMENTS, known
from wardround.kernel import InvalidInput


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hazards.yaml", HAZARDS.replace("X-01]", "X-09]"), "X-09, which is no requirement"),
        ("hazards.yaml", HAZARDS.replace("frequent", "often"), "H-X-01 before.probability"),
        ("hazards.yaml", HAZARDS.replace("    remains: Little.\n", ""), "H-X-01 remains"),
        ("hazards.yaml", "- a list\n", "no keys"),
        ("hazards.yaml", "a: [", "no YAML"),
        ("requirements.yaml", REQUIREMENTS.replace("X-02", "X-01"), "X-01 is given twice"),
        ("requirements.yaml", REQUIREMENTS.replace("X-02", "2"), "requirements.yaml"),
        ("dossier.yaml", "colour: green\n", "colour"),
        ("card.yaml", "name: only\n", "card.yaml"),
    ],
)
def test_what_is_declared_wrongly_is_refused_by_place(
    room: Path, name: str, text: str, said: str
) -> None:
    (room / name).write_text(text)
    with pytest.raises(InvalidInput) as refused:
        known(room)
    assert said in str(refused.value)
