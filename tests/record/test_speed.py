"""How quick the record is, on both databases: import, read, search, write."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.record.conftest import body
from tests.record.killed import SIZE, id_of, written
from wardround.database import Database
from wardround.record import Chart, bundle_files, import_bundles

BUNDLES = 10
"""In the database while it is measured; tens of thousands of resources where it is measured."""


@pytest.fixture
def filled(database: Database, tmp_path: Path, benchmark: BenchmarkFixture) -> Database:
    bundles = BUNDLES if benchmark.disabled else 50 * BUNDLES
    import_bundles(database, [written(tmp_path, number) for number in range(bundles)])
    return database


@pytest.mark.data
def test_import_of_published_patients(
    database: Database, data: Path, benchmark: BenchmarkFixture
) -> None:
    """Twenty lives, 5,982 resources; at least 1,500 a second on SQLite."""
    files = bundle_files([data / "synthea-r4"])
    files = files[:1] if benchmark.disabled else files

    def empty() -> None:
        with database.begin() as tx:
            for table in ("record_resource", "record_version", "record_index"):
                tx.exec_driver_sql(f"DELETE FROM {table}")

    measure = benchmark.pedantic
    done = measure(import_bundles, (database, files), setup=empty, rounds=3)  # type: ignore[no-untyped-call]
    assert done.resources > 200
    if benchmark.stats is not None:
        rate = done.resources / benchmark.stats.stats.median
        benchmark.extra_info["resources/s"] = round(rate)
        print(f"\n{done.resources} resources, {rate:,.0f} a second")


def test_reading_one(filled: Database, benchmark: BenchmarkFixture) -> None:
    def read() -> bytes:
        with filled.read() as tx:
            return Chart(tx).read(f"Observation/{id_of(5, 5)}").served()

    assert benchmark(read)


def test_searching_a_patient_s(filled: Database, benchmark: BenchmarkFixture) -> None:
    def search() -> int:
        with filled.read() as tx:
            return len(Chart(tx).search("Observation", {"patient": str(id_of(5, 0))}))

    assert benchmark(search) == SIZE - 1


def test_searching_by_several(filled: Database, benchmark: BenchmarkFixture) -> None:
    query = {"patient": str(id_of(5, 0)), "status": "final", "identifier": "urn:bundle|5"}

    def search() -> int:
        with filled.read() as tx:
            return Chart(tx).count("Observation", query)

    assert benchmark(search) == SIZE - 1


def test_updating_one(filled: Database, benchmark: BenchmarkFixture) -> None:
    sent = body("Patient", id="ada", name=[{"family": "Lovelace"}])

    def update() -> int:
        with filled.begin() as tx:
            return Chart(tx).update(sent).version

    assert benchmark(update) >= 1
