from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from wardround.database import Database
from wardround.kernel import Actor, Clock, NotSignedIn, Role
from wardround.security import (
    AuditTrail,
    Limits,
    People,
    passwords,
    resume,
    sign_in,
    sign_out,
)
from wardround.security.tables import people

pytestmark = pytest.mark.usefixtures("quick_hash")

GOOD = "seven quiet corridors"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def after(minutes: int) -> Clock:
    return lambda: NOON + timedelta(minutes=minutes)


@pytest.fixture
def amara(database: Database) -> Actor:
    with database.begin() as tx:
        return People(tx).add("amara", "Amara Osei", Role.CLINICIAN, "Practitioner/amara", GOOD)


def trail(database: Database) -> list[tuple[str, str, str | None, dict[str, str]]]:
    with database.read() as tx:
        return [
            (event.action, event.outcome, event.actor, event.detail)
            for event in reversed(AuditTrail(tx).list())
        ]


def test_in_and_out_again(database: Database, amara: Actor) -> None:
    token = sign_in(database, "amara", GOOD)
    assert resume(database, token).actor == amara
    sign_out(database, token)
    sign_out(database, token)
    with pytest.raises(NotSignedIn):
        resume(database, token)
    assert trail(database) == [
        ("sign-in", "success", amara.id, {"method": "password"}),
        ("sign-out", "success", amara.id, {}),
    ]


def test_a_failure_is_kept_without_what_was_typed(database: Database, amara: Actor) -> None:
    for username, password in (("amara", "wrong"), ("my secret by mistake", GOOD)):
        with pytest.raises(NotSignedIn):
            sign_in(database, username, password)
    assert trail(database) == [
        ("sign-in", "failure", amara.id, {"reason": "wrong-password"}),
        ("sign-in", "failure", None, {"reason": "unknown-username"}),
    ]


def test_signing_in_renews_a_hash_of_older_parameters(database: Database, amara: Actor) -> None:
    weak = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(GOOD)
    with database.begin() as tx:
        tx.execute(update(people).values(password=weak))
    sign_in(database, amara.id, GOOD)
    with database.read() as tx:
        assert not passwords.outdated(tx.execute(select(people.c.password)).scalar_one())


def test_resuming_notes_the_use(database: Database, amara: Actor) -> None:
    token = sign_in(database, "amara", GOOD, after(0))
    for minutes in range(0, 120, 20):
        assert resume(database, token, after(minutes)).actor == amara
    with pytest.raises(NotSignedIn):
        resume(database, token, after(180))


def test_a_clinic_sets_its_own_limits(database: Database, amara: Actor) -> None:
    limits = Limits(idle=timedelta(minutes=5))
    token = sign_in(database, amara.id, GOOD, after(0), limits)
    assert resume(database, token, after(4), limits).actor == amara
    with pytest.raises(NotSignedIn):
        resume(database, token, after(9), limits)
