"""A process to kill: it orders, drafts and signs without end, and says what was acknowledged.

Each word it sends is a promise: after ``ordered ID`` that order is never lost, after ``signed ID``
it is signed in full.
"""

import time
from multiprocessing.connection import Connection
from pathlib import Path

from tests.keyed import keyed
from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT
from wardround.database import Database
from wardround.kernel import Part
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State

BACKLOG = 5


def opened(home: Path) -> tuple[Database, Rounds]:
    database = keyed(f"sqlite:///{home / 'wardround.db'}", home)
    url = f"sqlite:///{home / 'workflows.db'}"
    return database, Rounds(database, Blobs(home / "blobs", database), {"lines": Lines()}, url)


def main(home: Path, promises: Connection) -> None:
    database, rounds = opened(home)
    with database.begin() as tx:
        for body in (PATIENT, ENCOUNTER):
            Chart(tx).update(body)
    rounds.start()
    promises.send("ready")
    while True:
        while len(rounds.orders(State.QUEUED, State.DRAFTED)) > BACKLOG:
            time.sleep(0.01)
        part = Part(name="visit.txt", data=f"Feels well at {time.time_ns()}.".encode())
        made = rounds.order("lines", "Patient/ada", "Encounter/e1", [part], OSEI)
        promises.send(f"ordered {made.id}")
        for draft in rounds.inbox():
            rounds.sign(draft.id, draft.revision, OSEI)
            promises.send(f"signed {draft.id}")
