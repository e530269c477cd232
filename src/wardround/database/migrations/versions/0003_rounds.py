"""The route: orders, drafts, revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "round_order",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("capability", sa.String(length=64), nullable=False),
        sa.Column("encounter", sa.String(length=128), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=256), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_order")),
    )
    op.create_index("ix_round_order_encounter", "round_order", ["encounter"], unique=False)
    op.create_index("ix_round_order_state", "round_order", ["state"], unique=False)
    op.create_table(
        "round_draft",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("capability", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("encounter", sa.String(length=128), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["round_order.id"], name=op.f("fk_round_draft_order_id_round_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_draft")),
    )
    op.create_index("ix_round_draft_encounter", "round_draft", ["encounter"], unique=False)
    op.create_index("ix_round_draft_order", "round_draft", ["order_id"], unique=False)
    op.create_index("ix_round_draft_status", "round_draft", ["status"], unique=False)
    op.create_index("ix_round_draft_subject", "round_draft", ["subject"], unique=False)
    op.create_table(
        "round_revision",
        sa.Column("draft_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["round_draft.id"], name=op.f("fk_round_revision_draft_id_round_draft")
        ),
        sa.PrimaryKeyConstraint("draft_id", "revision", name=op.f("pk_round_revision")),
    )
