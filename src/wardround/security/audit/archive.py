"""Events older than six years, moved to a file that proves itself as the trail does.

45 CFR 164.316(b)(2)(i) asks for six years; the database's own triggers let go of nothing younger.
An archive is JSON Lines: every event as its row was, then the checkpoint that the trail now begins
after, signed. The file is on the disk before anything leaves the database.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, delete, func, select

from wardround.database import Database
from wardround.kernel import Clock, Conflict, InvalidInput, NotAllowed, system_clock
from wardround.security.audit.chain import GENESIS, link, said
from wardround.security.audit.checkpoints import (
    Checkpoint,
    add,
    head,
    line_of,
    read_line,
    stored,
)
from wardround.security.audit.trail import AuditTrail
from wardround.security.audit.verifying import Fault, verify_trail
from wardround.security.tables import audit, utc
from wardround.security.vault import vault_of

YEARS = 6
_PAGE = 1000


def prune_trail(
    database: Database, file: Path, before: datetime, clock: Clock = system_clock
) -> int:
    """Move the events before ``before`` into ``file``; return how many those were.

    Raise ``InvalidInput`` where that is less than six years ago, ``Conflict`` where the file is
    there, and ``NotAllowed`` where the trail does not verify.
    """
    now = clock()
    if before > now.replace(year=now.year - YEARS, day=min(now.day, 28)):
        raise InvalidInput("The audit trail is kept for six years.", where="before")
    with database.begin() as tx:
        head(tx, lock=True)
        if not verify_trail(tx).sound:
            raise NotAllowed("The trail was changed.", mend="Run: wardround audit verify.")
        first = tx.execute(select(func.min(audit.c.id))).scalar()
        young = tx.execute(select(func.min(audit.c.id)).where(audit.c.at >= before)).scalar()
        newest, _ = head(tx)
        last = newest if young is None else young - 1
        if first is None or last < first:
            return 0
        digest = tx.execute(select(audit.c.hash).where(audit.c.id == last)).scalar_one()
        add(tx, last, digest, now, "cut")
        (cut,) = [point for point in stored(tx, after=last - 1) if point.kind == "cut"]
        descriptor = _made(file)
        try:
            _write(tx, descriptor, last, cut)
            tx.execute(delete(audit).where(audit.c.id <= last))
            AuditTrail(tx, clock).record("prune-audit", "success", detail={"last": str(last)})
        except BaseException:
            file.unlink()
            raise
    return int(last - first + 1)


def verify_archive(tx: Connection, file: Path) -> list[Fault]:
    """Return what is wrong with an archive: nothing, where it is as it was written."""
    vault, number, previous = vault_of(tx), 0, b""
    for row, cut in _read(file):
        if row is not None:
            if number == 0:
                previous = _before(tx, row["id"])
            elif row["id"] != number + 1:
                return [Fault(event=number + 1, what="This event was taken out.")]
            number, expected = row["id"], link(previous, said(row))
            if expected != (previous := row["hash"]):
                return [Fault(event=number, what="This event was changed.")]
        elif cut is not None:
            signed = vault.verify(cut.signed, cut.signature)
            if signed and (cut.id, cut.hash, cut.kind) == (number, previous, "cut"):
                return []
            return [Fault(event=number, what="The archive does not end as it was signed.")]
    return [Fault(event=number, what="The archive was cut off.")]


def _before(tx: Connection, first: int) -> bytes:
    """Return the hash that an archive's first event follows."""
    cuts = {point.id: point.hash for point in stored(tx) if point.kind == "cut"}
    return GENESIS if first == 1 else cuts.get(first - 1, b"")


def _made(file: Path) -> int:
    try:
        return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Conflict("This file is there already.", where=file.name) from None


def _write(tx: Connection, descriptor: int, last: int, cut: Checkpoint) -> None:
    with os.fdopen(descriptor, "wb") as lines:
        for row in _rows(tx, last):
            lines.write(orjson.dumps(row) + b"\n")
        lines.write(line_of(cut))
        lines.flush()
        os.fsync(lines.fileno())


def _rows(tx: Connection, last: int) -> Iterator[dict[str, Any]]:
    done = 0
    while True:
        query = select(audit).where(audit.c.id > done, audit.c.id <= last)
        rows = tx.execute(query.order_by(audit.c.id).limit(_PAGE)).mappings().all()
        for row in rows:
            done = row["id"]
            values = {str(name): value for name, value in row.items()}
            yield values | {"at": utc(row["at"]), "hash": bytes(row["hash"]).hex()}
        if len(rows) < _PAGE:
            return


def _read(file: Path) -> Iterator[tuple[dict[str, Any] | None, Checkpoint | None]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{file.name}:{number}"
            try:
                row = orjson.loads(line)
                if "signature" in row:
                    yield None, read_line(line, where)
                    continue
                at = datetime.fromisoformat(row["at"]).astimezone(UTC)
                yield {**row, "at": at, "hash": bytes.fromhex(row["hash"])}, None
            except (ValueError, KeyError, TypeError):
                raise InvalidInput("This line is no event.", where=where) from None
