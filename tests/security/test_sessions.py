from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from wardround.database import Database
from wardround.kernel import Actor, NotSignedIn, Role
from wardround.security import Limits, People, Session, Sessions
from wardround.security.sessions import STALE
from wardround.security.tables import people, sessions

IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def amara(database: Database) -> Actor:
    with database.begin() as tx:
        return People(tx).add(
            "amara", "Amara Osei", Role.CLINICIAN, "Practitioner/amara", "seven quiet corridors"
        )


def open_one(database: Database, watch: Watch, actor: Actor) -> str:
    with database.begin() as tx:
        return Sessions(tx, watch).open(actor)


def resume(database: Database, watch: Watch, token: str) -> Session:
    with database.begin() as tx:
        return Sessions(tx, watch).resume(token)


def test_a_session_knows_who_opened_it(database: Database, watch: Watch, amara: Actor) -> None:
    session = resume(database, watch, open_one(database, watch, amara))
    assert session.actor == amara
    assert session.opened == session.seen == watch.now


def test_tokens_and_csrf_tokens_are_long_and_never_the_same(
    database: Database, watch: Watch, amara: Actor
) -> None:
    tokens = [open_one(database, watch, amara) for _ in range(20)]
    forms = {resume(database, watch, token).csrf for token in tokens}
    assert len(set(tokens)) == len(forms) == 20
    assert all(len(token) == 43 for token in tokens)
    assert all(len(csrf) == 64 for csrf in forms)
    assert not forms & set(tokens)


def test_a_csrf_token_stays_through_a_session(
    database: Database, watch: Watch, amara: Actor
) -> None:
    token = open_one(database, watch, amara)
    first = resume(database, watch, token).csrf
    watch.wait(IDLE - timedelta(seconds=1))
    assert resume(database, watch, token).csrf == first


def test_neither_token_is_in_the_database(database: Database, watch: Watch, amara: Actor) -> None:
    token = open_one(database, watch, amara)
    csrf = resume(database, watch, token).csrf
    with database.read() as tx:
        (row,) = tx.execute(select(sessions)).all()
    assert token not in repr(row)
    assert csrf not in repr(row)


@pytest.mark.parametrize("token", ["", "guess", "x" * 100_000, "\u00e9"])
def test_no_session_without_its_token(
    database: Database, watch: Watch, amara: Actor, token: str
) -> None:
    open_one(database, watch, amara)
    with pytest.raises(NotSignedIn):
        resume(database, watch, token)


@pytest.mark.requirement("SEC-08")
def test_a_session_ends_when_it_is_idle(database: Database, watch: Watch, amara: Actor) -> None:
    token = open_one(database, watch, amara)
    watch.wait(IDLE)
    with pytest.raises(NotSignedIn):
        resume(database, watch, token)


def test_use_keeps_a_session_open_but_not_past_its_limit(
    database: Database, watch: Watch, amara: Actor
) -> None:
    token = open_one(database, watch, amara)
    ends = watch.now + ABSOLUTE
    while watch.now + timedelta(minutes=29) < ends:
        watch.wait(timedelta(minutes=29))
        assert resume(database, watch, token).actor == amara
    watch.now = ends
    with pytest.raises(NotSignedIn):
        resume(database, watch, token)


def test_use_is_noted_once_a_minute(database: Database, watch: Watch, amara: Actor) -> None:
    token = open_one(database, watch, amara)
    opened = watch.now
    watch.wait(STALE - timedelta(seconds=1))
    assert resume(database, watch, token).seen == opened
    watch.wait(timedelta(seconds=1))
    assert resume(database, watch, token).seen == watch.now
    assert resume(database, watch, token).seen == watch.now


def test_a_look_is_no_use(database: Database, watch: Watch, amara: Actor) -> None:
    token = open_one(database, watch, amara)
    watch.wait(IDLE - timedelta(seconds=1))
    with database.read() as tx:
        Sessions(tx, watch).look(token)
    watch.wait(timedelta(seconds=1))
    with pytest.raises(NotSignedIn):
        resume(database, watch, token)


def test_a_closed_session_stays_closed_and_others_open(
    database: Database, watch: Watch, amara: Actor
) -> None:
    ended, open_still = (open_one(database, watch, amara) for _ in range(2))
    with database.begin() as tx:
        Sessions(tx, watch).close(ended)
        Sessions(tx, watch).close(ended)
    with pytest.raises(NotSignedIn):
        resume(database, watch, ended)
    assert resume(database, watch, open_still).actor == amara


def test_sessions_that_ended_are_removed_when_one_opens(
    database: Database, watch: Watch, amara: Actor
) -> None:
    for _ in range(3):
        open_one(database, watch, amara)
    watch.wait(IDLE)
    token = open_one(database, watch, amara)
    with database.read() as tx:
        assert tx.execute(select(func.count()).select_from(sessions)).scalar_one() == 1
    assert resume(database, watch, token).actor == amara


def test_a_change_of_role_holds_at_once(database: Database, watch: Watch, amara: Actor) -> None:
    token = open_one(database, watch, amara)
    with database.begin() as tx:
        tx.execute(update(people).values(role="nurse"))
    assert resume(database, watch, token).actor.role is Role.NURSE


def test_a_clinic_sets_its_own_limits(database: Database, watch: Watch, amara: Actor) -> None:
    limits = Limits(idle=timedelta(minutes=5), absolute=timedelta(minutes=8))
    with database.begin() as tx:
        strict = Sessions(tx, watch, limits)
        token, other = strict.open(amara), strict.open(amara)
        watch.wait(timedelta(minutes=4))
        assert strict.resume(token).actor == amara
        watch.wait(timedelta(minutes=1))
        with pytest.raises(NotSignedIn):
            strict.look(other)
        watch.wait(timedelta(minutes=3))
        with pytest.raises(NotSignedIn):
            strict.look(token)
