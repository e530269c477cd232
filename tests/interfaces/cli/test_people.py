"""Accounts and tokens by the command line, on a fresh install."""

from pathlib import Path

import pytest

from tests.interfaces.cli.running import call
from wardround.bootstrap import open_database
from wardround.security import AuditTrail, Door, Due, ServiceTokens
from wardround.settings import Settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARDROUND_HOME", str(tmp_path))
    return tmp_path


def test_a_fresh_install_gets_its_first_administrator(home: Path) -> None:
    added = call("people", "add", "noah", "--name", "Noah Lindqvist", "--role", "administrator")
    assert added.returncode == 0
    password = added.stdout.decode().strip()
    database = open_database(Settings(home=home))
    door = Door(database)
    assert door.resume(door.enter("noah", password).token or "").due is Due.PASSWORD
    reset = call("people", "reset", "NOAH").stdout.decode().strip()
    assert reset != password
    assert door.enter("noah", reset).token
    with database.read() as tx:
        actions = [event.action for event in AuditTrail(tx).list()]
    assert actions == ["sign-in", "reset-person", "sign-in", "add-person"]
    database.dispose()


def test_people_are_kept_out_and_let_in(home: Path) -> None:
    call("people", "add", "noah", "--name", "Noah", "--role", "administrator")
    call("people", "add", "ruth", "--name", "Ruth Okafor", "--role", "privacy-officer")
    assert call("people", "disable", "ruth").returncode == 0
    assert b"disabled" in call("people", "list").stdout
    assert call("people", "enable", "ruth").returncode == 0
    assert b"disabled" not in call("people", "list").stdout
    assert call("people", "unlock", "ruth").returncode == 0
    last = call("people", "disable", "noah")
    assert last.returncode == 1
    assert b"only administrator" in last.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("people", "add", "x y", "--name", "X", "--role", "nurse"), b"username"),
        (("people", "add", "eve", "--name", "X", "--role", "boss"), b"--role"),
        (("people", "add", "eve", "--name", "X", "--role", "service"), b"--role"),
        (("people", "reset", "nobody"), b"no such person"),
        (("tokens", "revoke", "nothing"), b"no such token"),
        (("tokens", "make", "feed", "--scope", "FLY"), b"no such action"),
    ],
)
def test_what_will_not_do_is_named(home: Path, arguments: tuple[str, ...], told: bytes) -> None:
    done = call(*arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stdout == b""


def test_a_token_is_made_listed_and_revoked(home: Path) -> None:
    token = call("tokens", "make", "lab-feed", "--scope", "READ_CHART").stdout.decode().strip()
    database = open_database(Settings(home=home))
    with database.read() as tx:
        assert ServiceTokens(tx).look(token).scopes == ("READ_CHART",)
    listed = call("tokens", "list").stdout.decode()
    assert "lab-feed" in listed
    assert token not in listed
    assert call("tokens", "revoke", "lab-feed").returncode == 0
    assert "revoked" in call("tokens", "list").stdout.decode()
    database.dispose()
