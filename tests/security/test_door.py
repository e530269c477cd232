"""The way in: what follows a password, new tokens, and who must do something first."""

import pyotp
import pytest

from tests.security.quick import GOOD, ON_SQLITE, Watch, add, reasons
from wardround.database import Database
from wardround.kernel import Actor, Forbidden, InvalidInput, NotSignedIn, Role, TooManyAttempts
from wardround.security import (
    Accounts,
    Door,
    Due,
    Factors,
    OwnAccount,
    People,
    Sessions,
    Tickets,
    sign_in,
)

pytestmark = [pytest.mark.usefixtures("quick_hash"), ON_SQLITE]


@pytest.fixture
def amara(database: Database) -> Actor:
    return add(database, "amara")


def with_app(database: Database, watch: Watch, actor: Actor) -> pyotp.TOTP:
    with database.begin() as tx:
        app = pyotp.TOTP(Factors(tx, watch).begin_app(actor))
        Factors(tx, watch).confirm_app(actor, app.at(watch.now))
    watch.wait(seconds=30)
    return app


def test_after_the_password_comes_the_code(database: Database, watch: Watch, amara: Actor) -> None:
    app, door = with_app(database, watch, amara), Door(database, watch)
    entry = door.enter("amara", GOOD)
    assert entry.token is None
    assert entry.ticket is not None
    assert door.awaited(entry.ticket) == amara
    with pytest.raises(NotSignedIn):
        door.resume(entry.ticket)
    with pytest.raises(NotSignedIn):
        door.prove(entry.ticket, "000000")
    token = door.prove(entry.ticket, app.at(watch.now))
    session = door.resume(token)
    assert (session.actor, session.method) == (amara, "password.app")
    assert token != entry.ticket
    watch.wait(seconds=30)
    with pytest.raises(NotSignedIn):
        door.prove(entry.ticket, app.at(watch.now))
    assert reasons(database) == ["wrong-code", "success"]
    with pytest.raises(NotSignedIn):
        sign_in(database, "amara", GOOD, watch)


def test_a_ticket_is_for_minutes(database: Database, watch: Watch, amara: Actor) -> None:
    app, door = with_app(database, watch, amara), Door(database, watch)
    ticket = door.enter("amara", GOOD).ticket or ""
    watch.wait(minutes=10)
    with pytest.raises(NotSignedIn):
        door.prove(ticket, app.at(watch.now))
    ticket = door.enter("amara", GOOD).ticket or ""
    watch.wait(hours=-5)
    with pytest.raises(NotSignedIn):
        door.prove(ticket, app.at(watch.now))


