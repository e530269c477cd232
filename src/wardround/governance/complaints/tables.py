"""The table of the register: versions of complaints, what they say sealed.

A complaint outlives the chart of the patient it is about (ISO 13485, clause 4.2.5; 21 CFR 803.18),
so it is sealed for the register and not for the patient.
"""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

complaints = Table(
    "governance_complaint",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: complaint_place(row.year, row.serial, row.version)).info,
    ),
)


def complaint_place(year: int, serial: int, version: int) -> str:
    """Return what a version of a complaint is sealed for."""
    return f"governance_complaint/{year}/{serial}/{version}"
