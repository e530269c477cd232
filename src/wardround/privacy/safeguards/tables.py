"""The table of statements: every version stays, for six years and longer (164.316(b)(2)(i))."""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

statements = Table(
    "privacy_statement",
    metadata,
    Column("clause", String(32), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: statement_place(row.clause, row.version)).info,
    ),
)


def statement_place(clause: str, version: int) -> str:
    """Return what a statement is sealed for."""
    return f"privacy_statement/{clause}/{version}"
