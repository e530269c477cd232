"""The search index: references by type and id, strings as written, and what it was built by.

The index is made of facts about the resources, so the old one is dropped; it is built anew from
the resources when the record is opened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.drop_table("record_index")
    op.create_table(
        "record_index",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("system", sa.Text(), nullable=True),
        sa.Column(
            "value", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("exact", sa.Text(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_record_index")),
    )
    op.create_index("ix_record_index_resource", "record_index", ["kind", "id"])
    op.create_index("ix_record_index_value", "record_index", ["kind", "name", "value", "id"])
    op.create_index("ix_record_index_low", "record_index", ["kind", "name", "low", "high", "id"])
    op.create_table(
        "record_index_form",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("form", name=op.f("pk_record_index_form")),
    )
