import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, select, update

from wardround.database import Database
from wardround.kernel import Actor, Conflict, InvalidInput, NotFound, NotSignedIn, Role
from wardround.security import People, Sessions, passwords
from wardround.security.tables import people

pytestmark = pytest.mark.usefixtures("quick_hash")

GOOD = "seven quiet corridors"


def add(
    tx: Connection,
    username: str = "amara",
    name: str = "Amara Osei",
    role: Role = Role.CLINICIAN,
) -> Actor:
    return People(tx).add(username, name, role, "Practitioner/1", GOOD)


def test_who_was_added_is_found_and_can_prove_who_they_are(database: Database) -> None:
    with database.begin() as tx:
        amara = add(tx)
    with database.read() as tx:
        assert People(tx).find(amara.id) == amara
        assert People(tx).actor("AMARA") == amara
        assert People(tx).authenticate("amara", GOOD) == amara


@pytest.mark.parametrize("username", ["AMARA", " amara ", "\uff41mara"])
def test_a_username_is_the_same_in_any_case_and_width(database: Database, username: str) -> None:
    with database.begin() as tx:
        amara = add(tx)
        assert People(tx).authenticate(username, GOOD) == amara
        with pytest.raises(Conflict):
            add(tx, username)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("amara", "another password"),
        ("amara", ""),
        ("nobody", GOOD),
        ("", GOOD),
        ("x" * 9999, GOOD),
    ],
)
def test_a_wrong_password_and_an_unknown_username_look_alike(
    database: Database, username: str, password: str
) -> None:
    with database.begin() as tx:
        add(tx)
        with pytest.raises(NotSignedIn) as wrong:
            People(tx).authenticate(username, password)
    assert str(wrong.value) == "The username or the password is wrong. Check both and try again."


@pytest.mark.parametrize(
    "given",
    [
        {"username": " "},
        {"username": "x" * 65},
        {"username": "amara osei"},
        {"name": ""},
        {"reference": ""},
        {"reference": "amara"},
        {"password": "too short"},
    ],
)
def test_what_is_missing_is_named(database: Database, given: dict[str, str]) -> None:
    whole = {
        "username": "amara",
        "name": "Amara Osei",
        "role": Role.CLINICIAN,
        "reference": "Practitioner/amara",
        "password": GOOD,
    }
    with database.begin() as tx:
        with pytest.raises(InvalidInput) as refused:
            People(tx).add(**(whole | given))  # type: ignore[arg-type]
        assert refused.value.where == next(iter(given))
        assert People(tx).list() == []


def test_another_password_ends_sessions(database: Database) -> None:
    with database.begin() as tx:
        amara, ben = add(tx), add(tx, "ben", "Ben Hall")
        ended, open_still = Sessions(tx).open(amara), Sessions(tx).open(ben)
        People(tx).set_password(amara, "another password")
        assert People(tx).authenticate("amara", "another password") == amara
        with pytest.raises(NotSignedIn):
            People(tx).authenticate("amara", GOOD)
        with pytest.raises(NotSignedIn):
            Sessions(tx).look(ended)
        assert Sessions(tx).look(open_still).actor == ben
        with pytest.raises(InvalidInput):
            People(tx).set_password(amara, "too short")


def test_everybody_is_listed_by_name(database: Database) -> None:
    with database.begin() as tx:
        added = [add(tx, "ben", "Ben Hall"), add(tx, "ada", "Ada Wu", Role.NURSE), add(tx)]
        assert People(tx).list() == sorted(added, key=lambda actor: actor.name)


def test_nobody_by_that_id(database: Database) -> None:
    with database.read() as tx, pytest.raises(NotFound):
        People(tx).find("nobody")


def test_the_password_is_nowhere_in_the_table(database: Database) -> None:
    with database.begin() as tx:
        add(tx)
        (row,) = tx.execute(select(people)).all()
    assert GOOD not in repr(row)


def test_a_hash_of_older_parameters_is_made_anew(database: Database) -> None:
    weak = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(GOOD)
    with database.begin() as tx:
        amara = add(tx)
        fresh = tx.execute(select(people.c.password)).scalar_one()
        People(tx).rehash(amara, GOOD)
        assert tx.execute(select(people.c.password)).scalar_one() == fresh
        tx.execute(update(people).values(password=weak))
        People(tx).rehash(amara, GOOD)
        stored = tx.execute(select(people.c.password)).scalar_one()
        assert not passwords.outdated(stored)
        assert People(tx).authenticate("amara", GOOD) == amara
