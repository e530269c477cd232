"""The tables of the register; what people wrote is sealed by the vault."""

from sqlalchemy import Column, DateTime, Index, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

agreements = Table(
    "privacy_agreement",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: f"agreement/{row.id}/{row.version}").info,
    ),
)

documents = Table(
    "privacy_agreement_document",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("agreement", String(36), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column(
        "name",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: f"agreement_document/{row.id}/name").info,
    ),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: f"agreement_document/{row.id}").info,
    ),
    Index("ix_privacy_agreement_document_agreement", "agreement"),
)