def test_a_ticket_for_one_thing_is_none_for_another(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        token = Tickets(tx, watch).issue("provider")
        with pytest.raises(NotSignedIn):
            Tickets(tx, watch).redeem(token, "second-factor")
        Tickets(tx, watch).redeem(token, "provider")
        with pytest.raises(NotSignedIn):
            Tickets(tx, watch).redeem(token, "provider")


def test_who_knows_the_password_cannot_try_codes_for_ever(
    database: Database, watch: Watch, amara: Actor
) -> None:
    with_app(database, watch, amara)
    door = Door(database, watch)
    for _ in range(5):
        ticket = door.enter("amara", GOOD).ticket or ""
        with pytest.raises(NotSignedIn):
            door.prove(ticket, "000000")
    with pytest.raises(TooManyAttempts):
        door.enter("amara", GOOD)


def test_whoever_was_disabled_comes_no_further(
    database: Database, watch: Watch, amara: Actor
) -> None:
    app, door = with_app(database, watch, amara), Door(database, watch)
    ticket = door.enter("amara", GOOD).ticket or ""
    token = door.prove(ticket, app.at(watch.now))
    watch.wait(seconds=30)
    ticket = door.enter("amara", GOOD).ticket or ""
    with database.begin() as tx:
        Accounts(tx, None, watch).disable(amara)
    with pytest.raises(NotSignedIn):
        door.resume(token)
    with pytest.raises(NotSignedIn):
        door.prove(ticket, app.at(watch.now))
    with pytest.raises(NotSignedIn, match="closed"):
        door.enter("amara", GOOD)
    with pytest.raises(NotSignedIn, match="wrong"):
        door.enter("amara", "not this one")
    with database.begin() as tx:
        Accounts(tx, None, watch).enable(amara)
    assert door.enter("amara", GOOD).ticket


@pytest.mark.requirement("SEC-08")
def test_a_role_demands_a_second_factor(database: Database, watch: Watch) -> None:
    noah = add(database, "noah", Role.ADMINISTRATOR)
    door = Door(database, watch, demanding=frozenset({Role.ADMINISTRATOR}))
    token = door.enter("noah", GOOD).token or ""
    session = door.resume(token)
    assert session.due is Due.FACTOR
    own = OwnAccount(door, session, token)
    app = pyotp.TOTP(own.begin_app(""))
    changed = own.confirm_app(app.at(watch.now))
    assert len(changed.codes) == 10
    assert door.resume(changed.token).due is None
    with pytest.raises(NotSignedIn):
        door.resume(token)
    with database.read() as tx:
        (factor,) = Factors(tx, watch).of(noah)
    again = OwnAccount(door, door.resume(changed.token), changed.token)
    assert door.resume(again.remove_factor("", factor.id).token).due is Due.FACTOR


def test_a_handed_out_password_is_changed_first(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        handed = Accounts(tx, None, watch).add("ben", "Ben Hall", Role.NURSE, "Practitioner/ben")
    door = Door(database, watch)
    token = door.enter("ben", handed).token or ""
    session = door.resume(token)
    assert session.due is Due.PASSWORD
    own = OwnAccount(door, session, token)
    with pytest.raises(InvalidInput):
        own.change_password(handed, "password1234")
    with pytest.raises(Forbidden):
        own.change_password("not this one", GOOD)
    changed = own.change_password(handed, GOOD)
    assert door.resume(changed.token).due is None
    with pytest.raises(NotSignedIn):
        door.resume(token)
    with pytest.raises(NotSignedIn):
        door.enter("ben", handed)


def test_a_change_after_a_while_needs_the_password(
    database: Database, watch: Watch, amara: Actor
) -> None:
    door = Door(database, watch)
    token = door.enter("amara", GOOD).token or ""
    own = OwnAccount(door, door.resume(token), token)
    assert own.begin_app("")
    watch.wait(minutes=6)
    with pytest.raises(Forbidden):
        own.begin_app("not this one")
    assert own.begin_app(GOOD)
    assert reasons(database, "prove-password") == ["failure"]


def test_a_session_is_not_made_young_by_what_needed_no_proof(
    database: Database, watch: Watch, amara: Actor
) -> None:
    door = Door(database, watch)
    token = door.enter("amara", GOOD).token or ""
    opened = door.resume(token).opened
    watch.wait(minutes=4)
    own = OwnAccount(door, door.resume(token), token)
    token = own.confirm_app(pyotp.TOTP(own.begin_app("")).at(watch.now)).token
    assert door.resume(token).opened == opened
    watch.wait(minutes=2)
    own = OwnAccount(door, door.resume(token), token)
    assert not own.recent
    with pytest.raises(Forbidden):
        own.make_codes("not this one")
    token = own.change_password(GOOD, "another fine sentence").token
    assert door.resume(token).opened == watch.now


def test_a_handed_out_password_is_for_days(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        handed = Accounts(tx, None, watch).add("ben", "Ben Hall", Role.NURSE, "Practitioner/ben")
    door = Door(database, watch)
    watch.wait(days=7)
    assert door.enter("ben", handed).token
    watch.wait(seconds=1)
    with pytest.raises(NotSignedIn, match="handed out too long ago"):
        door.enter("ben", handed)
    with database.begin() as tx:
        accounts = Accounts(tx, None, watch)
        again = accounts.reset(accounts.find("ben"))
    token = door.enter("ben", again).token or ""
    own = OwnAccount(door, door.resume(token), token)
    own.change_password(again, GOOD)
    watch.wait(days=30)
    assert door.enter("ben", GOOD).token


def test_guessing_the_password_from_an_open_session_is_counted_too(
    database: Database, watch: Watch, amara: Actor
) -> None:
    door = Door(database, watch)
    token = door.enter("amara", GOOD).token or ""
    own = OwnAccount(door, door.resume(token), token)
    for _ in range(5):
        with pytest.raises(Forbidden):
            own.change_password("not this one", "another fine sentence")
    with pytest.raises(TooManyAttempts):
        own.change_password(GOOD, "another fine sentence")


def test_places_are_listed_and_ended(database: Database, watch: Watch, amara: Actor) -> None:
    ben, door = add(database, "ben"), Door(database, watch)
    first, second, third = (door.enter("amara", GOOD).token or "" for _ in range(3))
    bens = door.enter("ben", GOOD).token or ""
    own = OwnAccount(door, door.resume(first), first)
    with database.read() as tx:
        ids = {session.id for session in Sessions(tx, watch).of(amara)}
    assert ids == {door.resume(token).id for token in (first, second, third)}
    own.end_session("", door.resume(second).id)
    own.end_session("", door.resume(bens).id)
    own.end_session("", "")
    with pytest.raises(NotSignedIn):
        door.resume(second)
    assert door.resume(third)
    watch.wait(minutes=6)
    for refused in (own.end_others, lambda password: own.end_session(password, "x")):
        with pytest.raises(Forbidden):
            refused("not this one")
    assert door.resume(third)
    own.end_others(GOOD)
    with pytest.raises(NotSignedIn):
        door.resume(third)
    assert door.resume(first).actor == amara
    assert door.resume(bens).actor == ben


def test_a_clock_set_back_ends_a_session(database: Database, watch: Watch, amara: Actor) -> None:
    door = Door(database, watch)
    token = door.enter("amara", GOOD).token or ""
    watch.wait(minutes=-4)
    assert door.resume(token)
    watch.wait(minutes=-2)
    with pytest.raises(NotSignedIn):
        door.resume(token)


def test_the_last_administrator_stays(database: Database, watch: Watch) -> None:
    from wardround.kernel import Conflict

    noah = add(database, "noah", Role.ADMINISTRATOR)
    with database.begin() as tx:
        accounts = Accounts(tx, noah, watch)
        with pytest.raises(Conflict):
            accounts.disable(noah)
        with pytest.raises(Conflict):
            accounts.change_role(noah, Role.NURSE)
        People(tx).add("ada", "Ada Wu", Role.ADMINISTRATOR, "Practitioner/ada", GOOD)
        accounts.disable(noah)
