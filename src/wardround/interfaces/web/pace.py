"""How fast somebody who is signed in may ask: faster than any hand, slower than a copy of it all.

What they may read they may read; a program in their name that reads all of it is held back, and
that it was is in the audit trail (ASVS 5.0, 2.4.1).
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from wardround.kernel import TooManyAttempts

BURST = 1000
"""Requests at once, after a while of none."""
RATE = 5.0
"""Requests a second that come back."""
_MOST = 10_000
"""Sessions and tokens that are remembered; the longest unused go first."""


class _State(NamedTuple):
    left: float
    at: float
    refused: bool


class TooFast(TooManyAttempts):
    """Somebody asks too fast; ``first`` says that their last request was still answered."""

    def __init__(self, *, first: bool) -> None:
        self.first = first
        super().__init__("More was asked for than anybody asks for by hand.", mend="Wait a minute.")


class Pace:
    """Counts requests of each session and each service token of this process."""

    def __init__(
        self, burst: int = BURST, rate: float = RATE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._rate = rate
        self._clock = clock
        self._known: OrderedDict[str, _State] = OrderedDict()
        self._lock = Lock()

    def spend(self, who: str) -> None:
        """Count a request; raise ``TooFast`` where they have none left."""
        now = self._clock()
        with self._lock:
            before = self._known.pop(who, _State(float(self._burst), now, refused=False))
            left = min(self._burst, before.left + (now - before.at) * self._rate)
            refused = left < 1
            self._known[who] = _State(left if refused else left - 1, now, refused)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        if refused:
            raise TooFast(first=not before.refused)
