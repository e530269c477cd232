"""The tables of the record: what stands now, every version there was, and the search index."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from wardround.database import metadata
from wardround.record.owner import owner_in
from wardround.security import Sealed

resources = Table(
    "record_resource",
    metadata,
    Column("kind", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated", DateTime(timezone=True), nullable=False),
    Column("deleted", Boolean, nullable=False),
    Index("ix_record_resource_updated", "kind", "updated"),
)

versions = Table(
    "record_version",
    metadata,
    Column("kind", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("updated", DateTime(timezone=True), nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column(
        "body",
        LargeBinary,
        nullable=False,
        info=Sealed(
            lambda row: version_place(row.kind, row.id, row.version),
            owner_in,
            emptied={"body": b"", "deleted": True},
        ).info,
    ),
)
"""The body is sealed; that of a deletion is empty."""

index = Table(
    "record_index",
    metadata,
    Column("row", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("id", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("system", Text),
    # By code point, as SQLite does by itself: then a prefix is a range.
    Column("value", Text().with_variant(Text(collation="C"), "postgresql")),
    Column("exact", Text),
    Column("low", Float),
    Column("high", Float),
    Column(
        "sealed", LargeBinary, info=Sealed(lambda row: index_place(row.kind, row.id, row.name)).info
    ),
    Index("ix_record_index_resource", "kind", "id", "name"),
    Index("ix_record_index_value", "kind", "name", "value", "id"),
    Index("ix_record_index_low", "kind", "name", "low", "high", "id"),
)
"""One row a value: tokens, strings and references by ``value``; dates and numbers by range.

A reference to a resource of ours has its type as ``system`` and its id as ``value``. A string has
its words without case and accents as ``value``, and as they were written as ``exact``. Dates are
seconds since 1970 in UTC, from ``low`` (inclusive) to ``high`` (exclusive). What may tell who
somebody is stands there as keyed hashes, and as it is only in ``sealed`` (``hidden.py``).
"""

blobs = Table(
    "record_blob",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("owner", String(160), nullable=False),
    Column("kept", DateTime(timezone=True), nullable=False),
    Index("ix_record_blob_digest", "digest"),
    Index("ix_record_blob_owner", "owner"),
)
"""Where each blob is: its name on the disk tells nothing, and its digest is a keyed hash."""

leaving = Table(
    "record_blob_leaving",
    metadata,
    Column("name", String(32), primary_key=True),
)
"""Blobs that left the record, until their files are gone: whatever happens in between."""

index_form = Table(
    "record_index_form",
    metadata,
    Column("form", String(64), primary_key=True),
)
"""What the index was built by; where it is not what we build it by, it is built anew."""


def version_place(kind: str, resource_id: str, version: int) -> str:
    """Return what the body of a version is sealed for."""
    return f"record_version/{kind}/{resource_id}/{version}"


def index_place(kind: str, resource_id: str, name: str) -> str:
    """Return what a value in the index is sealed for."""
    return f"record_index/{kind}/{resource_id}/{name}"
