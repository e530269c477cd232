"""On both databases: the SQL that keeps people out, and lets nobody be the last."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.security.quick import GOOD, Watch, add
from wardround.database import Database
from wardround.kernel import Actor, Conflict, NotSignedIn, Role
from wardround.security import Accounts, Door, People, Sessions

pytestmark = pytest.mark.usefixtures("quick_hash")


def test_of_two_administrators_who_shut_each_other_out_one_stays(
    database: Database, watch: Watch
) -> None:
    pair = [add(database, name, Role.ADMINISTRATOR) for name in ("ada", "noah")]

    def shut_out(actor: Actor) -> bool:
        try:
            with database.begin() as tx:
                Accounts(tx, None, watch).disable(actor)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(shut_out, pair)) == [False, True]
    with database.read() as tx:
        assert len(People(tx).disabled()) == 1


def test_whoever_is_disabled_is_signed_out(database: Database, watch: Watch) -> None:
    amara, door = add(database, "amara"), Door(database, watch)
    token = door.enter("amara", GOOD).token or ""
    other = door.enter("amara", GOOD).token or ""
    with database.begin() as tx:
        sessions = Sessions(tx, watch)
        sessions.end(amara, door.resume(other).id)
        assert [one.id for one in sessions.of(amara)] == [door.resume(token).id]
        Accounts(tx, None, watch).disable(amara)
        assert sessions.of(amara) == []
    with pytest.raises(NotSignedIn):
        door.resume(token)
