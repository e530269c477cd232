"""Bytes of the database's file that were changed: it says so, or reads as before.

SQLite has no checksum of a page, so a byte of the search index may leave somebody out of a search;
what is read is sealed, and the trail is chained: neither is ever other than it was.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sealing.kept import EXPECTED, PATIENTS, fill, patient, read, settings_of
from tests.security.audit.trailed import verdict
from wardround.bootstrap import open_database
from wardround.kernel import WardroundError
from wardround.record import Chart
from wardround.settings import Settings

PAGE = 4096
TIMES = 30


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kept")
    fill(home)
    return home


@pytest.fixture
def file(filled: Path) -> Iterator[Path]:
    """The file of the database, which is put back after the test."""
    file = filled / "wardround.db"
    whole = file.read_bytes()
    yield file
    put(file, whole)
    assert not told(settings_of(filled)), "what was put back is whole"


def put(file: Path, data: bytes) -> None:
    for companion in ("wardround.db-wal", "wardround.db-shm"):
        (file.parent / companion).unlink(missing_ok=True)
    file.write_bytes(data)


def told(settings: Settings) -> str:
    """Read everything; return what is wrong, or nothing where all is as it was."""
    try:
        database = open_database(settings)
    except WardroundError as error:
        return str(error)
    try:
        with database.read() as tx:
            found = [Chart(tx).read(f"Patient/p{number}").body for number in range(PATIENTS)]
        assert found == [patient(number) for number in range(PATIENTS)]
        faults = verdict(database, settings.checkpoints).faults
        return " ".join(fault.what for fault in faults)
    except WardroundError as error:
        return str(error)
    finally:
        database.dispose()


def test_any_changed_bytes_of_any_page(filled: Path, file: Path) -> None:
    settings, chance = settings_of(filled), random.Random(1)
    whole = file.read_bytes()
    refused = 0
    for _ in range(TIMES):
        at = chance.randrange(len(whole))
        length = chance.choice((1, 16, PAGE))
        changed = bytes(byte ^ chance.randrange(1, 256) for byte in whole[at : at + length])
        put(file, whole[:at] + changed + whole[at + length :])
        said = told(settings)
        refused += bool(said)
        assert "Thistlewaite" not in said
    assert 0 < refused < TIMES


@pytest.mark.parametrize("cut", [100, PAGE, 5 * PAGE + 7])
def test_a_file_that_was_cut_off(filled: Path, file: Path, cut: int) -> None:
    put(file, file.read_bytes()[:cut])
    assert told(settings_of(filled)).startswith("wardround.db: ")


def test_all_of_it_is_there_as_long_as_nothing_was_changed(filled: Path) -> None:
    settings = settings_of(filled)
    database = open_database(settings)
    assert read(database, settings) == EXPECTED
    database.dispose()


@pytest.mark.parametrize("how", ["emptied", "gone"])
def test_an_empty_database_beside_sealed_files_is_no_new_installation(file: Path, how: str) -> None:
    whole, home = file.read_bytes(), file.parent
    put(file, b"")
    if how == "gone":
        file.unlink()
    assert "the database that has their keys is empty" in told(settings_of(home))
    put(file, whole)
