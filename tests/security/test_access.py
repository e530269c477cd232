from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from wardround.kernel import NotSignedIn, Role
from wardround.security import Access, AuditTrail, People, passwords
from wardround.security.tables import people

GOOD = "seven quiet corridors"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def amara(database):
    with database.begin() as tx:
        return People(tx).add("amara", "Amara Osei", Role.CLINICIAN, "Practitioner/amara", GOOD)


def trail(database):
    with database.read() as tx:
        return [
            (event.action, event.outcome, event.actor, event.detail)
            for event in reversed(AuditTrail(tx).list())
        ]


def test_in_and_out_again(database, amara):
    token = Access(database).sign_in("amara", GOOD)
    assert Access(database).resume(token).actor == amara
    Access(database).sign_out(token)
    Access(database).sign_out(token)
    with pytest.raises(NotSignedIn):
        Access(database).resume(token)
    assert trail(database) == [
        ("sign-in", "success", amara.id, {}),
        ("sign-out", "success", amara.id, {}),
    ]


def test_a_failure_is_kept_in_the_trail_without_what_was_typed(database, amara):
    for username, password in (("amara", "wrong"), ("my secret by mistake", GOOD)):
        with pytest.raises(NotSignedIn):
            Access(database).sign_in(username, password)
    assert trail(database) == [
        ("sign-in", "failure", amara.id, {"reason": "wrong-password"}),
        ("sign-in", "failure", None, {"reason": "unknown-username"}),
    ]


def test_signing_in_renews_a_hash_of_older_parameters(database, amara):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    with database.begin() as tx:
        tx.execute(update(people).values(password=weak))
    Access(database).sign_in("amara", GOOD)
    with database.read() as tx:
        assert not passwords.outdated(tx.execute(select(people.c.password)).scalar_one())


def test_resuming_notes_the_use(database, amara):
    token = Access(database, lambda: NOON).sign_in("amara", GOOD)
    for minutes in range(0, 120, 20):
        later = NOON + timedelta(minutes=minutes)
        assert Access(database, lambda at=later: at).resume(token).actor == amara
    with pytest.raises(NotSignedIn):
        Access(database, lambda: NOON + timedelta(hours=3)).resume(token)
