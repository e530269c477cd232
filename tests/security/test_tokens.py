from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.security.quick import ON_SQLITE, Watch
from wardround.database import Database
from wardround.kernel import Conflict, Forbidden, InvalidInput, NotSignedIn, Role
from wardround.security import Action, ServiceTokens, load_policies
from wardround.security.tables import tokens

pytestmark = ON_SQLITE
DAY = timedelta(days=1)


def test_a_token_is_for_what_it_says(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        token = ServiceTokens(tx, watch).make("lab-feed", ["read_chart"], DAY, None)
        found = ServiceTokens(tx, watch).look(token)
    assert token.startswith("wrd_")
    assert len(token) == 47
    assert (found.actor.role, found.actor.id) == (Role.SERVICE, "service.lab-feed")
    found.require(Action.READ_CHART, load_policies())
    with pytest.raises(Forbidden):
        found.require(Action.DEIDENTIFY, load_policies())


def test_only_its_hash_is_kept(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        token = ServiceTokens(tx, watch).make("lab-feed", [], DAY, None)
        assert token not in repr(tx.execute(select(tokens)).all())


def test_a_token_ends(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        kept = ServiceTokens(tx, watch)
        token, other = kept.make("one", [], DAY, None), kept.make("two", [], DAY, None)
        with pytest.raises(Conflict):
            kept.make("one", [], DAY, None)
        kept.revoke(kept.look(token).id)
        with pytest.raises(NotSignedIn):
            kept.look(token)
        kept.make("one", [], DAY, None)
        watch.wait(days=1)
        with pytest.raises(NotSignedIn):
            kept.look(other)
        watch.wait(days=-2)
        with pytest.raises(NotSignedIn):
            kept.look(other)


@pytest.mark.parametrize("shown", ["", "wrd_", "wrd_" + "x" * 43, "x" * 100_000, "é"])
def test_what_is_no_token_opens_nothing(database: Database, watch: Watch, shown: str) -> None:
    with database.begin() as tx:
        ServiceTokens(tx, watch).make("lab-feed", [], DAY, None)
        with pytest.raises(NotSignedIn):
            ServiceTokens(tx, watch).look(shown)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "where"),
    [
        ("Lab Feed", [], 1, "name"),
        ("", [], 1, "name"),
        ("lab", ["FLY"], 1, "scopes"),
        ("lab", ["READ_CHART", "SIGN"], 1, "scopes"),
        ("lab", ["BREAK_GLASS"], 1, "scopes"),
        ("lab", [], 0, "days"),
        ("lab", [], 367, "days"),
    ],
)
def test_what_will_not_do_is_named(
    database: Database, watch: Watch, name: str, scopes: list[str], days: int, where: str
) -> None:
    with database.begin() as tx, pytest.raises(InvalidInput) as refused:
        ServiceTokens(tx, watch).make(name, scopes, timedelta(days=days), None)
    assert refused.value.where == where


def test_a_use_is_noted_to_the_minute(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        kept = ServiceTokens(tx, watch)
        shown = kept.make("lab-feed", [], DAY, None)
        assert kept.stale(kept.look(shown))
        kept.note_use(kept.look(shown))
        assert not kept.stale(kept.look(shown))
        watch.wait(minutes=1)
        assert kept.stale(kept.look(shown))
