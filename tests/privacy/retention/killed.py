"""A run of retention that kills its own process at a moment that is counted.

Moments are counted: before and after each transaction that writes, each file that goes, and the
database's files written anew.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wardround.bootstrap import retain
from wardround.database import Database
from wardround.settings import Settings

DAYS = 30


def settings(home: Path) -> Settings:
    return Settings(home=home, keep_unsigned_days=DAYS)


def late() -> datetime:
    return datetime.now(UTC) + timedelta(days=DAYS + 1)


def main(home: Path, moment: int) -> None:
    left = [moment]
    begin, compact, unlink = Database.begin, Database.compact, Path.unlink

    def passed() -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def beginning(self: Database) -> Iterator[Any]:
        passed()
        with begin(self) as tx:
            yield tx
        passed()

    def compacting(self: Database) -> None:
        passed()
        compact(self)
        passed()

    def unlinking(self: Path, missing_ok: bool = False) -> None:
        passed()
        unlink(self, missing_ok)

    Database.begin = beginning  # type: ignore[method-assign]
    Database.compact = compacting  # type: ignore[method-assign]
    Path.unlink = unlinking  # type: ignore[method-assign]
    retain(settings(home), late)
