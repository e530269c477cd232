"""Killed at any moment, a run leaves nothing half gone, and the next one finishes it."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.forked import forked
from tests.privacy.retention.killed import late, main, settings
from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, OTHER, PATIENT, drafted
from wardround.bootstrap import open_database, retain
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds
from wardround.rounds.tables import drafts, orders, revisions
from wardround.security import AuditTrail

MOST = 60


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with two drafts that were rejected, and one that was signed."""
    home = tmp_path / "home"
    database = open_database(settings(home))
    with database.begin() as tx:
        for body in (PATIENT, OTHER, ENCOUNTER):
            Chart(tx).update(body)
    workflows = f"sqlite:///{tmp_path / 'workflows.db'}"
    rounds = Rounds(database, Blobs(home / "blobs", database), {"lines": Lines()}, workflows)
    rounds.start()
    for text in ("Heliotrope.", "Marmalade."):
        rounds.reject(drafted(rounds, text).id, 1, "Wrong patient.", OSEI)
    rounds.sign(drafted(rounds, "Feels well.").id, 1, OSEI)
    rounds.stop()
    database.dispose()
    return home


def sealed(home: Path) -> list[bytes]:
    """Return what is sealed of the drafts that are to go."""
    database = open_database(settings(home))
    with database.read() as tx:
        gone = {row.id for row in tx.execute(drafts.select()) if row.status == "rejected"}
        found = [
            bytes(row.document)
            for table, name in ((orders, "id"), (drafts, "id"), (revisions, "draft_id"))
            for row in tx.execute(table.select())
            if getattr(row, name) in gone
        ]
    database.dispose()
    return found + [path.read_bytes() for path in home.glob("blobs/*/*")]


def standing(home: Path) -> int:
    """Return how many drafts stand, each of them whole."""
    database = open_database(settings(home))
    blobs = Blobs(home / "blobs", database)
    rounds = Rounds(database, blobs, {"lines": Lines()}, "sqlite:///nowhere")
    whole = {state.order.id for state in rounds.orders()}
    assert {draft.id for draft in rounds.drafts()} == whole
    for draft in rounds.drafts():
        assert blobs.get(draft.inputs[0].sha256, draft.subject)
        assert rounds.revisions(draft.id)
    with database.read() as tx:
        gone = AuditTrail(tx).list(action="destroy-unsigned")
    assert len(whole) + len(gone) == 3
    database.dispose()
    return len(whole)


def written(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


@pytest.mark.slow
def test_killed_at_any_moment(home: Path, tmp_path: Path) -> None:
    before, seen = sealed(home), set()
    assert len(before) == 9  # two orders, two drafts, two revisions, three files
    assert all(one in written(home) for one in before)
    for moment in range(MOST):
        there = tmp_path / f"home-{moment}"
        shutil.copytree(home, there)
        killed = forked().Process(target=main, args=(there, moment))
        killed.start()
        killed.join()
        assert killed.exitcode in {0, -signal.SIGKILL}  # or it said why on the error stream
        seen.add(standing(there))
        retain(settings(there), late)
        assert standing(there) == 1
        kept = [one for one in before if one in written(there)]
        assert len(kept) == 1, f"what is left of the drafts at moment {moment}"
        assert sum(path.is_file() for path in there.glob("blobs/*/*")) == 1
        if killed.exitcode == 0:
            break
    assert killed.exitcode == 0
    assert seen == {1, 2, 3}
