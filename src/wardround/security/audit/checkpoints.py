"""Checkpoints: how far the trail had come, signed with the key of this installation.

Whoever can rewrite the whole chain cannot sign it. A checkpoint is made every ``EVERY`` events, in
their transaction, and by ``keep_checkpoints`` while the server runs, which also appends them to a
file beside the database: a database cut back together with its checkpoints is seen against it, and
a copy of that file on another machine shows even an administrator's hand.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from errno import ENOSPC
from pathlib import Path
from typing import Any, Literal

import orjson
from sqlalchemy import Connection, func, insert, select

from wardround.database import Database
from wardround.kernel import Clock, InvalidInput, Noun, Unavailable, system_clock
from wardround.security.audit.chain import moment
from wardround.security.tables import audit_head, checkpoints, utc
from wardround.security.vault import vault_of

EVERY = 1000
"""Events from one checkpoint to the next."""

_TAIL = 8192

Kind = Literal["end", "cut"]
"""Where the trail ended at the time, or where what was before it went to an archive."""


class Checkpoint(Noun):
    """The chain had ``hash`` at event ``id``; ``signature`` is over all the rest."""

    id: int
    kind: Kind
    at: datetime
    hash: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return signed(self.id, self.kind, self.at, self.hash)


def signed(number: int, kind: str, at: datetime, digest: bytes) -> bytes:
    """Return what the signature of a checkpoint is over."""
    return f"wardround audit checkpoint {kind} {number} {moment(at)} {digest.hex()}".encode()


def head(tx: Connection, *, lock: bool = False) -> tuple[int, bytes]:
    """Return id and hash of the newest event; ``lock`` keeps other writers waiting until commit."""
    query = select(audit_head.c.id, audit_head.c.hash)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise Unavailable(
            "The audit trail has lost its head.",
            where="security_audit_head",
            mend="Run: wardround audit verify; then restore a backup.",
        )
    return row.id, bytes(row.hash)


def mark(tx: Connection, clock: Clock = system_clock, kind: Kind = "end") -> None:
    """Sign how far the trail has come; where that was signed before, do nothing."""
    number, digest = head(tx, lock=True)
    add(tx, number, digest, clock(), kind)


def add(tx: Connection, number: int, digest: bytes, at: datetime, kind: Kind) -> None:
    """Sign that the chain had ``digest`` at event ``number``."""
    known = select(checkpoints.c.id).where(checkpoints.c.id == number, checkpoints.c.kind == kind)
    if number == 0 or tx.execute(known).first() is not None:
        return
    signature = vault_of(tx).sign(signed(number, kind, at, digest))
    tx.execute(
        insert(checkpoints).values(id=number, kind=kind, at=at, hash=digest, signature=signature)
    )


def last_checkpoint(tx: Connection) -> Checkpoint | None:
    """Return the newest checkpoint."""
    return next(stored(tx, newest=True), None)


def stored(tx: Connection, *, newest: bool = False, after: int = 0) -> Iterator[Checkpoint]:
    """Yield the checkpoints of the database, oldest or newest first, after an event's id."""
    order = checkpoints.c.id.desc() if newest else checkpoints.c.id
    query = select(checkpoints).where(checkpoints.c.id > after).order_by(order, checkpoints.c.kind)
    for row in tx.execute(query).mappings():
        yield Checkpoint.model_validate({**row, "at": utc(row["at"])})


def keep_checkpoints(database: Database, file: Path, clock: Clock = system_clock) -> None:
    """Make a checkpoint where events came since the last, and append what is new to ``file``."""
    with database.begin() as tx:
        number, _ = head(tx)
        if number > (tx.execute(select(func.max(checkpoints.c.id))).scalar() or 0):
            mark(tx, clock)
    with database.read() as tx:
        publish(file, stored(tx, after=_newest(file)))


def publish(file: Path, points: Iterable[Checkpoint]) -> None:
    """Append checkpoints to ``file``, which only its owner may read."""
    lines = b"".join(map(line_of, points))
    if not lines:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _drop_half_a_line(descriptor)
        _write(descriptor, lines)
        os.fsync(descriptor)
    except OSError as error:
        raise Unavailable(
            f"The checkpoints could not be written: {error.strerror}.",
            where=file.name,
            mend="Make room; they stand in the database, and are written when there is.",
        ) from None
    finally:
        os.close(descriptor)


def _write(descriptor: int, lines: bytes) -> None:
    """Write whole lines by one call: two processes at once repeat a line at worst, and mix none.

    A disk that fills up takes a part and says nothing; the next to write cuts the half line off.
    """
    if os.write(descriptor, lines) != len(lines):
        raise OSError(ENOSPC, os.strerror(ENOSPC))


def _drop_half_a_line(descriptor: int) -> None:
    """Cut off what a writer that was killed left behind its last whole line."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, _TAIL, max(0, size - _TAIL))
    if not tail.endswith(b"\n"):
        os.ftruncate(descriptor, size - len(tail.rpartition(b"\n")[2]))


def _newest(file: Path) -> int:
    """Return the newest event that the end of the file has a checkpoint of, or 0."""
    if not file.exists():
        return 0
    with file.open("rb") as lines:
        lines.seek(max(0, file.stat().st_size - _TAIL))
        whole = lines.read().split(b"\n")[1 if lines.tell() > _TAIL else 0 : -1]
    return max((orjson.loads(line)["id"] for line in whole), default=0)


def read_checkpoints(file: Path) -> Iterator[Checkpoint]:
    """Yield the checkpoints of a file; raise ``InvalidInput`` where a line is none."""
    for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
        if line:
            yield read_line(line, f"{file.name}:{number}")


def read_line(line: bytes, where: str) -> Checkpoint:
    """Return the checkpoint of a line; raise ``InvalidInput`` where it is none."""
    try:
        value: dict[str, Any] = orjson.loads(line)
        binary = {name: b64decode(value[name]) for name in ("hash", "signature")}
        return Checkpoint.model_validate({**value, **binary})
    except (ValueError, KeyError, TypeError):
        raise InvalidInput(
            "This line is no checkpoint.", where=where, mend="Compare the file with its copy."
        ) from None


def line_of(point: Checkpoint) -> bytes:
    """Return a checkpoint as a line of a file."""
    value = {
        "id": point.id,
        "kind": point.kind,
        "at": point.at.isoformat(),
        "hash": b64encode(point.hash).decode(),
        "signature": b64encode(point.signature).decode(),
    }
    return orjson.dumps(value) + b"\n"
