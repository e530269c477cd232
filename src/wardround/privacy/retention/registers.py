"""The registers: an entry that is over, once the clinic keeps it no longer.

Six years at least from when it was made or last in force (45 CFR 164.316(b)(2)(i), 164.530(j)(2)):
a disclosure from its day, an emergency access from its review, a legal hold from when it was
lifted, an agreement from its end.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from wardround.privacy.disclosures import Disclosures
from wardround.privacy.egress import Agreements
from wardround.privacy.holds import LegalHolds
from wardround.privacy.retention.keeper import Item
from wardround.security import Emergencies


class Register(Protocol):
    """What every register tells of its entries, within one transaction."""

    def over(self, before: datetime) -> Sequence[tuple[str, str | None]]:
        """Return the ids of entries that were over by then, each with its patient if any."""
        ...

    def forget(self, entry: str, before: datetime, /) -> bool:
        """Delete an entry that was over by then; return whether it was."""
        ...


REGISTERS: Mapping[str, Callable[[Connection], Register]] = {
    "agreement": Agreements,
    "disclosure": Disclosures,
    "emergency": Emergencies,
    "hold": LegalHolds,
}
"""Each register, by what the audit trail calls its entries."""


class Registers:
    """Keeps the entries of all registers; a ``Keeper``."""

    name = "registers"

    def due(self, tx: Connection, before: datetime) -> Sequence[Item]:
        """Return the entries that were over before a moment."""
        return [
            Item(reference=f"{word}/{entry}", subject=patient)
            for word, register in REGISTERS.items()
            for entry, patient in register(tx).over(before)
        ]

    def destroy(self, tx: Connection, item: Item, before: datetime) -> bool:
        """Delete an entry that was due."""
        word, _, entry = item.reference.partition("/")
        return REGISTERS[word](tx).forget(entry, before)
