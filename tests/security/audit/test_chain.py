"""Whoever can write to the database itself: what they do is seen, and at which event."""

from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.conftest import opened
from tests.security.audit.trailed import AMARA, fill, verdict
from wardround.database import Database
from wardround.kernel import Unavailable
from wardround.security import (
    AuditTrail,
    Told,
    keep_checkpoints,
    last_checkpoint,
    read_checkpoints,
    verify_trail,
)
from wardround.security.audit import checkpoints
from wardround.security.audit.chain import link, said
from wardround.security.audit.verifying import _rows
from wardround.security.tables import audit


def unguarded(tx: Connection) -> None:
    """Take the triggers away, as whoever owns the database can."""
    for table in ("security_audit", "security_checkpoint"):
        if tx.dialect.name == "sqlite":
            for deed in ("update", "delete", "replace"):
                tx.execute(text(f"DROP TRIGGER {table}_no_{deed}"))
        else:
            tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


def tamper(database: Database, *statements: str) -> None:
    with database.begin() as tx:
        unguarded(tx)
        for statement in statements:
            tx.execute(text(statement))


def test_a_trail_that_nobody_touched_is_sound(database: Database) -> None:
    assert verdict(database).sound
    fill(database)
    found = verdict(database)
    assert (found.sound, found.first, found.last, found.events) == (True, 1, 8, 8)


def test_the_database_and_the_code_read_a_row_alike(database: Database) -> None:
    fill(database, 3)
    with database.read() as tx:
        sqlite = tx.dialect.name == "sqlite"
        (rows,) = _rows(tx, 0)
        read = {number: (bytes(digest), codes + event) for number, digest, codes, event in rows}
        previous = bytes(32)
        for row in tx.execute(audit.select().order_by(audit.c.id)).mappings():
            at = row["at"].replace(tzinfo=UTC) if sqlite else row["at"]
            words = said({**row, "at": at})
            previous = link(previous, words)
            assert read[row["id"]] == (previous, words)


EDITS = {
    "at": "'2026-01-01 00:00:00.000000'",
    "action": "'write'",
    "outcome": "'failure'",
    "actor": "'somebody'",
    "role": "NULL",
    "subject": "'Patient/99'",
    "entity": "''",
    "purpose": "'NULL'",
    "detail": "'{ }'",
    "event": "replace(event, 'TREAT', 'ETREAT')",
}


@pytest.mark.requirement("SEC-02")
@pytest.mark.parametrize("column", EDITS)
def test_an_edit_of_any_column_is_seen(unchanged_database: Database, column: str) -> None:
    def edited() -> None:
        with unchanged_database.begin() as tx:
            trail = AuditTrail(tx)
            trail.record_many(Told(action="read", actor=AMARA, purpose="TREAT") for _ in range(5))
            assert len(trail.list()) == 5
            assert verify_trail(tx).sound
            unguarded(tx)
            tx.execute(text(f"UPDATE security_audit SET {column} = {EDITS[column]} WHERE id = 3"))
            assert [fault.event for fault in verify_trail(tx).faults] == [3]
            raise KeyError

    with pytest.raises(KeyError):
        edited()


@pytest.mark.requirement("SEC-02")
@pytest.mark.parametrize(
    ("deeds", "events"),
    [
        (["DELETE FROM security_audit WHERE id = 3"], [3, 4]),
        (["DELETE FROM security_audit WHERE id BETWEEN 3 AND 5"], [3, 6]),
        (["DELETE FROM security_audit WHERE id = 1"], [1, 2]),
        (["DELETE FROM security_audit WHERE id > 6"], [6]),
        (
            [
                "UPDATE security_audit SET id = -1 WHERE id = 4",
                "UPDATE security_audit SET id = 4 WHERE id = 5",
                "UPDATE security_audit SET id = 5 WHERE id = -1",
            ],
            [4, 5, 6],
        ),
        (["DELETE FROM security_audit"], [0]),
        (["DELETE FROM security_audit_head"], [8]),
    ],
)
def test_what_is_taken_out_or_moved_is_seen(
    database: Database, deeds: list[str], events: list[int]
) -> None:
    fill(database)
    tamper(database, *deeds)
    assert [fault.event for fault in verdict(database).faults] == events


def rewrite(tx: Connection) -> None:
    """Do what somebody who knows the chain would: edit an event and make all hashes anew."""
    tx.execute(text("UPDATE security_audit SET actor = 'nobody' WHERE id = 3"))
    previous = bytes(32)
    for row in tx.execute(audit.select().order_by(audit.c.id)).mappings().all():
        at = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=UTC)
        previous = link(previous, said({**row, "at": at}))
        tx.execute(audit.update().where(audit.c.id == row["id"]).values(hash=previous))
    tx.execute(text("UPDATE security_audit_head SET hash = :hash"), {"hash": previous})


def test_a_chain_made_anew_is_seen_by_its_checkpoint(database: Database, tmp_path: Path) -> None:
    fill(database)
    keep_checkpoints(database, tmp_path / "points")
    with database.begin() as tx:
        unguarded(tx)
        rewrite(tx)
    assert [fault.event for fault in verdict(database).faults] == [8]


def test_cut_back_with_its_checkpoints_is_seen_by_the_file(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "audit" / "points"
    fill(database, 4)
    keep_checkpoints(database, file)
    fill(database, 4, first=5)
    keep_checkpoints(database, file)
    tamper(
        database,
        "DELETE FROM security_audit WHERE id > 4",
        "DELETE FROM security_checkpoint WHERE id > 4",
        "UPDATE security_audit_head SET id = 4, "
        "hash = (SELECT hash FROM security_audit WHERE id = 4)",
    )
    assert verdict(database).sound
    assert [fault.event for fault in verdict(database, file).faults] == [8]


def test_a_checkpoint_that_we_did_not_sign_is_seen(database: Database, tmp_path: Path) -> None:
    fill(database)
    keep_checkpoints(database, tmp_path / "points")
    with opened(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other") as other:
        fill(other)
        keep_checkpoints(other, tmp_path / "theirs")
    faults = verdict(database, tmp_path / "theirs").faults
    assert any("not signed by us" in fault.what for fault in faults)


def test_checkpoints_are_made_on_the_way_and_each_is_written_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardround.security.audit.trail.EVERY", 5)
    file = tmp_path / "points"
    fill(database, 12)
    for _ in range(2):
        keep_checkpoints(database, file)
        assert [point.id for point in read_checkpoints(file)] == [5, 10, 12]
    fill(database, 1, first=13)
    # Somebody was killed, or the disk was full, in the middle of a line.
    file.write_bytes(file.read_bytes() + b'{"id":13,"ki')
    keep_checkpoints(database, file)
    assert [point.id for point in read_checkpoints(file)] == [5, 10, 12, 13]
    with database.read() as tx:
        newest = last_checkpoint(tx)
    assert newest is not None
    assert newest.id == 13
    assert verdict(database, file).sound
    assert file.stat().st_mode & 0o077 == 0


def test_a_trail_that_lost_its_head_takes_nothing_more(database: Database) -> None:
    fill(database)
    tamper(database, "DELETE FROM security_audit_head")
    with pytest.raises(Unavailable, match="audit verify"):
        fill(database, 1)


def test_a_line_that_is_no_checkpoint_is_named(tmp_path: Path) -> None:
    file = tmp_path / "points"
    file.write_text('{"id": 1}\n')
    with pytest.raises(Exception, match="points:1"):
        list(checkpoints.read_checkpoints(file))
