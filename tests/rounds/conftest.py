"""A route over both databases, with one patient, one encounter and two clinicians."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rounds.capability import Lines
from wardround.database import Database
from wardround.kernel import Actor, Draft, Part, Role
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State

PATIENT = b'{"resourceType": "Patient", "id": "ada", "gender": "female"}'
ENCOUNTER = (
    b'{"resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "AMB"},'
    b' "subject": {"reference": "Patient/ada"}}'
)
OTHER = PATIENT.replace(b'"ada"', b'"bea"')

OSEI = Actor(id="p1", name="Amara Osei", role=Role.CLINICIAN, reference="Practitioner/osei")
LIND = Actor(id="p2", name="Bo Lind", role=Role.CLINICIAN, reference="Practitioner/lind")


@pytest.fixture
def blobs(database: Database, tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs", database)


@pytest.fixture
def rounds(database: Database, blobs: Blobs, tmp_path: Path) -> Iterator[Rounds]:
    with database.begin() as tx:
        for body in (PATIENT, OTHER, ENCOUNTER):
            Chart(tx).update(body)
    url = f"sqlite:///{tmp_path / 'workflows.db'}"
    rounds = Rounds(database, blobs, {"lines": Lines()}, url)
    rounds.start()
    yield rounds
    rounds.stop()


def order(rounds: Rounds, text: str, order_id: str | None = None) -> str:
    """Order a draft of ``text`` and return the order's id."""
    part = Part(name="visit.txt", data=text.encode(), media_type="text/plain")
    made = rounds.order("lines", "Patient/ada", "Encounter/e1", [part], OSEI, order_id=order_id)
    return made.id


def settled(rounds: Rounds, order_id: str) -> State:
    """Wait until an order is done or failed."""
    for _ in range(1200):
        state = next(s for s in rounds.orders() if s.order.id == order_id)
        if state.state in {State.DONE, State.FAILED}:
            return state.state
        time.sleep(0.05)
    raise AssertionError("the order was never drafted")


def drafted(rounds: Rounds, text: str) -> Draft:
    """Return the draft of ``text``."""
    order_id = order(rounds, text)
    assert settled(rounds, order_id) is State.DONE
    return rounds.draft(order_id)
