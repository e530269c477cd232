"""Work on what is kept that nothing else may do meanwhile: backups, keys changed or destroyed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from wardround.kernel import Conflict
from wardround.settings import Settings


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Let no other process do such work on this installation; raise ``Conflict`` where one does.

    A backup copies the database before the files: keys that change between would leave files in it
    that nothing opens.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.home / "upkeep.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                "A backup is being made, or keys are being changed.",
                where=str(settings.home),
                mend="Try again when that is done.",
            ) from None
        yield
    finally:
        os.close(handle)
