"""Verification: the chain is followed from its first event to its last, every signature checked.

What it finds: an event that was edited, in whatever column; one taken out, put in or moved; events
cut off the end; a chain written anew, which no longer goes where a signed checkpoint says.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from wardround.kernel import Noun
from wardround.security.audit.chain import GENESIS, reading
from wardround.security.audit.checkpoints import Checkpoint, stored
from wardround.security.tables import audit_head
from wardround.security.vault import vault_of

MOST = 20
"""Faults that are told; the first says where to look."""

_BATCH = 1000


class Fault(Noun):
    """What is wrong, and at which event."""

    event: int
    what: str


class Verdict(Noun):
    """What verification found: events and checkpoints looked at, and the faults."""

    first: int
    last: int
    events: int
    checkpoints: int
    checkpoint: Checkpoint | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify_trail(tx: Connection, copies: Iterable[Checkpoint] = ()) -> Verdict:
    """Follow the whole chain; ``copies`` are checkpoints kept elsewhere. It takes no lock."""
    points = list(stored(tx))
    faults = list(_unsigned(tx, points, "in the database"))
    copied = list(copies)
    faults += _unsigned(tx, copied, "in the file")
    start, previous = _start(points)
    wanted: dict[int, set[bytes]] = {}
    for point in (*points, *copied):
        if point.id > start:
            wanted.setdefault(point.id, set()).add(point.hash)
    number, count = start, 0
    for batch in _rows(tx, start):
        for found, digest, codes, event in batch:
            if found != number + 1:
                faults.append(_gap(number, found))
            if sha256(previous + (codes + event).encode()).digest() != digest:
                faults.append(Fault(event=found, what=_CHANGED))
            number, previous = found, digest
            if found in wanted and wanted.pop(found) != {digest}:
                faults.append(Fault(event=found, what=_REWRITTEN))
        count += len(batch)
        if len(faults) > MOST:
            break
    else:
        faults += _beyond(tx, number, previous, wanted)
    return Verdict(
        first=start + 1,
        last=number,
        events=count,
        checkpoints=len(points),
        checkpoint=points[-1] if points else None,
        faults=tuple(sorted(faults[:MOST], key=lambda fault: fault.event)),
    )


_CHANGED = "This event was changed, or the one before it was replaced."
_REWRITTEN = "A signed checkpoint says that the trail was another up to this event."


def _gap(number: int, found: int) -> Fault:
    if found == number + 2:
        return Fault(event=number + 1, what="This event was taken out.")
    return Fault(event=number + 1, what=f"Events {number + 1} to {found - 1} were taken out.")


def _start(points: Iterable[Checkpoint]) -> tuple[int, bytes]:
    """Return id and hash of what the first event follows: nothing, or the last archived."""
    cuts = [point for point in points if point.kind == "cut"]
    return (cuts[-1].id, cuts[-1].hash) if cuts else (0, GENESIS)


def _unsigned(tx: Connection, points: Iterable[Checkpoint], where: str) -> Iterator[Fault]:
    vault = vault_of(tx)
    for point in points:
        if not vault.verify(point.signed, point.signature):
            yield Fault(event=point.id, what=f"The checkpoint {where} is not signed by us.")


def _beyond(
    tx: Connection, number: int, digest: bytes, wanted: dict[int, set[bytes]]
) -> Iterator[Fault]:
    """Yield what says that the trail went on after its last event."""
    row = tx.execute(select(audit_head.c.id, audit_head.c.hash)).one_or_none()
    if row is None or (row.id, bytes(row.hash)) != (number, digest):
        what = "The trail's own head is not at this event: events were cut off, or put on."
        yield Fault(event=number, what=what)
    for missing in sorted(wanted):
        yield Fault(event=missing, what="A signed checkpoint is of this event, which is gone.")


_Row = tuple[int, bytes, str, str]


def _rows(tx: Connection, after: int) -> Iterator[list[_Row]]:
    """Yield batches of rows as the driver has them: it makes no object for a row but the row."""
    driver: Any = tx.connection.driver_connection
    sqlite = tx.dialect.name == "sqlite"
    query = reading(sqlite, after)
    with closing(driver.cursor()) as cursor:
        if sqlite:
            cursor.execute(query)
            while batch := cursor.fetchmany(_BATCH):
                yield batch
        else:
            with closing(_streamed(cursor, query)) as rows:
                while batch := list(islice(rows, _BATCH)):
                    yield batch


def _streamed(cursor: Any, query: str) -> Generator[_Row, None, None]:
    """Read from PostgreSQL as it comes: the server is at the next rows while these are hashed."""
    from psycopg import capabilities

    size = _BATCH if capabilities.has_stream_chunked() else 1
    rows: Generator[_Row, None, None] = cursor.stream(query, size=size, binary=True)
    return rows
