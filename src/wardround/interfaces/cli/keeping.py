"""What is seen to while the server runs: checkpoints, the daily review, the daily watch."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardround.bootstrap import Wardround

log = logging.getLogger(__name__)

SECONDS = 60.0
"""From one checkpoint to the next, where anything happened."""

REVIEWED_DAYS = 30
"""How far back the review of access looks each day."""


@contextmanager
def keeping(wardround: "Wardround") -> Iterator[None]:
    """Make checkpoints at the beginning, by the minute, and at the end; review and watch daily.

    The review of access and the watch over models have threads of their own: a long one keeps no
    checkpoint waiting. One that is cut off by the end of the server has kept nothing, and is begun
    again.
    """
    ended = threading.Event()

    def by_the_minute(do: Callable[["Wardround"], None]) -> None:
        while True:
            do(wardround)
            if ended.wait(SECONDS):
                return

    threads = [
        threading.Thread(target=by_the_minute, args=(do,), name=name, daemon=True)
        for name, do in (
            ("checkpoints", _keep),
            ("access review", _review),
            ("model watch", _watch),
        )
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(10)
        _keep(wardround)


def _review(wardround: "Wardround") -> None:
    from wardround.bootstrap import review_access, review_is_due

    try:
        if review_is_due(wardround):
            review_access(wardround, REVIEWED_DAYS)
    except Exception as error:  # noqa: BLE001 (it is due in a minute still)
        log.error("access could not be reviewed: %s", type(error).__name__)  # noqa: TRY400


def _watch(wardround: "Wardround") -> None:
    from wardround.bootstrap import watch_is_due, watch_models

    try:
        if watch_is_due(wardround):
            watch_models(wardround)
    except Exception as error:  # noqa: BLE001 (it is due in a minute still)
        log.error("models could not be watched: %s", type(error).__name__)  # noqa: TRY400


def _keep(wardround: "Wardround") -> None:
    from wardround.security import keep_checkpoints

    try:
        keep_checkpoints(wardround.database, wardround.settings.checkpoints, wardround.clock)
    except Exception as error:  # noqa: BLE001 (a full disk now may have room in a minute)
        log.error("no checkpoint of the audit trail could be kept: %s", type(error).__name__)  # noqa: TRY400
