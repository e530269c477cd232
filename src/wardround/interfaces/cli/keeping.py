"""Keeping checkpoints of the audit trail while the server runs, in the database and beside it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardround.bootstrap import Wardround

log = logging.getLogger(__name__)

SECONDS = 60.0
"""From one checkpoint to the next, where anything happened."""


@contextmanager
def keeping(wardround: "Wardround") -> Iterator[None]:
    """Make checkpoints at the beginning, by the minute, and at the end."""
    ended = threading.Event()

    def by_the_minute() -> None:
        while True:
            _keep(wardround)
            if ended.wait(SECONDS):
                return

    thread = threading.Thread(target=by_the_minute, name="checkpoints", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(10)
        _keep(wardround)


def _keep(wardround: "Wardround") -> None:
    from wardround.security import keep_checkpoints

    try:
        keep_checkpoints(wardround.database, wardround.settings.checkpoints, wardround.clock)
    except Exception as error:  # noqa: BLE001 (a full disk now may have room in a minute)
        log.error("no checkpoint of the audit trail could be kept: %s", type(error).__name__)  # noqa: TRY400
