"""The tables of the route: orders, drafts, and every revision of a draft.

Each row holds its noun as JSON, sealed under the key of its subject; the other columns are what it
is found by.
"""

from typing import Any

import orjson
from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed


def order_place(order_id: str) -> str:
    """Return what an order is sealed for."""
    return f"round_order/{order_id}"


def draft_place(draft_id: str, revision: int) -> str:
    """Return what a draft as it stands is sealed for."""
    return f"round_draft/{draft_id}/{revision}"


def revision_place(draft_id: str, revision: int) -> str:
    """Return what a revision of a draft is sealed for."""
    return f"round_revision/{draft_id}/{revision}"


def _subject(document: bytes, _: Any) -> str:
    subject: str = orjson.loads(document)["subject"]
    return subject


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
    Column(
        "document",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: order_place(row.id), _subject).info,
    ),
    Column("begun", Integer, nullable=False, server_default="0"),
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
    Column(
        "document",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: draft_place(row.id, row.revision), _subject).info,
    ),
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
    Column(
        "document",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: revision_place(row.draft_id, row.revision), _subject).info,
    ),
)
