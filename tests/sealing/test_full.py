"""A disk that fills up under the audit trail and the keys: a clear refusal, and nothing lost.

Each runs in a process of its own in which no file may grow past a limit that the system holds.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sealing.kept import EXPECTED, fill, read, settings_of
from tests.security.audit.trailed import verdict
from wardround.bootstrap import open_database, read_keys, rotate_data_keys, rotate_master
from wardround.security import KeyFile, keep_checkpoints, read_checkpoints

BEGIN = """
import resource, sys
from pathlib import Path
from tests.sealing.kept import settings_of
from wardround.bootstrap import open_database, rotate_data_keys, rotate_master
from wardround.kernel import WardroundError
from wardround.security import AuditTrail, KeyFile, Told, keep_checkpoints

home = Path(sys.argv[1])
settings = settings_of(home)

def no_file_over(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def tried(what):
    try:
        what()
    except WardroundError as error:
        print(type(error).__name__, error)
    else:
        print("done")
"""


def said_by(code: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code, str(home)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kept")
    fill(home)
    return home


def is_whole(home: Path) -> bool:
    settings = settings_of(home)
    database = open_database(settings)
    whole = read(database, settings) == EXPECTED and verdict(database, settings.checkpoints).sound
    database.dispose()
    return whole


def test_events_that_find_no_room(filled: Path) -> None:
    code = """
database = open_database(settings)
def write():
    with database.begin() as tx:
        AuditTrail(tx).record_many(Told(action="read") for _ in range(3000))
before = settings.home / "wardround.db-wal"
no_file_over(before.stat().st_size + 100_000)
tried(write)
"""
    told = said_by(code, filled)
    assert told.startswith("Unavailable")
    assert "disk" in told
    assert is_whole(filled)


@pytest.mark.parametrize("left", [0, 1, 100])
def test_a_checkpoint_that_finds_no_room(filled: Path, left: int) -> None:
    file = settings_of(filled).checkpoints
    known = len(list(read_checkpoints(file)))
    code = f"""
database = open_database(settings)
with database.begin() as tx:
    AuditTrail(tx).record("read", "success")
from wardround.security.audit.checkpoints import publish, stored
keep_checkpoints(database, home / "elsewhere.jsonl")
no_file_over(settings.checkpoints.stat().st_size + {left})
with database.read() as tx:
    points = list(stored(tx))[-1:]
tried(lambda: publish(settings.checkpoints, points))
"""
    told = said_by(code, filled)
    assert told.startswith("Unavailable checkpoints.jsonl: The checkpoints could not be written")
    database = open_database(settings_of(filled))
    keep_checkpoints(database, file)
    database.dispose()
    assert len(list(read_checkpoints(file))) == known + 1
    assert is_whole(filled)


@pytest.mark.parametrize("size", [0, 30])
def test_a_key_file_that_finds_no_room(tmp_path: Path, size: int) -> None:
    path = tmp_path / "keys" / "master.key"
    code = f"""
path = home / "keys" / "master.key"
no_file_over({size})
tried(lambda: KeyFile.make(path))
no_file_over(10_000)
made = KeyFile.make(path)
no_file_over({size})
tried(made.change)
"""
    first, second = said_by(code, tmp_path).split("\n")
    for told in (first, second):
        assert told.startswith("Unavailable")
        assert "could not be written: File too large" in told
        assert "nothing was changed" in told
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]
    assert KeyFile(path).name


@pytest.mark.slow
@pytest.mark.parametrize("room", [4_096, 120_000])
def test_a_change_of_keys_that_finds_no_room(tmp_path: Path, room: int) -> None:
    fill(tmp_path)
    settings = settings_of(tmp_path)
    code = f"""
size = max(file.stat().st_size for file in home.rglob("*") if file.is_file())
no_file_over({room})
tried(lambda: rotate_data_keys(settings))
tried(lambda: rotate_master(settings))
"""
    for told in said_by(code, tmp_path).split("\n"):
        assert told.startswith("Unavailable"), told
    assert is_whole(tmp_path)
    rotate_master(settings)
    rotate_data_keys(settings)
    assert read_keys(settings).retired == 0
    assert is_whole(tmp_path)
