import re
from pathlib import Path

import pytest

import wardround.governance

FOLDER = Path(wardround.governance.__file__).parent
ROOMS = sorted(path.parent for path in FOLDER.glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_examples_run(room: Path) -> None:
    for example in re.findall(
        r"^```python\n(.*?)^```$", (room / "README.md").read_text(), re.MULTILINE | re.DOTALL
    ):
        exec(example, {})


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_file_is_told_of(room: Path) -> None:
    files = {path.name for path in room.glob("*.py")} - {"__init__.py"}
    told = set(re.findall(r"`(\w+\.py)`", (room / "README.md").read_text()))
    assert told == files


def test_every_room_is_told_of() -> None:
    told = set(re.findall(r"^\| `(\w+)/` \|", (FOLDER / "README.md").read_text(), re.MULTILINE))
    assert told == {room.name for room in ROOMS}
