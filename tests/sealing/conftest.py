"""An installation with one patient whose every detail can be searched for in what it wrote."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from wardround.bootstrap import Wardround, assemble
from wardround.kernel import Actor, Edit, Part, Role
from wardround.record import Chart
from wardround.rounds import State
from wardround.settings import Settings

ADA, BEA = "Patient/ada", "Patient/bea"
OSEI = Actor(id="p1", name="Amara Osei", role=Role.CLINICIAN, reference="Practitioner/osei")
PLANTED = (
    "Wilhelmina",
    "Thistlewaite",
    "1951-03-09",
    "MRN-4471823",
    "+1 608 555 0143",
    "wilma.thistle@example.org",
    "14 Quarry Lane",
    "Mazomanie",
    "heliotrope",
    "marmalade factory",
)
"""A name, a date of birth, a number, a phone, an address, words of the visit and of the note."""

VISIT = """[doctor] Good morning, Mrs. Thistlewaite. What brings you in today?
[patient] It's this cough. It started three weeks ago, since I painted the heliotrope room.
[doctor] Any fever or chills?
[patient] No fever. I used to work in a marmalade factory, and there was a lot of dust.
[doctor] Any allergies?
[patient] No allergies.
[doctor] Let me listen to your lungs. Your lungs are clear. I think this is a viral bronchitis.
[doctor] I want you to rest, drink fluids, and come back in two weeks if it is not better.
"""


def patient(reference: str, *, planted: bool) -> bytes:
    return json.dumps(
        {
            "resourceType": "Patient",
            "id": reference.removeprefix("Patient/"),
            "name": [
                {"family": "Thistlewaite", "given": ["Wilhelmina"]} if planted else {"family": "Ny"}
            ],
            "identifier": [{"system": "urn:mrn", "value": "MRN-4471823" if planted else "M2"}],
            "telecom": [
                {"system": "phone", "value": "+1 608 555 0143" if planted else "1"},
                {"system": "email", "value": "wilma.thistle@example.org" if planted else "a@b"},
            ],
            "birthDate": "1951-03-09" if planted else "1990-01-01",
            "address": [{"line": ["14 Quarry Lane"], "city": "Mazomanie"}] if planted else [],
        }
    ).encode()


def encounter(of: str, name: str) -> bytes:
    return json.dumps(
        {
            "resourceType": "Encounter",
            "id": name,
            "status": "finished",
            "class": {"code": "AMB"},
            "subject": {"reference": of, "display": "Wilhelmina Thistlewaite"},
            "period": {"start": "2026-11-24T09:00:00Z"},
        }
    ).encode()


def settled(wardround: Wardround) -> None:
    deadline = time.monotonic() + 60
    while wardround.rounds.orders(State.QUEUED, State.DRAFTED) and time.monotonic() < deadline:
        time.sleep(0.05)


def live(wardround: Wardround) -> str:
    """Take a patient through the whole route, and return the id of the signed draft."""
    with wardround.database.begin() as tx:
        chart = Chart(tx)
        chart.update(patient(ADA, planted=True))
        chart.update(patient(BEA, planted=False))
        chart.update(encounter(ADA, "e1"))
        chart.update(encounter(BEA, "e2"))
    rounds = wardround.rounds
    part = Part(name="visit.txt", data=VISIT.encode(), media_type="text/plain")
    order = rounds.order("documentation", ADA, "Encounter/e1", [part], OSEI)
    rounds.order("documentation", BEA, "Encounter/e2", [part], OSEI)
    broken = Part(name="visit.txt", data=b"heliotrope heliotrope", media_type="text/plain")
    rounds.order("documentation", ADA, None, [broken], OSEI)
    settled(wardround)
    draft = rounds.draft(order.id)
    written = Edit(
        op="replace", path="/sections/0/sentences/0/text", value="Cough in the heliotrope room."
    )
    draft = rounds.revise(draft.id, draft.revision, written, OSEI)
    while draft.open_findings:
        finding = draft.open_findings[0]
        if finding.severity == "block":
            gone = Edit(op="remove", path=finding.claim or "")
            draft = rounds.revise(draft.id, draft.revision, gone, OSEI)
        else:
            draft = rounds.acknowledge(draft.id, draft.revision, finding.key, OSEI)
    rounds.sign(draft.id, draft.revision, OSEI)
    settled(wardround)  # the codes of the note, which follow by themselves
    return draft.id


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database=SecretStr(database_url))


@pytest.fixture
def house(settings: Settings) -> Iterator[Wardround]:
    wardround = assemble(settings)
    yield wardround
    wardround.stop()
