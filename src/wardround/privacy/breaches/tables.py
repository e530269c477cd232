"""The tables of the register: versions of incidents and of their letters, what they say sealed."""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

breaches = Table(
    "privacy_breach",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: breach_place(row.id, row.version)).info,
    ),
)

letters = Table(
    "privacy_breach_letter",
    metadata,
    Column("breach", String(36), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: letter_place(row.breach, row.kind, row.version)).info,
    ),
)


def breach_place(breach: str, version: int) -> str:
    """Return what a version of an incident is sealed for."""
    return f"privacy_breach/{breach}/{version}"


def letter_place(breach: str, kind: str, version: int) -> str:
    """Return what a version of a letter is sealed for."""
    return f"privacy_breach_letter/{breach}/{kind}/{version}"
