"""The trail by its columns: a part at a time, each event once, by the index meant for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.conftest import opened
from tests.security.audit.trailed import AMARA
from wardround.security import AuditTrail, scan_trail
from wardround.security.audit import scanning

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def fill(tx: Connection, events: int = 7) -> None:
    """Record events of which some were at the same moment."""
    hand = [NOW]
    trail = AuditTrail(tx, lambda: hand[0])
    for number in range(events):
        hand[0] = NOW + timedelta(minutes=number // 3)
        who = AMARA if number % 2 else None
        trail.record(
            "read", "success", actor=who, subject=f"Patient/{number % 2}", detail={"n": "1"}
        )
    trail.list(limit=1)  # what is recorded is put into the trail


@pytest.mark.parametrize("part", [1, 2, 3, 100])
def test_each_event_once_by_time(
    tx: Connection, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "_PART", part)
    fill(tx)
    found = list(scan_trail(tx, NOW, NOW + timedelta(hours=1)))
    assert [one.id for one in found] == sorted({one.id for one in found})
    assert len(found) == 7
    assert found[0].detail == {"n": "1"}
    assert found[0].at == NOW
    assert len(list(scan_trail(tx, NOW, NOW + timedelta(minutes=1)))) == 3
    assert len(list(scan_trail(tx, NOW, NOW + timedelta(hours=1), actor=AMARA.id))) == 3
    assert len(list(scan_trail(tx, NOW, NOW + timedelta(hours=1), subject="Patient/0"))) == 4


@pytest.mark.parametrize(
    ("which", "index"),
    [
        ({}, "ix_security_audit_at (at>? AND at<?)"),
        ({"actor": "a"}, "ix_security_audit_actor (actor=? AND at>? AND at<?)"),
        ({"subject": "Patient/1"}, "ix_security_audit_subject (subject=? AND at>? AND at<?)"),
    ],
)
def test_the_index_that_is_used(tmp_path: Path, which: dict[str, str], index: str) -> None:
    asked: list[tuple[str, Any]] = []
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path) as database, database.read() as tx:
        event.listen(
            tx,
            "before_cursor_execute",
            lambda _, __, sql, values, *___: asked.append((sql, values)),
        )
        list(scan_trail(tx, NOW, NOW + timedelta(days=1), **which))
        sql, values = asked[0]
        plan = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any(index in step for step in plan), plan
