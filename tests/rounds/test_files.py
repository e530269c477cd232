"""What is too big to hold is handed in as a file, and read as one."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.rounds.capability import MODEL, Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT, settled
from wardround.database import Database
from wardround.kernel import Context, Draft, Drafted, InvalidInput, NotFound, Order, Part
from wardround.privacy.retention import Retention, read_schedule
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State, Unsigned
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


class Making(Slides):
    """Makes a file with each draft, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def draft(self, order: Order, context: Context) -> Drafted:
        made = self.folder / order.id
        said = context.open(order.inputs[0])
        made.write_bytes(b"outlines of " + said)
        if said == b"fails":
            made.unlink()
            raise InvalidInput("This cannot be drafted.")
        part = Part(name="outlines", file=str(made), media_type="application/zip")
        return Drafted(content={"lines": ["x"]}, model=MODEL, files=(part,))


@pytest.mark.requirement("ROUND-15")
def test_a_file_that_is_made_with_a_draft(
    database: Database, blobs: Blobs, tmp_path: Path, rounds: Rounds
) -> None:
    """It is kept for the patient, sealed, and goes with what was handed in, not before."""
    folder = tmp_path / "made"
    folder.mkdir()
    rounds._capabilities = {"slides": Making(folder)}

    def drafted(data: bytes) -> Draft:
        part = Part(name="slide", data=data)
        order = rounds.order("slides", "Patient/ada", "Encounter/e1", [part], OSEI)
        assert settled(rounds, order.id) is State.DONE
        return rounds.draft(order.id)

    one, same, other = drafted(b"one"), drafted(b"one"), drafted(b"other")
    assert list(folder.iterdir()) == [], "what is kept is nowhere in clear"
    kept = one.file("outlines")
    assert kept.media_type == "application/zip"
    assert blobs.owners(kept.sha256) == ["Patient/ada"]
    with rounds.context.file(kept) as path:
        assert Path(path).read_bytes() == b"outlines of one"
    assert b"outlines" not in blobs.path(kept.sha256).read_bytes()
    with pytest.raises(NotFound, match="not kept"):
        one.file("heat")

    late = Retention(
        read_schedule({"keep_unsigned_days": 1}),
        (Unsigned(blobs),),
        lambda: datetime.now(UTC) + timedelta(days=2),
    )
    for gone, left in ((one, (same, other)), (same, (other,))):
        rounds.reject(gone.id, gone.revision, "Another patient.", OSEI)
        assert late.destroy(database) == {"unsigned": 1}
        blobs.clear_out()
        digests = {item.sha256 for draft in left for item in (*draft.inputs, *draft.files)}
        for digest in digests:
            assert blobs.owners(digest) == ["Patient/ada"], "another draft still needs it"
    assert blobs.owners(kept.sha256) == []
    assert sum(file.is_file() for file in blobs._root.glob("*/*")) == 2
