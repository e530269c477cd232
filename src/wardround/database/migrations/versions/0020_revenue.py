"""The ledger of claims: claims, batches, answers, payments, and the books."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "revenue_batch",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_control", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(64), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_revenue_batch")),
        sa.UniqueConstraint("group_control", name=op.f("uq_revenue_batch_group_control")),
    )
    op.create_table(
        "revenue_claim",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("draft", sa.String(64), nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("frequency", sa.String(1), nullable=False),
        sa.Column("replaces", sa.String(20), nullable=True),
        sa.Column("payer", sa.String(80), nullable=False),
        sa.Column("payer_control", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("serviced", sa.Date(), nullable=True),
        sa.Column("entered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_claim")),
    )
    op.create_index("ix_revenue_claim_draft", "revenue_claim", ["draft"])
    op.create_index("ix_revenue_claim_state", "revenue_claim", ["state", "moved"])
    op.create_index("ix_revenue_claim_subject", "revenue_claim", ["subject"])
    op.create_table(
        "revenue_payment",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("payer", sa.String(80), nullable=False),
        sa.Column("trace", sa.String(64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(8), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("posted", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_payment")),
        sa.UniqueConstraint("payer", "trace", name=op.f("uq_revenue_payment_payer")),
    )
    op.create_table(
        "revenue_sequence",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_revenue_sequence")),
    )
    op.create_table(
        "revenue_answer",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("read", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["revenue_batch.number"], name=op.f("fk_revenue_answer_batch_revenue_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_answer")),
        sa.UniqueConstraint("digest", name=op.f("uq_revenue_answer_digest")),
    )
    op.create_table(
        "revenue_batched",
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(20), nullable=False),
        sa.Column("set_control", sa.String(9), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["revenue_batch.number"], name=op.f("fk_revenue_batched_batch_revenue_batch")
        ),
        sa.ForeignKeyConstraint(
            ["claim"], ["revenue_claim.id"], name=op.f("fk_revenue_batched_claim_revenue_claim")
        ),
        sa.PrimaryKeyConstraint("batch", "claim", name=op.f("pk_revenue_batched")),
    )
    op.create_index("ix_revenue_batched_claim", "revenue_batched", ["claim"])
    op.create_table(
        "revenue_entry",
        sa.Column("journal", sa.String(36), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
        sa.Column("claim", sa.String(20), nullable=True),
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("grouped", sa.String(2), nullable=False),
        sa.Column("reason", sa.String(8), nullable=False),
        sa.Column("service", sa.Integer(), nullable=True),
        sa.Column("payment", sa.String(36), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"], ["revenue_claim.id"], name=op.f("fk_revenue_entry_claim_revenue_claim")
        ),
        sa.PrimaryKeyConstraint("journal", "line", name=op.f("pk_revenue_entry")),
    )
    op.create_index("ix_revenue_entry_claim", "revenue_entry", ["claim"])
    op.create_index("ix_revenue_entry_payment", "revenue_entry", ["payment"])
    op.create_table(
        "revenue_event",
        sa.Column("claim", sa.String(20), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("change", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["revenue_claim.id"], name=op.f("fk_revenue_event_claim_revenue_claim")
        ),
        sa.PrimaryKeyConstraint("claim", "serial", name=op.f("pk_revenue_event")),
    )
    op.create_table(
        "revenue_held",
        sa.Column("payment", sa.String(36), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(20), nullable=True),
        sa.Column("applied", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment"],
            ["revenue_payment.id"],
            name=op.f("fk_revenue_held_payment_revenue_payment"),
        ),
        sa.ForeignKeyConstraint(
            ["claim"], ["revenue_claim.id"], name=op.f("fk_revenue_held_claim_revenue_claim")
        ),
        sa.PrimaryKeyConstraint("payment", "serial", name=op.f("pk_revenue_held")),
    )
    op.create_table(
        "revenue_work",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("claim", sa.String(20), nullable=False),
        sa.Column("payment", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("service", sa.Integer(), nullable=True),
        sa.Column("procedure", sa.String(48), nullable=False),
        sa.Column("grouped", sa.String(2), nullable=False),
        sa.Column("reason", sa.String(8), nullable=False),
        sa.Column("remarks", sa.String(200), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("assigned", sa.String(64), nullable=True),
        sa.Column("done", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(64), nullable=True),
        sa.Column("deed", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["revenue_claim.id"], name=op.f("fk_revenue_work_claim_revenue_claim")
        ),
        sa.ForeignKeyConstraint(
            ["payment"],
            ["revenue_payment.id"],
            name=op.f("fk_revenue_work_payment_revenue_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_work")),
    )
    op.create_index("ix_revenue_work_claim", "revenue_work", ["claim"])
    op.create_index("ix_revenue_work_open", "revenue_work", ["done", "due"])
