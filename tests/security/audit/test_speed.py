"""Events appended in groups, and the chain verified: 2,000 and 200,000 a second asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import opened
from tests.security.audit.trailed import AMARA
from wardround.database import Database
from wardround.security import AuditTrail, Told, verify_trail

GROUP = 100
EVENTS = 20_000


def told(number: int) -> Told:
    return Told(
        action="read",
        actor=AMARA,
        subject=f"Patient/{number}",
        entity=f"Observation/{number}",
        purpose="TREAT",
    )


@pytest.fixture
def filled(database_url: str, tmp_path: Path, benchmark: Any) -> Iterator[Database]:
    """A trail of many events, or of a few where nothing is measured."""
    with opened(database_url, tmp_path) as database:
        for _ in range(EVENTS // 1000 if benchmark.enabled else 1):
            with database.begin() as tx:
                AuditTrail(tx).record_many(told(number) for number in range(1000))
        yield database


def test_appending_a_group(database: Database, benchmark: Any) -> None:
    events = [told(number) for number in range(GROUP)]

    def append() -> None:
        with database.begin() as tx:
            AuditTrail(tx).record_many(events)

    benchmark(append)
    assert not benchmark.enabled or GROUP / benchmark.stats["median"] >= 2_000


def test_verifying_the_chain(filled: Database, benchmark: Any) -> None:
    def verified() -> bool:
        with filled.read() as tx:
            return verify_trail(tx).sound

    assert benchmark(verified)
    if benchmark.enabled:
        benchmark.extra_info["events a second"] = round(EVENTS / benchmark.stats["median"])
        assert not filled.is_sqlite or EVENTS / benchmark.stats["median"] >= 200_000


def test_one_event_in_its_own_transaction(database: Database, benchmark: Any) -> None:
    def append() -> None:
        with database.begin() as tx:
            AuditTrail(tx).record("read", "success", actor=AMARA, subject="Patient/1")

    benchmark(append)
