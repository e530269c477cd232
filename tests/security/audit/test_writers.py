"""Writers that come at once, are killed, have a wrong clock or no room: the chain stays whole."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import opened
from tests.security.audit.trailed import AMARA, fill, verdict
from wardround.database import Database
from wardround.kernel import Unavailable
from wardround.security import AuditTrail, Told


def test_a_clock_that_is_set_back_breaks_nothing(database: Database) -> None:
    for back in (0, 30, 10):
        with database.begin() as tx:
            now = datetime(2026, 11, 24, 12, tzinfo=UTC) - timedelta(days=back)
            AuditTrail(tx, lambda now=now: now).record("read", "success", actor=AMARA)  # type: ignore[misc]
    assert verdict(database).sound


def test_many_who_write_at_once_make_one_chain(database: Database) -> None:
    def write() -> None:
        for _ in range(10):
            with database.begin() as tx:
                AuditTrail(tx).record_many(Told(action="read", actor=AMARA) for _ in range(3))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verdict(database)
    assert (found.sound, found.events) == (True, 120)


def test_what_falls_takes_its_events_with_it(database: Database) -> None:
    fill(database, 2)

    def undone() -> None:
        with database.begin() as tx:
            AuditTrail(tx).record("read", "success", actor=AMARA)
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    fill(database, 1, first=3)
    found = verdict(database)
    assert (found.sound, found.events) == (True, 3)


KILLED = """
import os, sys
from pathlib import Path
from tests.conftest import opened
from wardround.security import AuditTrail, Told
with opened(sys.argv[1], Path(sys.argv[2])) as database:
    while True:
        with database.begin() as tx:
            AuditTrail(tx).record_many(Told(action="read") for _ in range(50))
        os.write(1, b".")
"""


def test_a_writer_that_is_killed_leaves_whole_groups(database_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, database_url, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        done = len(process.stdout.read(5))
        os.kill(process.pid, signal.SIGKILL)
        done += len(process.stdout.read())
    with opened(database_url, tmp_path) as database:
        found = verdict(database)
    assert found.sound
    assert found.events % 50 == 0
    assert found.events >= 50 * done


def test_a_full_disk_leaves_whole_groups(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path) as database:
        fill(database, 2)
        with database.begin() as tx:
            pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()

        def overflow() -> None:
            with database.begin() as tx:
                tx.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
                AuditTrail(tx).record_many(Told(action="read") for _ in range(500))

        with pytest.raises(Unavailable):
            overflow()
        assert verdict(database).events == 2
        assert verdict(database).sound


def test_a_transaction_that_only_reads_takes_no_event(database: Database) -> None:
    with database.read() as tx, pytest.raises(RuntimeError):
        AuditTrail(tx).record("read", "success")
