"""The tables: cases with what was done about each, and patients who are watched over.

Why something is a case, and what people wrote of it, is sealed and belongs to nobody: it outlives
the chart it is about.
"""

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

cases = Table(
    "privacy_access_case",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("patient", String(160)),
    Column("found", DateTime(timezone=True), nullable=False),
    Column("first", DateTime(timezone=True), nullable=False),
    Column("last", DateTime(timezone=True), nullable=False),
    Column("event", BigInteger, nullable=False),
    Column("points", Integer, nullable=False),
    Column("told", LargeBinary, nullable=False, info=Sealed(lambda row: case_place(row.id)).info),
    Column("standing", String(16), nullable=False),
    Column("open_for", String(256)),
    Index("ix_privacy_access_case_open_for", "open_for", unique=True),
    Index("ix_privacy_access_case_standing", "standing", "points"),
    Index("ix_privacy_access_case_person", "person"),
)
"""Without a patient a case is about how somebody reads, whoever it is of.

``event`` is the newest event it was found by; ``open_for`` names its person and patient until it is
closed, so that there is one open case for both.
"""

steps = Table(
    "privacy_access_step",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("note", LargeBinary, nullable=False, info=Sealed(lambda row: step_place(row.id)).info),
    Index("ix_privacy_access_step_case", "case"),
)
"""What was done with a case, each step kept: who asked, who closed it, and what they wrote."""

looks = Table(
    "privacy_access_look",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64)),
    Column("days", Integer, nullable=False),
    Column("accesses", BigInteger, nullable=False),
    Column("new", Integer, nullable=False),
    Index("ix_privacy_access_look_at", "at"),
)
"""Each time the trail was looked through; without a person the server did."""

watched = Table(
    "privacy_watched",
    metadata,
    Column("patient", String(160), primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "why", LargeBinary, nullable=False, info=Sealed(lambda row: watched_place(row.patient)).info
    ),
)


def case_place(case: str) -> str:
    """Return what the reasons of a case are sealed for."""
    return f"privacy_access_case/{case}"


def step_place(step: str) -> str:
    """Return what the note of a step is sealed for."""
    return f"privacy_access_step/{step}"


def watched_place(patient: str) -> str:
    """Return what the reason for watching over a patient is sealed for."""
    return f"privacy_watched/{patient}"
