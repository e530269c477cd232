"""What the trail held before it was chained is in the chain after."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fhir.resources.R4B.auditevent import AuditEvent
from sqlalchemy import text

from wardround.database import Database
from wardround.database.migrate import VERSIONS
from wardround.security import AuditTrail, KeyFile, Vault, verify_trail

OLD = [
    ("2026-11-23 08:00:00.000000", "sign-in", "failure", None, None, None, None, {}),
    ("2026-11-23 08:00:01.500000", "sign-in", "success", "amara", "clinician", None, None, {}),
    (
        "2026-11-23 08:00:02.000000",
        "sign",
        "success",
        "amara",
        "clinician",
        "Patient/1",
        "draft/7f3a",
        {"capability": "documentation"},
    ),
]


def at_version(database: Database, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS))
    with database.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, version)


@pytest.fixture
def old(database_url: str) -> Database:
    database = Database(database_url)
    if not database.is_sqlite:
        with database.begin() as tx:
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
    at_version(database, "0005")
    names = "at, action, outcome, actor, role, subject, entity, detail"
    values = ":at, :action, :outcome, :actor, :role, :subject, :entity, :detail"
    with database.begin() as tx:
        for row in OLD:
            bound = dict(zip(names.split(", "), row, strict=True))
            bound["detail"] = json.dumps(row[-1])
            if not database.is_sqlite:
                bound["at"] = f"{row[0]}+00"
            tx.execute(text(f"INSERT INTO security_audit ({names}) VALUES ({values})"), bound)
    return database


def test_the_events_there_are_go_into_the_chain(
    old: Database, database_url: str, tmp_path: Path
) -> None:
    old.migrate()
    old.dispose()
    vault = Vault(KeyFile.make(tmp_path / "key"))
    database = Database(database_url, vault)
    vault.prepare(database)
    with database.begin() as tx:
        AuditTrail(tx).record("sign-out", "success")
    with database.read() as tx:
        found = verify_trail(tx)
        resources = [resource for _, resource, _ in AuditTrail(tx).resources()]
        events = AuditTrail(tx).list()[::-1]
    database.dispose()
    assert found.sound
    assert (found.first, found.last) == (1, 4)
    for resource in resources:
        AuditEvent.model_validate(resource)
    assert events[1].at == datetime(2026, 11, 23, 8, 0, 1, 500_000, tzinfo=UTC)
    signed = events[2]
    assert (signed.action, signed.actor, signed.subject, signed.entity, signed.detail) == (
        "sign",
        "amara",
        "Patient/1",
        "draft/7f3a",
        {"capability": "documentation"},
    )


def test_an_empty_trail_begins_with_its_first_event(database: Database) -> None:
    with database.begin() as tx:
        AuditTrail(tx).record("sign-in", "success")
    with database.read() as tx:
        assert verify_trail(tx).events == 1
