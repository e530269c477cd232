"""Six years are kept; what is older may go to an archive that proves itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.security.audit.trailed import fill, verdict
from wardround.database import Database
from wardround.kernel import Conflict, InvalidInput, NotAllowed
from wardround.security import AuditTrail, Told, prune_trail, verify_archive

NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=7 * 366)
SIX = NOW - timedelta(days=6 * 366)


@pytest.fixture
def trail(database: Database) -> Database:
    """Five events of seven years ago, and three of today."""
    with database.begin() as tx:
        AuditTrail(tx, lambda: OLD).record_many(
            Told(action="read", subject=f"Patient/{number}") for number in range(5)
        )
    fill(database, 3)
    return database


def test_old_events_go_to_a_file_and_both_verify(trail: Database, tmp_path: Path) -> None:
    file = tmp_path / "archive.jsonl"
    assert prune_trail(trail, file, SIX) == 5
    found = verdict(trail)
    assert (found.sound, found.first, found.last) == (True, 6, 9)
    with trail.read() as tx:
        assert verify_archive(tx, file) == []
        assert AuditTrail(tx).list(limit=1)[0].action == "prune-audit"
    assert file.stat().st_mode & 0o077 == 0
    assert prune_trail(trail, tmp_path / "again", SIX) == 0
    assert not (tmp_path / "again").exists()


def test_an_archive_that_was_changed_is_seen(trail: Database, tmp_path: Path) -> None:
    file = tmp_path / "archive.jsonl"
    prune_trail(trail, file, SIX)
    lines = file.read_bytes().splitlines(keepends=True)
    changes = {
        3: [lines[0], lines[1], lines[2].replace(b"Patient/2", b"Patient/9"), *lines[3:]],
        2: [lines[0], *lines[2:]],
        5: lines[:-1],
        4: [*lines[:4], lines[-1]],
    }
    with trail.read() as tx:
        for event, changed in changes.items():
            file.write_bytes(b"".join(changed))
            assert [fault.event for fault in verify_archive(tx, file)] == [event]


def test_nothing_younger_than_six_years_goes(trail: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="six years"):
        prune_trail(trail, tmp_path / "a", NOW - timedelta(days=365))
    with pytest.raises(DBAPIError, match="only grows"), trail.begin() as tx:
        tx.execute(text("DELETE FROM security_audit WHERE id = 6"))


def test_what_was_deleted_by_hand_is_seen_though_it_is_old(trail: Database) -> None:
    with trail.begin() as tx:
        tx.execute(text("DELETE FROM security_audit WHERE id <= 2"))
    assert not verdict(trail).sound


def test_a_file_that_is_there_is_kept(trail: Database, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("precious")
    with pytest.raises(Conflict):
        prune_trail(trail, tmp_path / "a", SIX)
    assert (tmp_path / "a").read_text() == "precious"
    assert verdict(trail).first == 1


def test_a_trail_that_was_changed_is_not_pruned(trail: Database, tmp_path: Path) -> None:
    with trail.begin() as tx:
        tx.execute(text("UPDATE security_audit_head SET id = 7"))
    with pytest.raises(NotAllowed):
        prune_trail(trail, tmp_path / "a", SIX)
    assert not (tmp_path / "a").exists()
