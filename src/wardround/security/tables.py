"""The tables of the room: people and how they sign in, the audit trail, and wrapped data keys."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from wardround.database import metadata
from wardround.security.sealing import Sealed

people = Table(
    "security_person",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(256), nullable=False),
    Column("role", String(32), nullable=False),
    Column("reference", String(128), nullable=False),
    Column("password", String(256), nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
    Column("disabled", DateTime(timezone=True)),
    Column("must_change", DateTime(timezone=True)),
)

sessions = Table(
    "security_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("person_id", String(64), ForeignKey("security_person.id"), nullable=False),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("method", String(32)),
    Column("agent", String(64)),
    Column("due", String(16)),
    Index("ix_security_session_person_id", "person_id"),
)

tickets = Table(
    "security_ticket",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("purpose", String(32), nullable=False),
    Column("person_id", String(64)),
    Column("data", JSON, nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
)

attempts = Table(
    "security_attempt",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True)),
)

factors = Table(
    "security_factor",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person_id", String(64), ForeignKey("security_person.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("lookup", String(64)),
    Column("sealed", LargeBinary, info=Sealed(lambda row: factor_place(row.id)).info),
    Column("counter", BigInteger, nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
    Column("used", DateTime(timezone=True)),
    Index("ix_security_factor_person_id", "person_id"),
    Index("ix_security_factor_lookup", "lookup", unique=True),
)

links = Table(
    "security_link",
    metadata,
    Column("lookup", String(64), primary_key=True),
    Column("person_id", String(64), ForeignKey("security_person.id"), nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
)

tokens = Table(
    "security_token",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("token_sha256", String(64), nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("made_by", String(64)),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("used", DateTime(timezone=True)),
    Column("revoked", DateTime(timezone=True)),
    Index("ix_security_token_token_sha256", "token_sha256", unique=True),
)

audit = Table(
    "security_audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("action", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("actor", String(64)),
    Column("role", String(32)),
    Column("subject", String(160)),
    Column("entity", String(160)),
    Column("purpose", String(16)),
    Column("detail", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_security_audit_at", "at"),
    Index("ix_security_audit_actor", "actor", "at"),
    Index("ix_security_audit_subject", "subject", "at"),
    Index("ix_security_audit_entity", "entity"),
    Index("ix_security_audit_action", "action", "id"),
)

audit_head = Table(
    "security_audit_head",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("id", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

checkpoints = Table(
    "security_checkpoint",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

keys = Table(
    "security_key",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", String(160), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("master", String(256), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("destroyed", DateTime(timezone=True)),
    Column("retired", DateTime(timezone=True)),
    Index("ix_security_key_owner", "owner"),
)

emergencies = Table(
    "security_emergency",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("patient", String(160), nullable=False),
    Column("reason", String(32), nullable=False),
    Column(
        "words",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: emergency_place(row.id, "words")).info,
    ),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("reviewed_by", String(64)),
    Column("reviewed", DateTime(timezone=True)),
    Column("judgement", String(16)),
    Column("note", LargeBinary, info=Sealed(lambda row: emergency_place(row.id, "note")).info),
    Index("ix_security_emergency_person", "person", "ends"),
    Index("ix_security_emergency_reviewed", "reviewed"),
)
"""Whose chart was opened stays known when the chart is destroyed: the words are nobody's."""

sealed_forms = Table(
    "security_sealed",
    metadata,
    Column("column", String(128), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)
"""The columns of which every value is sealed: what was kept in clear before has been seen to."""


def utc(moment: datetime) -> datetime:
    """Return a moment as read from the database, aware and in UTC: SQLite keeps no time zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def emergency_place(emergency_id: str, name: str) -> str:
    """Return what the words of an emergency access, or of its review, are sealed for."""
    return f"security_emergency/{emergency_id}/{name}"


def factor_place(factor_id: str) -> str:
    """Return what the secret of a second factor is sealed for."""
    return f"security_factor/{factor_id}"
