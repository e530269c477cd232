"""The tables of the room; what was disclosed to whom is sealed, and outlives the chart."""

from sqlalchemy import Column, Date, DateTime, Index, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

disclosures = Table(
    "privacy_disclosure",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("patient", String(160), nullable=False),
    Column("day", Date, nullable=False),
    Column("entered", DateTime(timezone=True), nullable=False),
    Column("by", String(64)),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: disclosure_place(row.id)).info,
    ),
    Index("ix_privacy_disclosure_patient", "patient", "day"),
)

requests = Table(
    "privacy_disclosure_request",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("patient", String(160), nullable=False),
    Column("received", Date, nullable=False),
    Column("entered", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column("extended", Date),
    Column("until", Date),
    Column("ended", Date),
    Column("outcome", String(16)),
    Column(
        "number",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: request_place(row.id, "number")).info,
    ),
    Column("why", LargeBinary, info=Sealed(lambda row: request_place(row.id, "why")).info),
    Index("ix_privacy_disclosure_request_patient", "patient"),
)

suspensions = Table(
    "privacy_disclosure_suspension",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("patient", String(160), nullable=False),
    Column("entered", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column("lifted", DateTime(timezone=True)),
    Column("lifted_by", String(64)),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: suspension_place(row.id, "sealed")).info,
    ),
    Column("why", LargeBinary, info=Sealed(lambda row: suspension_place(row.id, "why")).info),
    Index("ix_privacy_disclosure_suspension_patient", "patient"),
)


def disclosure_place(disclosure: str) -> str:
    """Return what an entry is sealed for."""
    return f"privacy_disclosure/{disclosure}"


def request_place(request: str, name: str) -> str:
    """Return what a part of a request is sealed for."""
    return f"privacy_disclosure_request/{request}/{name}"


def suspension_place(suspension: str, name: str) -> str:
    """Return what a part of a suspension is sealed for."""
    return f"privacy_disclosure_suspension/{suspension}/{name}"
