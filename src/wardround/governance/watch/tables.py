"""The tables of the watch: outcomes, sealed under each patient's key; looks and references.

What a look found and a reference are counts and quantiles of many, and hold no patient.
"""

from typing import Any

from sqlalchemy import Column, DateTime, Index, LargeBinary, String, Table, Text

from wardround.database import metadata
from wardround.security import Sealed


def outcome_place(draft: str) -> str:
    """Return what the outcome of a prediction is sealed for."""
    return f"governance_outcome/{draft}"


def _subject(_: bytes, row: Any) -> str:
    return str(row.subject)


outcomes = Table(
    "governance_outcome",
    metadata,
    Column("draft", String(64), primary_key=True),
    Column("subject", String(128), nullable=False),
    Column("entered", DateTime(timezone=True), nullable=False),
    Column("entered_by", String(64)),
    Column("source", String(16), nullable=False),
    Column(
        "document",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: outcome_place(row.draft), _subject).info,
    ),
    Index("ix_governance_outcome_subject", "subject"),
)

looks = Table(
    "governance_look",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64)),
    Column("capability", String(64), nullable=False),
    Column("model", String(128), nullable=False),
    Column("version", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_governance_look_model", "capability", "model", "at"),
)

references = Table(
    "governance_reference",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("model", String(128), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("document", Text, nullable=False),
)
"""How the first predictions here were spread, of a model that came without a reference."""
