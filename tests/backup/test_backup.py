import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import Connection

from tests.conftest import opened
from wardround.backup import (
    Belongs,
    MasterLock,
    PassphraseLock,
    back_up,
    restore,
    rows,
    service,
    verify,
)
from wardround.backup.archive import Member, read_header, read_members
from wardround.backup.locks import opened_by
from wardround.database import Database, metadata
from wardround.kernel import Actor, Conflict, InvalidInput, Role, Unavailable
from wardround.record import Chart
from wardround.security import AuditTrail, KeyFile

PATIENT = b'{"resourceType": "Patient", "id": "ada", "name": [{"family": "Lovelace"}]}'
AMARA = Actor(id="amara", name="Amara Osei", role=Role.CLINICIAN, reference="Practitioner/1")
WORDS = "six words taken quite at random"
BELONGS = Belongs(before=("audit",), after=("blobs",))


@pytest.fixture
def home(tmp_path: Path, database: Database) -> Path:
    """A home with a chart, an audit trail and a blob."""
    with database.begin() as tx:
        Chart(tx).update(PATIENT)
        Chart(tx).update(PATIENT.replace(b"Lovelace", b"King"))
        for n in range(3):
            AuditTrail(tx).record("read", "success", actor=AMARA, entity=f"draft/{n}")
    blob = tmp_path / "blobs" / "ab" / "abcd"
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"\0sealed" * 1000)
    (blob.parent / ".part-1").write_bytes(b"half")
    return tmp_path


@pytest.fixture
def master(tmp_path: Path) -> MasterLock:
    return MasterLock(KeyFile.make(tmp_path / "master.key"))


