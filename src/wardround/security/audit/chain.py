"""The chain: each event's SHA-256 is over the hash before it and everything its row says.

The database itself puts a row together for verification, so the text below and the query must
agree to the byte; a test compares them on both databases. Each column stands in quotes and what is
null stands without, so that no two rows read alike.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GENESIS = bytes(32)
"""What the first event follows."""

COLUMNS = ("action", "outcome", "actor", "role", "subject", "entity", "purpose", "detail")
"""The columns that are hashed between id and time and the event itself, in this order."""


def link(previous: bytes, said: str) -> bytes:
    """Return the hash of an event that says ``said`` and follows ``previous``."""
    return sha256(previous + said.encode()).digest()


def said(row: Mapping[str, Any]) -> str:
    """Return everything a row says, but its hash; codes hold no quotes and no backslashes."""
    quoted = ["NULL" if row[name] is None else f"'{row[name]}'" for name in COLUMNS]
    return " ".join([str(row["id"]), moment(row["at"]), *quoted]) + str(row["event"])


def moment(at: datetime) -> str:
    """Return a moment as it is hashed: UTC to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def reading(sqlite: bool, after: int) -> str:
    """Return the SQL of id, hash, what is before the event, and the event; in order, after an id.

    SQLite's ``%Q`` and PostgreSQL's ``%L`` quote a text and write ``NULL`` for none.
    """
    at = "at" if sqlite else "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    pattern = " ".join(["%s", "%s", *["%Q" if sqlite else "%L"] * len(COLUMNS)])
    words = f"format('{pattern}', id, {at}, {', '.join(COLUMNS)})"
    return f"SELECT id, hash, {words}, event FROM security_audit WHERE id > {after:d} ORDER BY id"  # noqa: S608 (a number, and names of ours) # nosec B608
