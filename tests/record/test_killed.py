"""``kill -9`` at any moment of an import: a bundle is in as a whole or not at all."""

import random
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.forked import forked
from tests.record.killed import SIZE, id_of, main, written
from wardround.database import Database
from wardround.record import Chart, import_bundles
from wardround.record.tables import versions

TIMES = {"sqlite": 20, "postgres": 5}
"""A process that dies is nothing to a server; to a file it is everything."""


def run_and_kill(url: str, folder: Path, start: int, after: float) -> list[int]:
    """Run the process, kill it ``after`` seconds of work, and return its promises."""
    promises, promising = forked().Pipe(duplex=False)
    process = forked().Process(target=main, args=(url, folder, start, promising))
    process.start()
    promising.close()
    assert promises.recv() == "ready"
    timer = threading.Timer(after, process.kill)
    timer.start()
    promised: list[int] = []
    with promises, suppress(EOFError, OSError):  # a word that was cut off is no promise
        while True:
            promised.append(promises.recv())
    process.join()
    timer.join()
    assert process.exitcode == -signal.SIGKILL
    process.close()
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
    # Where the disk is slow, most die waiting for the commit; where the machine is, before it.
    while tried < times or not cut_off or start == tried:
        assert tried < 20 * times, "no import was ever cut off, or none ever ended"
        longest = 0.25 * max(1, tried / times)
        tried += 1
        promised = run_and_kill(database_url, tmp_path, start, chance.uniform(0.0, longest))
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
