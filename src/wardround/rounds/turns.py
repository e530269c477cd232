"""Whose turn it is: orders are drafted side by side, and what was caught by a death, alone.

When a process dies, everything it was drafting looks the same: begun, not ended. Only one of them
may have killed it. So what was caught once is begun again with nothing beside it; if the process
dies then, that order was in it alone. An innocent one is caught beside others once, never again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """Many at once, or one alone; whoever must be alone goes before those who come later."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running = 0
        self._alone = False
        self._waiting = 0

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Run beside whatever else runs."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone and not self._waiting)
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Run with nothing beside it."""
        with self._changed:
            self._waiting += 1
            try:
                self._changed.wait_for(lambda: not self._alone and not self._running)
            finally:
                self._waiting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
