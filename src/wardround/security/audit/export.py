"""The trail read out: FHIR AuditEvents as JSON Lines, or one line of CSV for each event."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import orjson
from sqlalchemy import Connection

from wardround.security.audit.trail import AuditTrail

COLUMNS = (
    "id",
    "at",
    "actor",
    "role",
    "action",
    "outcome",
    "subject",
    "entity",
    "purpose",
    "detail",
    "sha256",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_ndjson(tx: Connection, **which: Any) -> Iterator[bytes]:
    """Yield each event that matches as a FHIR R4 ``AuditEvent``, oldest first, one to a line."""
    for _, resource, _ in AuditTrail(tx).resources(**which):
        yield orjson.dumps(resource) + b"\n"


def export_csv(tx: Connection, **which: Any) -> Iterator[bytes]:
    """Yield the events that match as CSV (RFC 4180) with a head line; ``sha256`` is the chain's.

    ``which`` are the filters of ``AuditTrail.list``, without paging.
    """
    yield _line(COLUMNS)
    for event, _, digest in AuditTrail(tx).resources(**which):
        detail = " ".join(f"{name}={value}" for name, value in event.detail.items())
        shown = event.model_dump(mode="json") | {"detail": detail, "sha256": digest}
        yield _line([shown[name] for name in COLUMNS])


def _line(values: Any) -> bytes:
    text = StringIO()
    csv.writer(text).writerow([inert(value) for value in values])
    return text.getvalue().encode()


def inert(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
