"""The keys of an installation as rows: how many there are, and letting them go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, delete, func, select, update

from wardround.database import Database
from wardround.kernel import Clock, system_clock
from wardround.security.tables import keys, utc
from wardround.security.vault import OF_ALL, vault_of

RETIRED = keys.c.retired.is_not(None) & keys.c.destroyed.is_(None)
"""The keys that nothing new is sealed under, and that are not destroyed yet."""


class Hold(Protocol):
    """Says why a patient's data may not be destroyed, such as a legal hold; None where it may."""

    def __call__(self, tx: Connection, subject: str) -> str | None:
        """Return the reason, in words without PHI."""
        ...


@dataclass(frozen=True)
class KeyStatus:
    """What keys there are: the master key's name, and counts of data keys by their state."""

    master: str
    current: int
    retired: int
    destroyed: int
    oldest: datetime | None
    """When the oldest key that still opens something was made."""


def key_status(database: Database) -> KeyStatus:
    """Return what keys there are; those of the installation itself are not counted."""
    data = keys.c.owner.not_in(OF_ALL)
    alive = keys.c.destroyed.is_(None)
    with database.read() as tx:

        def count(*conditions: object) -> int:
            query = select(func.count()).select_from(keys).where(data, *conditions)  # type: ignore[arg-type]
            return int(tx.execute(query).scalar_one())

        oldest = tx.execute(select(func.min(keys.c.created)).where(data, alive)).scalar_one()
        return KeyStatus(
            master=vault_of(tx).master.name,
            current=count(alive, keys.c.retired.is_(None)),
            retired=count(RETIRED),
            destroyed=count(keys.c.destroyed.is_not(None)),
            oldest=None if oldest is None else utc(oldest),
        )


def retire_keys(database: Database, clock: Clock = system_clock) -> int:
    """Let nothing new be sealed under the data keys there are; return how many were retired."""
    with database.begin() as tx:
        standing = keys.c.retired.is_(None) & keys.c.destroyed.is_(None)
        done = tx.execute(
            update(keys).where(standing, keys.c.owner.not_in(OF_ALL)).values(retired=clock())
        )
        return int(done.rowcount)


def drop_retired(database: Database) -> int:
    """Destroy the retired keys; whoever calls this has sealed all that was under them anew."""
    with database.begin() as tx:
        done = tx.execute(delete(keys).where(RETIRED)).rowcount
        vault_of(tx).forget()
    database.compact()
    return int(done)
