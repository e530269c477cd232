"""Access asked of a long trail: by patient, by person, and all of it through the rules."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import opened
from wardround.bootstrap import OpenRecord
from wardround.database import Database
from wardround.kernel import Actor, Role
from wardround.privacy.oversight import read_hours, seen_by, sweep, who_saw
from wardround.security import AuditTrail, scan_trail

END = datetime(2026, 10, 1, tzinfo=UTC)
PEOPLE = [
    Actor(id=f"p{n}", name=f"Person {n}", role=Role.NURSE, reference=f"Practitioner/p{n}")
    for n in range(40)
]
DAYS = 90


@pytest.fixture
def filled(database_url: str, tmp_path: Path, benchmark: Any) -> Iterator[Database]:
    """Ninety days: of 1,000 events each, or of a few where nothing is measured."""
    each = 1000 if benchmark.enabled else 10
    with opened(database_url, tmp_path) as database:
        hand = [END]
        for day in range(DAYS):
            hand[0] = END - timedelta(days=DAYS - day)
            with database.begin() as tx:
                trail = AuditTrail(tx, lambda: hand[0])
                for number in range(each):
                    hand[0] += timedelta(seconds=80)
                    patient = f"Patient/{(day * each + number) % 5000}"
                    who = PEOPLE[number % len(PEOPLE)]
                    trail.record("read", "success", actor=who, subject=patient, entity=patient)
        yield database


def test_who_saw_a_patient(filled: Database, benchmark: Any) -> None:
    def asked() -> int:
        with filled.read() as tx:
            return len(who_saw(tx, "Patient/7", END - timedelta(days=DAYS), END))

    assert benchmark(asked)


def test_whom_a_person_saw(filled: Database, benchmark: Any) -> None:
    def asked() -> int:
        with filled.read() as tx:
            return len(seen_by(tx, "p7", END - timedelta(days=30), END))

    assert benchmark(asked)


def test_looking_through_a_month(filled: Database, benchmark: Any) -> None:
    """With eight weeks of history; no patient is in the record, so that the trail is measured."""

    def looked() -> int:
        with filled.read() as tx:
            hours = read_hours("07:00-19:00")
            return sweep(tx, OpenRecord(tx, 90), PEOPLE, END, 30, hours).accesses

    assert benchmark.pedantic(looked, rounds=2 if benchmark.enabled else 1) > 0


def test_the_trail_is_given_in_order_and_once(filled: Database, benchmark: Any) -> None:
    def read() -> list[tuple[datetime, int]]:
        with filled.read() as tx:
            return [(one.at, one.id) for one in scan_trail(tx, END - timedelta(days=80), END)]

    found = benchmark.pedantic(read, rounds=1)
    assert found == sorted(set(found))
    assert len(found) >= 800
