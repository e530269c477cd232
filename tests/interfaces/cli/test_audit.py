"""``wardround audit`` over a trail that somebody changed, and one that nobody did."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from tests.interfaces.cli.running import call
from wardround.bootstrap import open_database
from wardround.security import AuditTrail, Told, keep_checkpoints
from wardround.settings import Settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = Settings(home=tmp_path / "home")
    monkeypatch.setenv("WARDROUND_HOME", str(settings.home))
    database = open_database(settings)
    with database.begin() as tx:
        AuditTrail(tx).record_many(Told(action="read", subject=f"Patient/{n}") for n in range(1, 6))
    keep_checkpoints(database, settings.checkpoints)
    database.dispose()
    return settings.home


def test_a_sound_trail(home: Path) -> None:
    done = call("audit", "verify")
    assert done.returncode == 0
    assert b"5 events, 2 checkpoints: nothing is wrong." in done.stdout
    again = call("audit", "verify", "--checkpoints", str(home / "audit/checkpoints.jsonl"))
    assert again.returncode == 0
    assert b"6 events" in again.stdout


def test_a_changed_trail_fails_and_names_the_event(home: Path) -> None:
    with closing(sqlite3.connect(home / "wardround.db")) as database:
        database.execute("DROP TRIGGER security_audit_no_update")
        database.execute("UPDATE security_audit SET subject = 'Patient/9' WHERE id = 3")
        database.commit()
    done = call("audit", "verify")
    assert done.returncode == 1
    assert done.stdout.startswith(b"event 3: ")


def test_a_trail_cut_off_with_its_checkpoints_fails_by_the_file(home: Path) -> None:
    with closing(sqlite3.connect(home / "wardround.db")) as database:
        database.executescript(
            "DROP TRIGGER security_audit_no_delete; DROP TRIGGER security_checkpoint_no_delete;"
            "DELETE FROM security_audit WHERE id > 2; DELETE FROM security_checkpoint;"
            "UPDATE security_audit_head SET id = 2,"
            " hash = (SELECT hash FROM security_audit WHERE id = 2)"
        )
    done = call("audit", "verify")
    assert done.returncode == 1
    assert b"event 5: A signed checkpoint is of this event, which is gone." in done.stdout


def test_export_as_fhir_and_as_csv(home: Path) -> None:
    done = call("audit", "export", "--patient", "3")
    (line,) = done.stdout.splitlines()
    assert AuditEvent.model_validate(json.loads(line)).action == "R"
    listed = call("audit", "export", "--as", "csv", "--since", "2026-01-01")
    rows = list(csv.DictReader(listed.stdout.decode().splitlines()))
    assert [row["action"] for row in rows] == ["read"] * 5 + ["export-audit"] * 2
    assert len(rows[0]["sha256"]) == 64
    assert not call("audit", "export", "--until", "2020-01-01").stdout
    assert call("audit", "export", "--since", "yesterday").returncode == 1


def test_nothing_young_is_archived(home: Path) -> None:
    done = call("audit", "prune", "--before", "2026-01-01", str(home / "archive"))
    assert done.returncode == 1
    assert b"six years" in done.stderr
    assert not (home / "archive").exists()
    none = call("audit", "prune", "--before", "2019-01-01", str(home / "archive"))
    assert none.stdout.startswith(b"0 events")
