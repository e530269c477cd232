"""The table of the register; what people wrote is sealed, and belongs to no patient."""

from sqlalchemy import Column, DateTime, Index, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

holds = Table(
    "privacy_hold",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("patient", String(160)),
    Column("placed", DateTime(timezone=True), nullable=False),
    Column("placed_by", String(64), nullable=False),
    Column(
        "matter",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: hold_place(row.id, "matter")).info,
    ),
    Column("lifted", DateTime(timezone=True)),
    Column("lifted_by", String(64)),
    Column("why", LargeBinary, info=Sealed(lambda row: hold_place(row.id, "why")).info),
    Index("ix_privacy_hold_patient", "patient", "lifted"),
)
"""Without a patient a hold is on all of them."""


def hold_place(hold: str, name: str) -> str:
    """Return what the words of a hold are sealed for."""
    return f"privacy_hold/{hold}/{name}"
