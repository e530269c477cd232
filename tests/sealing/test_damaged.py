"""Bytes of the database's file that were changed: it says so, or reads as before. Never otherwise."""

import random
from pathlib import Path

import pytest

from tests.sealing.kept import EXPECTED, fill, read, settings_of
from tests.security.audit.trailed import verdict
from wardround.bootstrap import open_database
from wardround.kernel import WardroundError
from wardround.settings import Settings

PAGE = 4096
TIMES = 60


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kept")
    fill(home)
    return home


def told(settings: Settings) -> str:
    """Open everything; return what is wrong, or nothing where all is as it was."""
    try:
        database = open_database(settings)
    except WardroundError as error:
        return str(error)
    try:
        assert read(database, settings) == EXPECTED
        faults = verdict(database, settings.checkpoints).faults
    except WardroundError as error:
        return str(error)
    finally:
        database.dispose()
    return " ".join(fault.what for fault in faults)


def test_any_changed_bytes_of_any_page(home: Path) -> None:
    settings, chance = settings_of(home), random.Random(3)
    file = home / "wardround.db"
    whole = file.read_bytes()
    refused = 0
    for _ in range(TIMES):
        at = chance.randrange(len(whole))
        length = chance.choice((1, 16, PAGE))
        changed = bytes(byte ^ chance.randrange(1, 256) for byte in whole[at : at + length])
        file.write_bytes(whole[:at] + changed + whole[at + length :])
        said = told(settings)
        refused += bool(said)
        assert "Thistlewaite" not in said
        for companion in ("wardround.db-wal", "wardround.db-shm"):
            (home / companion).unlink(missing_ok=True)
    assert refused > TIMES // 4
    file.write_bytes(whole)
    assert not told(settings)


@pytest.mark.parametrize("cut", [0, 100, PAGE, 5 * PAGE + 7])
def test_a_file_that_was_cut_off(home: Path, cut: int) -> None:
    settings, file = settings_of(home), home / "wardround.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    assert told(settings)
    for companion in ("wardround.db-wal", "wardround.db-shm"):
        (home / companion).unlink(missing_ok=True)
    file.write_bytes(whole)
    assert not told(settings)
