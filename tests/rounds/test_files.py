"""What is too big to hold is handed in as a file, and read as one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.rounds.capability import MODEL, Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT, settled
from wardround.database import Database
from wardround.kernel import Context, Drafted, Order, Part
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State
from wardround.rounds.drafting import LIMIT


class Slides(Lines):
    """Drafts the size of a file and says where it read it."""

    name = "slides"
    read_at: Path | None = None

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        return list(parts)

    def draft(self, order: Order, context: Context) -> Drafted:
        with context.file(order.inputs[0]) as path:
            self.read_at = Path(path)
            size = self.read_at.stat().st_size
        return Drafted(content={"lines": [str(size)]}, model=MODEL)


@pytest.fixture
def room() -> Slides:
    return Slides()


@pytest.fixture
def rounds(database: Database, blobs: Blobs, tmp_path: Path, room: Slides) -> Iterator[Rounds]:
    with database.begin() as tx:
        for body in (PATIENT, ENCOUNTER):
            Chart(tx).update(body)
    url = f"sqlite:///{tmp_path / 'workflows.db'}"
    made = Rounds(database, blobs, {"slides": room}, url)
    made.start()
    yield made
    made.stop()


def test_a_file_larger_than_what_is_held_in_memory(
    rounds: Rounds, room: Slides, tmp_path: Path
) -> None:
    slide = tmp_path / "slide.svs"
    with slide.open("wb") as file:
        file.write(b"a slide")
        file.truncate(LIMIT + 1)
    part = Part(name="slide", file=str(slide))
    order = rounds.order("slides", "Patient/ada", "Encounter/e1", [part], OSEI)
    slide.unlink()  # what was handed in is kept by then
    assert settled(rounds, order.id) is State.DONE
    assert rounds.draft(order.id).content == {"lines": [str(LIMIT + 1)]}
    assert room.read_at is not None
    assert not room.read_at.exists()
