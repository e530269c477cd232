"""What protecting a read costs: who may, its key, and its line in the audit trail."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import select

from tests.record.killed import id_of, written
from tests.sealing.conftest import OSEI
from wardround.database import Database
from wardround.record import CareRelations, Chart, GuardedChart, import_bundles
from wardround.record.tables import versions
from wardround.security import AuditTrail, Guard, load_policies

PATIENT = f"Patient/{id_of(5, 0)}"
REFERENCE = f"Observation/{id_of(5, 5)}"


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    import_bundles(database, [written(tmp_path, number) for number in range(10)])
    return database


def test_an_unprotected_read(filled: Database, benchmark: BenchmarkFixture) -> None:
    """One row by its key, as it stands."""
    kind, name = REFERENCE.split("/")
    query = select(versions.c.body).where(
        versions.c.kind == kind, versions.c.id == name, versions.c.version == 1
    )

    def read() -> bytes:
        with filled.read() as tx:
            return bytes(tx.execute(query).scalar_one())

    assert benchmark(read)


def test_a_protected_read(filled: Database, benchmark: BenchmarkFixture) -> None:
    """The same, by the policies and the care relationship, opened with its key, and audited.

    It is asked to add 3 ms at most.
    """
    policies = load_policies()
    encounter = {
        "resourceType": "Encounter",
        "id": "today",
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": PATIENT},
        "participant": [{"individual": {"reference": OSEI.reference}}],
        "period": {"start": datetime.now(UTC).isoformat()},
    }
    with filled.begin() as tx:
        Chart(tx).update(orjson.dumps(encounter))

    def read() -> bytes:
        with filled.begin() as tx:
            chart = GuardedChart(tx, Guard(tx, OSEI, policies, CareRelations(tx)))
            body = chart.read(REFERENCE).body
            AuditTrail(tx).record_many(chart.told())
        return body

    assert benchmark(read).startswith(b"{")
