"""Files of drafts that are too big to open for each request: a few stay open, the last ones asked.

Each is unsealed into a file that only we may read while it is asked; it goes when others come, and
with the process.
"""

import atexit
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, Protocol, TypeVar

from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import Draft, NotFound
from wardround.security import Action


class Closes(Protocol):
    """What is open, and can be closed."""

    asking: int
    """How many requests are at it."""

    def close(self) -> None:
        """Close it once nobody reads of it, and remove its file."""
        ...


One = TypeVar("One", bound=Closes)
_DOORS = 16
"""How many files can be opened at once, as their digests fall."""


class Opened(Generic[One]):
    """What is open, by the sha256 of its file."""

    def __init__(self, most: int, opens: Callable[[Visitor, str, str], One]) -> None:
        """Keep at most so many open; ``opens`` is told the visitor, the sha256 and whose it is."""
        self._most = most
        self._opens = opens
        self._open: OrderedDict[str, One] = OrderedDict()
        self._lock = Lock()
        self._doors = [Lock() for _ in range(_DOORS)]
        atexit.register(self.close)

    @contextmanager
    def of(self, here: Visitor, digest: str, subject: str) -> Iterator[One]:
        """Give one, open while it is asked."""
        with self._doors[hash(digest) % _DOORS]:  # unsealing takes long: others go on
            one = self._asked(digest) or self._kept(digest, self._opens(here, digest, subject))
        try:
            yield one
        finally:
            with self._lock:
                one.asking -= 1
                self._close_some()

    def _asked(self, digest: str) -> One | None:
        """Return what is open, asked once more; None where it is not open."""
        with self._lock:
            one = self._open.get(digest)
            if one is not None:
                self._open.move_to_end(digest)
                one.asking += 1
            return one

    def _kept(self, digest: str, one: One) -> One:
        with self._lock:
            self._open[digest] = one
            one.asking += 1
            return one

    def _close_some(self) -> None:
        """Close what was not asked for longest; never what is being asked."""
        for digest, one in list(self._open.items()):
            if len(self._open) > self._most and not one.asking:
                self._open.pop(digest).close()

    def close(self) -> None:
        """Close all; their files are removed."""
        with self._lock:
            while self._open:
                self._open.popitem()[1].close()


def slide_draft(here: Visitor, draft_id: str, action: Action = Action.READ_DRAFT) -> Draft:
    """Return the draft of a slide that they may do ``action`` with, told to the trail."""
    draft = here.draft(draft_id, action)
    if draft.capability != "pathology" or not draft.inputs:
        raise NotFound("There is no such slide.")
    with here.chart(about=f"draft/{draft_id}", again=True) as chart:
        chart.read(draft.subject)
    return draft
