"""The tables of the route: orders, drafts, and every revision of a draft.

Each row holds its noun as JSON; the other columns are what it is found by.
"""

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from wardround.database import metadata

orders = Table(
    "round_order",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("capability", String(64), nullable=False),
    Column("encounter", String(128)),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("failure", String(256)),
    Column("ordered_at", DateTime(timezone=True), nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_round_order_state", "state"),
    Index("ix_round_order_encounter", "encounter"),
)

drafts = Table(
    "round_draft",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("order_id", String(64), ForeignKey("round_order.id"), nullable=False),
    Column("capability", String(64), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("encounter", String(128)),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_round_draft_order", "order_id"),
    Index("ix_round_draft_status", "status"),
    Index("ix_round_draft_encounter", "encounter"),
    Index("ix_round_draft_subject", "subject"),
)

revisions = Table(
    "round_revision",
    metadata,
    Column("draft_id", String(64), ForeignKey("round_draft.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("document", Text, nullable=False),
)
