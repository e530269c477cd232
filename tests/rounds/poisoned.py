"""A process that one order kills, whenever it is drafted; the orders beside it take their time.

It ends by itself once nothing is unfinished.
"""

import os
import signal
import time
from pathlib import Path

from tests.keyed import keyed
from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT
from wardround.database import Database
from wardround.kernel import Context, Drafted, Order, Part
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State

POISON = "poison"
INNOCENT = ("innocent-1", "innocent-2", "innocent-3")
AT_WORK = 0.3
"""Seconds that an innocent order takes; the poisonous one kills in half of that."""


class Poisoned(Lines):
    def draft(self, order: Order, context: Context) -> Drafted:
        if order.id == POISON:
            time.sleep(AT_WORK / 2)
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(AT_WORK)
        return super().draft(order, context)


def opened(home: Path) -> tuple[Database, Rounds]:
    database = keyed(f"sqlite:///{home / 'wardround.db'}", home)
    url = f"sqlite:///{home / 'workflows.db'}"
    return database, Rounds(database, Blobs(home / "blobs", database), {"lines": Poisoned()}, url)


def main(home: Path) -> None:
    database, rounds = opened(home)
    with database.begin() as tx:
        for body in (PATIENT, ENCOUNTER):
            Chart(tx).update(body)
    rounds.start()
    for order_id in (INNOCENT[0], POISON, *INNOCENT[1:]):
        part = Part(name="visit.txt", data=order_id.encode())
        rounds.order("lines", "Patient/ada", "Encounter/e1", [part], OSEI, order_id=order_id)
    while rounds.orders(State.QUEUED, State.DRAFTED):
        time.sleep(0.05)
    rounds.stop()
    database.dispose()
