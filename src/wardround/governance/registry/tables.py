"""The tables: versions of models, their approvals, their files, and every switch of a stage.

What people wrote is sealed, and belongs to no patient. The files are reports and cards: figures
of groups, never a row of anybody.
"""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wardround.database import metadata
from wardround.security import Sealed

models = Table(
    "governance_model",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("capability", String(64), nullable=False),
    Column("name", String(80), nullable=False),
    Column("version", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("title", String(200), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("learned", Boolean, nullable=False),
    Column("device", Boolean, nullable=False),
    Column("place", String(300), nullable=False),
    Column("data", Text, nullable=False),
    Column("code", String(200)),
    Column("change", String(80)),
    Column("registered", DateTime(timezone=True), nullable=False),
    Column("registered_by", String(64)),
    Column("stage", String(16), nullable=False),
    Column("people", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("since_by", String(64)),
    Column("on_name", String(80)),
    UniqueConstraint("name", "version", "digest", name="uq_governance_model_name"),
    Index("ix_governance_model_on_name", "on_name", unique=True),
)
"""``on_name`` is the name while the version is limited or live: there is one such version at most,
and the database itself holds to it.
"""

approvals = Table(
    "governance_model_approval",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("model", String(36), ForeignKey("governance_model.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "words",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: approval_place(row.id)).info,
    ),
    Index("ix_governance_model_approval_model", "model"),
)

files = Table(
    "governance_model_file",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("model", String(36), ForeignKey("governance_model.id"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("data_sha256", String(64)),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64)),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("model", "name", name="uq_governance_model_file_model"),
)
"""``data_sha256`` is that of the test set, where a file is a validation that was measured here."""

switches = Table(
    "governance_model_switch",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("number", Integer, nullable=False),
    Column("model", String(36), ForeignKey("governance_model.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64)),
    Column("kind", String(16), nullable=False),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("people", Text, nullable=False),
    Column(
        "why",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: switch_place(row.id, "why")).info,
    ),
    Column(
        "statement",
        LargeBinary,
        info=Sealed(lambda row: switch_place(row.id, "statement")).info,
    ),
    UniqueConstraint("name", "number", name="uq_governance_model_switch_name"),
)
"""Only ever added to. Without a person it was a release of Wardround that did it."""


def approval_place(approval: str) -> str:
    """Return what the words of an approval are sealed for."""
    return f"governance_model_approval/{approval}/words"


def switch_place(switch: str, name: str) -> str:
    """Return what the words of a switch are sealed for."""
    return f"governance_model_switch/{switch}/{name}"
