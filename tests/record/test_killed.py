"""``kill -9`` at any moment of an import: a bundle is in as a whole or not at all."""

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.record.killed import SIZE, id_of, written
from wardround.database import Database
from wardround.record import Chart, import_bundles
from wardround.record.tables import versions

TIMES = {"sqlite": 20, "postgres": 5}
"""A process that dies is nothing to a server; to a file it is everything."""


def run_and_kill(url: str, folder: Path, start: int, after: float) -> list[int]:
    """Run the process, kill it ``after`` seconds of work, and return its promises."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.record.killed", url, str(folder), str(start)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    timer = threading.Timer(after, process.kill)
    timer.start()
    promised = [int(line) for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    timer.join()
    return promised


def parts(database: Database, number: int) -> int:
    """Return how many of a bundle's resources are in the record, found by what they say."""
    with database.read() as tx:
        chart, query = Chart(tx), {"identifier": f"urn:bundle|{number}"}
        by_index = chart.count("Patient", query) + chart.count("Observation", query)
        about = chart.count("Observation", {"patient": str(id_of(number, 0))})
        assert by_index == (about + 1 if about else 0)
        return by_index


@pytest.mark.slow
def test_killed_at_any_moment(database: Database, database_url: str, tmp_path: Path) -> None:
    chance = random.Random(11)
    times = TIMES["sqlite" if database.is_sqlite else "postgres"]
    start, cut_off, tried = 0, 0, 0
    while tried < times or not cut_off:  # where the disk is slow, most die waiting for the commit
        assert tried < 20 * times, "no import was ever cut off"
        tried += 1
        promised = run_and_kill(database_url, tmp_path, start, chance.uniform(0.0, 0.25))
        assert promised == list(range(start, start + len(promised)))
        last = start + len(promised)  # the one it was at
        for number in promised:
            assert parts(database, number) == SIZE
        assert parts(database, last) in {0, SIZE}
        assert parts(database, last + 1) == 0
        cut_off += parts(database, last) == 0
        start = last + 1
    assert start > tried
    files = [written(tmp_path, number) for number in range(start)]
    assert import_bundles(database, files).resources == SIZE * start
    with database.read() as tx:
        assert Chart(tx).count("Observation", {}) == (SIZE - 1) * start
        assert tx.execute(select(func.max(versions.c.version))).scalar_one() == 1