@pytest.fixture
def elsewhere(database: Database, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of the other kind: a backup is the same for both."""
    if not database.is_sqlite:
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"
    else:
        with request.getfixturevalue("postgres").fresh(empty=True) as url:
            yield url


def everything(database: Database) -> dict[str, list[bytes]]:
    with database.read() as tx:
        parts = list(rows.dump(tx))
    found: dict[str, list[bytes]] = {}
    for name, lines in parts:
        found.setdefault(name, []).extend(lines.splitlines())
    return found


def test_a_backup_goes_back_into_the_other_database_as_it_was(
    database: Database, home: Path, master: MasterLock, elsewhere: str, tmp_path: Path
) -> None:
    out = tmp_path / "today.backup"
    made = back_up(database, home, BELONGS, out, (master,))
    assert made.rows["record_version"] == 2
    assert made.files == 1
    assert out.stat().st_mode & 0o777 == 0o600
    assert b"Lovelace" not in out.read_bytes()
    assert b"amara" not in out.read_bytes()
    assert verify(out, master) == made

    other, there = Database(elsewhere), tmp_path / "there"
    assert restore(out, master, other, there) == made
    assert everything(other) == everything(database)
    assert (there / "blobs/ab/abcd").read_bytes() == b"\0sealed" * 1000
    other.dispose()
    with opened(elsewhere, tmp_path) as again, again.begin() as tx:
        assert b"King" in Chart(tx).read("Patient/ada").body
        AuditTrail(tx).record("read", "success", actor=AMARA)  # the count goes on behind what came
        with pytest.raises(Conflict, match="not empty"):
            restore(out, master, again, there)


def test_it_is_of_one_moment(
    database: Database,
    home: Path,
    master: MasterLock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dump = rows.dump

    def meanwhile(tx: Connection) -> Iterator[rows.Part]:
        for name, lines in dump(tx):
            yield name, lines
            if name == "record_resource":
                with database.begin() as writing:
                    Chart(writing).create(PATIENT.replace(b'"id": "ada", ', b""))

    monkeypatch.setattr(service, "dump", meanwhile)
    made = back_up(database, home, BELONGS, tmp_path / "b", (master,))
    assert made.rows["record_resource"] == 1
    assert made.rows["record_version"] == 2


def test_no_checkpoint_tells_of_an_event_that_is_not_there(
    database: Database,
    home: Path,
    master: MasterLock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checkpoints = home / "audit" / "checkpoints.jsonl"
    checkpoints.parent.mkdir()
    checkpoints.write_text("first\n")
    version_of = rows.version_of

    def meanwhile(tx: Connection) -> str:
        checkpoints.write_text("first\nsecond\n")
        return version_of(tx)

    monkeypatch.setattr(service, "version_of", meanwhile)
    back_up(database, home, BELONGS, tmp_path / "b", (master,))
    with (tmp_path / "b").open("rb") as stream:
        members = {member.name: member.data for member in _all(stream, master)}
    assert members["file/audit/checkpoints.jsonl"] == b"first\n"


def _all(stream: BinaryIO, lock: MasterLock) -> list[Member]:
    return list(read_members(stream, opened_by(lock, read_header(stream))))


def test_a_passphrase_opens_it_without_the_master_key(
    unchanged_database: Database, tmp_path: Path
) -> None:
    master = MasterLock(KeyFile.make(tmp_path / "k"))
    out = tmp_path / "b"
    made = back_up(unchanged_database, tmp_path, Belongs(), out, (master, PassphraseLock(WORDS)))
    assert verify(out, PassphraseLock(WORDS)) == made
    with pytest.raises(InvalidInput, match="passphrase is another"):
        verify(out, PassphraseLock(WORDS + "!"))
    with pytest.raises(Unavailable, match="master key does not open"):
        verify(out, MasterLock(KeyFile.make(tmp_path / "other")))
    with pytest.raises(InvalidInput, match="fewer than 16"):
        PassphraseLock("short")
    plain = tmp_path / "plain"
    back_up(unchanged_database, tmp_path, Belongs(), plain, (master,))
    with pytest.raises(InvalidInput, match="not made with a passphrase"):
        verify(plain, PassphraseLock(WORDS))


def test_nothing_is_written_over_and_nothing_half(
    unchanged_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    master = MasterLock(KeyFile.make(tmp_path / "keys" / "k"))
    out = tmp_path / "out" / "b"
    out.parent.mkdir()
    out.write_bytes(b"mine")
    with pytest.raises(Conflict):
        back_up(unchanged_database, tmp_path, Belongs(), out, (master,))
    assert out.read_bytes() == b"mine"
    out.unlink()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left"):
        back_up(unchanged_database, tmp_path, Belongs(), out, (master,))
    assert not any(out.parent.iterdir())


def test_a_damaged_backup_puts_nothing_back(
    database: Database, home: Path, master: MasterLock, elsewhere: str, tmp_path: Path
) -> None:
    out = tmp_path / "b"
    back_up(database, home, BELONGS, out, (master,))
    out.write_bytes(out.read_bytes()[:-1])
    other, there = Database(elsewhere), tmp_path / "there"
    with pytest.raises(InvalidInput, match="damaged"):
        restore(out, master, other, there)
    assert not there.exists()
    with other.read() as tx:
        assert rows.is_empty(tx)
    other.dispose()


def test_what_was_cut_off_is_done_again(
    database: Database,
    home: Path,
    master: MasterLock,
    elsewhere: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, there = tmp_path / "b", tmp_path / "there"
    made = back_up(database, home, BELONGS, out, (master,))
    other = Database(elsewhere)
    load = rows.load

    def cut(tx: Connection, parts: Iterable[rows.Part]) -> None:
        load(tx, parts)
        raise KeyboardInterrupt

    monkeypatch.setattr(service, "load", cut)
    with pytest.raises(KeyboardInterrupt):
        restore(out, master, other, there)
    monkeypatch.undo()
    assert restore(out, master, other, there) == made
    assert everything(other) == everything(database)
    other.dispose()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "a\0b", ""])
def test_no_file_is_put_outside_of_its_folder(name: str, tmp_path: Path) -> None:
    from wardround.backup.files import keep

    with pytest.raises(InvalidInput, match="outside of its folder"):
        keep(tmp_path / "home", name, b"x")
    assert not any(tmp_path.iterdir())


def test_every_table_is_in_it(unchanged_database: Database) -> None:
    with unchanged_database.read() as tx:
        assert {name for name, _ in rows.dump(tx)} == metadata.tables.keys()
