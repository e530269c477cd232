"""What the rooms that keep things tell of them: what is past its time, and how it is destroyed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from wardround.kernel import Noun


class Item(Noun):
    """One thing past its time: its reference, such as ``draft/7f3a``, and whose it is.

    ``needed`` says that it is kept all the same: something of the chart stands on it.
    """

    reference: str
    subject: str | None = None
    needed: bool = False


class Keeper(Protocol):
    """What keeps one kind of the schedule, which has its ``name``."""

    name: str

    def due(self, tx: Connection, before: datetime) -> Sequence[Item]:
        """Return what was over before a moment, oldest first."""
        ...

    def destroy(self, tx: Connection, item: Item, before: datetime) -> bool:
        """Destroy a thing that was due; False, and nothing changed, where it no longer is."""
        ...
