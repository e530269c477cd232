"""The table of the register; what was disclosed to whom is sealed, and outlives the chart."""

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


def disclosure_place(disclosure: str) -> str:
    """Return what an entry is sealed for."""
    return f"privacy_disclosure/{disclosure}"
