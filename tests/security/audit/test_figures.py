"""Figures of the trail."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from wardround.kernel import Actor, Role
from wardround.security import AuditTrail, count_events, last_sign_ins, trail_extent

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ADA = Actor(id="ada", name="A", role=Role.NURSE, reference="Practitioner/ada")
BEN = Actor(id="ben", name="B", role=Role.NURSE, reference="Practitioner/ben")


def told(tx: Connection, days: int, action: str, outcome: str, who: Actor, **detail: str) -> None:
    trail = AuditTrail(tx, lambda: NOW - timedelta(days=days))
    trail.record(action, outcome, actor=who, detail=detail)  # type: ignore[arg-type]


def told_some(tx: Connection) -> None:
    told(tx, 100, "sign-in", "success", BEN)
    told(tx, 20, "sign-in", "failure", ADA, reason="too-many-attempts")
    told(tx, 19, "sign-in", "failure", ADA, reason="wrong-password")
    told(tx, 9, "sign-in", "success", ADA)
    told(tx, 2, "sign-in", "success", ADA)
    told(tx, 1, "read", "success", ADA)
    AuditTrail(tx).list()  # what is pending goes into the chain


def test_events_are_counted_by_what_when_outcome_and_code(tx: Connection) -> None:
    told_some(tx)
    month = NOW - timedelta(days=30)
    assert count_events(tx, "sign-in", month) == 4
    assert count_events(tx, "sign-in", month, "failure") == 2
    assert count_events(tx, "sign-in", month, "failure", "too-many-attempts") == 1
    assert count_events(tx, "sign-in", month, "failure", "too-many") == 0
    assert count_events(tx, "sign-in", NOW - timedelta(days=9)) == 2


def test_who_was_last_in_and_who_was_not(tx: Connection) -> None:
    told_some(tx)
    quarter = NOW - timedelta(days=90)
    assert last_sign_ins(tx, quarter) == {"ada": NOW - timedelta(days=2)}


def test_how_far_the_trail_goes(tx: Connection) -> None:
    assert trail_extent(tx) is None
    told_some(tx)
    found = trail_extent(tx)
    assert found is not None
    assert (found.first, found.events, found.since) == (1, 6, NOW - timedelta(days=100))
