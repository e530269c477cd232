"""One setting moves everything to PostgreSQL: the record, the drafts, and the durable workflows."""

from pathlib import Path

import pytest

from tests.keyed import keyed
from tests.postgres import Server
from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT, order, settled
from wardround.kernel import Status
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State


@pytest.mark.postgres
def test_workflows_share_the_records_server(postgres: Server, tmp_path: Path) -> None:
    with postgres.fresh() as url:
        address = url.replace("postgresql://", "postgres://")
        database = keyed(address, tmp_path)
        with database.begin() as tx:
            for body in (PATIENT, ENCOUNTER):
                Chart(tx).update(body)
        rounds = Rounds(database, Blobs(tmp_path / "blobs", database), {"lines": Lines()}, address)
        rounds.start()
        try:
            order_id = order(rounds, "Feels well.")
            assert settled(rounds, order_id) is State.DONE
            assert rounds.sign(order_id, 1, OSEI).draft.status is Status.SIGNED
        finally:
            rounds.stop()
            database.dispose()
        assert not list(tmp_path.glob("*.db"))
