"""Lock-out: waits that double, the same for usernames that nobody has."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.security.quick import GOOD, ON_SQLITE, Watch, add, reasons
from wardround.database import Database
from wardround.kernel import NotSignedIn, TooManyAttempts, WardroundError
from wardround.security import Accounts, Door, Place
from wardround.security.attempts import ACCOUNT, SOURCE, Attempts
from wardround.security.tables import attempts

pytestmark = pytest.mark.usefixtures("quick_hash")

HERE = Place("192.0.2.7")


def fail(door: Door, username: str, place: Place = HERE) -> WardroundError:
    with pytest.raises(WardroundError) as refused:
        door.enter(username, "not this one", place)
    return refused.value


def test_waits_double_up_to_an_hour() -> None:
    waits = [ACCOUNT.wait(count).total_seconds() for count in range(14)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert ACCOUNT.wait(10**9) == timedelta(hours=1)


@ON_SQLITE
def test_an_account_takes_far_less_than_a_hundred_failures_a_day(
    database: Database, watch: Watch
) -> None:
    door, tried = Door(database, watch), 0
    ends = watch.now + timedelta(days=1)
    while watch.now < ends:
        refused = fail(door, "amara", Place(f"192.0.2.{tried % 200}"))
        tried += isinstance(refused, NotSignedIn)
        watch.wait(minutes=5)
    assert tried < 45


@pytest.mark.parametrize("username", ["amara", "nobody.at.all"])
def test_the_fifth_failure_locks_whether_or_not_somebody_has_the_name(
    database: Database, watch: Watch, username: str
) -> None:
    add(database, "amara")
    door = Door(database, watch)
    said = [str(fail(door, username)) for _ in range(7)]
    assert len(set(said[:5])) == 1
    assert said[5] == said[6]
    assert said[5].startswith("Too many attempts have failed. Wait 30 seconds")


def test_a_locked_account_does_not_take_the_right_password_and_then_does(
    database: Database, watch: Watch
) -> None:
    amara, door = add(database, "amara"), Door(database, watch)
    for _ in range(5):
        fail(door, "AMARA ")
    with pytest.raises(TooManyAttempts):
        door.enter("amara", GOOD, HERE)
    watch.wait(seconds=30)
    token = door.enter("amara", GOOD, HERE).token
    assert token is not None
    assert door.resume(token).actor == amara
    assert isinstance(fail(door, "amara"), NotSignedIn), "the count begins anew"
    assert reasons(database) == [
        *["wrong-password"] * 5,
        "too-many-attempts",
        "success",
        "wrong-password",
    ]


@ON_SQLITE
def test_an_administrator_lets_somebody_in_sooner(database: Database, watch: Watch) -> None:
    amara, door = add(database, "amara"), Door(database, watch)
    for _ in range(5):
        fail(door, "amara")
    with database.begin() as tx:
        (account,) = Accounts(tx, None, watch).list()
        assert account.locked == timedelta(seconds=30)
        Accounts(tx, None, watch).unlock(amara)
    assert door.enter("amara", GOOD, HERE).token


@ON_SQLITE
@pytest.mark.parametrize("address", ["198.51.100.{}", "2001:db8::{:x}"])
def test_one_address_tries_many_names(database: Database, watch: Watch, address: str) -> None:
    door, one_network = Door(database, watch), ":" in address
    kinds = [
        type(fail(door, f"name{i}", Place(address.format(i if one_network else 9))))
        for i in range(SOURCE.free + 1)
    ]
    assert kinds == [NotSignedIn] * SOURCE.free + [TooManyAttempts]
    assert isinstance(fail(door, "name", Place("203.0.113.1")), NotSignedIn)


@ON_SQLITE
def test_what_was_typed_for_a_name_is_not_kept(database: Database, watch: Watch) -> None:
    fail(Door(database, watch), "my-password-by-mistake")
    with database.read() as tx:
        rows = tx.execute(select(attempts)).all()
    assert len(rows) == 2
    assert "mistake" not in repr(rows)
    assert "192.0.2.7" not in repr(rows)


@ON_SQLITE
def test_a_clock_set_back_locks_nobody_out_for_long(database: Database, watch: Watch) -> None:
    add(database, "amara")
    door = Door(database, watch)
    for _ in range(5):
        fail(door, "amara")
    watch.wait(days=-300)
    assert door.enter("amara", GOOD, HERE).token


@pytest.mark.requirement("SEC-08")
def test_many_at_once_are_no_way_around_it(database: Database, watch: Watch) -> None:
    add(database, "amara")
    door = Door(database, watch)
    with ThreadPoolExecutor(8) as pool:
        kinds = [type(refused) for refused in pool.map(lambda _: fail(door, "amara"), range(16))]
    assert kinds.count(NotSignedIn) == 5
    assert kinds.count(TooManyAttempts) == 11


def test_failures_of_long_ago_are_forgotten(database: Database, watch: Watch) -> None:
    door = Door(database, watch)
    for _ in range(5):
        fail(door, "amara")
    watch.wait(days=1, seconds=1)
    with database.begin() as tx:
        Attempts(tx, watch).count("amara", None)
        assert Attempts(tx, watch).wait("amara") == timedelta(0)
