from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import DBAPIError

from wardround.database import Database
from wardround.kernel import Actor, Clock, InvalidInput, Role
from wardround.security import AuditTrail
from wardround.security.tables import audit

AMARA = Actor(id="a1", name="Amara Osei", role=Role.CLINICIAN, reference="Practitioner/amara")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def at(hours: int) -> Clock:
    return lambda: NOON + timedelta(hours=hours)


def test_an_event_is_read_as_it_was_recorded(database: Database) -> None:
    with database.begin() as tx:
        AuditTrail(tx, at(0)).record(
            "sign",
            "success",
            actor=AMARA,
            subject="Patient/1",
            entity="draft/7f3a",
            detail={"capability": "documentation", "revision": "3"},
            purpose="TREAT",
        )
    with database.read() as tx:
        (event,) = AuditTrail(tx).list()
    assert event.model_dump(exclude={"id"}) == {
        "at": NOON,
        "action": "sign",
        "outcome": "success",
        "actor": "a1",
        "role": Role.CLINICIAN,
        "subject": "Patient/1",
        "entity": "draft/7f3a",
        "purpose": "TREAT",
        "detail": {"capability": "documentation", "revision": "3"},
    }


@pytest.mark.requirement("SEC-03")
def test_an_event_falls_with_its_transaction(database: Database) -> None:
    def undone() -> None:
        with database.begin() as tx:
            AuditTrail(tx).record("sign", "success", actor=AMARA)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    with database.read() as tx:
        assert AuditTrail(tx).list() == []


def test_events_are_found_newest_first_by_what_they_tell(database: Database) -> None:
    with database.begin() as tx:
        for hour in range(6):
            AuditTrail(tx, at(hour)).record(
                "sign" if hour % 2 else "order",
                "success",
                actor=AMARA if hour < 3 else None,
                subject=f"Patient/{hour % 3}",
                entity=f"draft/{hour}",
            )
    with database.read() as tx:
        trail = AuditTrail(tx)

        def hours(**wanted: Any) -> list[int]:
            return [int(str(event.entity).split("/")[1]) for event in trail.list(**wanted)]

        assert hours() == [5, 4, 3, 2, 1, 0]
        assert hours(action="sign") == [5, 3, 1]
        assert hours(actor="a1") == [2, 1, 0]
        assert hours(subject="Patient/1") == [4, 1]
        assert hours(entity="draft/4") == [4]
        assert hours(since=at(2)(), until=at(4)()) == [3, 2]
        assert hours(action="sign", subject="Patient/0") == [3]
        first = trail.list(limit=4)
        assert hours(before=first[-1].id, limit=4) == [1, 0]


@pytest.mark.parametrize(
    "given",
    [
        {"action": "signed Mrs Hall's note"},
        {"action": ""},
        {"subject": "Maria Hall"},
        {"subject": "Patient/1 Maria"},
        {"entity": "the note"},
        {"detail": {"reason": "she denies chest pain"}},
        {"detail": {"a reason": "wrong-password"}},
        {"detail": {"reason": ""}},
        {"purpose": "because she asked"},
        {"purpose": "NOCODE"},
    ],
)
def test_free_text_is_refused(database: Database, given: dict[str, Any]) -> None:
    with database.begin() as tx:
        with pytest.raises(InvalidInput) as refused:
            AuditTrail(tx).record(**({"action": "sign", "outcome": "success"} | given))
        assert AuditTrail(tx).list() == []
    assert "Maria" not in str(refused.value)


CHANGES: dict[str, Executable] = {
    "update": update(audit).values(actor="somebody-else"),
    "delete": delete(audit),
    "update by hand": text("UPDATE security_audit SET outcome = 'failure'"),
    "delete by hand": text("DELETE FROM security_audit WHERE id = 1"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_or_remove_an_event(database: Database, change: str) -> None:
    with database.begin() as tx:
        AuditTrail(tx).record("sign", "success", actor=AMARA)
    with pytest.raises(DBAPIError, match="only grows"), database.begin() as tx:
        tx.execute(CHANGES[change])
    with database.read() as tx:
        (event,) = AuditTrail(tx).list()
    assert (event.actor, event.outcome) == ("a1", "success")


def test_the_database_refuses_to_replace_or_truncate(database: Database) -> None:
    with database.begin() as tx:
        AuditTrail(tx).record("sign", "success", actor=AMARA)
        (event,) = AuditTrail(tx).list()
        sqlite = tx.dialect.name == "sqlite"
    replace = (
        "INSERT OR REPLACE INTO security_audit (id, at, action, outcome, detail) "
        f"VALUES ({event.id}, '2026-01-01', 'sign', 'failure', '{{}}')"
    )
    change = replace if sqlite else "TRUNCATE security_audit"
    with pytest.raises(DBAPIError, match="only grows"), database.begin() as tx:
        tx.execute(text(change))
    with database.read() as tx:
        assert AuditTrail(tx).list() == [event]
