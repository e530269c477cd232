"""What tests of signing in share: a clock to turn, people, and a hash that costs nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cheap import cheaply_hashed
from wardround.database import Database
from wardround.kernel import Actor, Role
from wardround.security import AuditTrail, People

GOOD = "seven quiet corridors"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


class Watch:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def quick_hash() -> Iterator[None]:
    """Hash passwords in no time: for tests in which the hash is not the point."""
    with cheaply_hashed():
        yield


def add(database: Database, username: str, role: Role = Role.CLINICIAN) -> Actor:
    """Add a person with a good password."""
    with database.begin() as tx:
        return People(tx).add(username, username.title(), role, f"Practitioner/{username}", GOOD)


def reasons(database: Database, action: str = "sign-in") -> list[str]:
    """Return how attempts ended, in their order."""
    with database.read() as tx:
        events = reversed(AuditTrail(tx).list(action=action))
        return [event.detail.get("reason", event.outcome) for event in events]
