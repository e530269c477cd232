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


STATISTICS = (
    ("record_index", "ix_record_index_resource", "1000000 40000 8 1"),
    ("record_index", "ix_record_index_value", "1000000 40000 5000 20 1"),
    ("record_index", "ix_record_index_low", "1000000 40000 5000 2 2 1"),
    ("record_resource", "sqlite_autoindex_record_resource_1", "120000 5000 1"),
    ("record_resource", "ix_record_resource_updated", "120000 5000 2"),
    ("record_version", "sqlite_autoindex_record_version_1", "150000 6000 2 1"),
)
"""What SQLite would count in a record of 120,000 resources: without it, it chooses badly."""


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
    op.create_index("ix_record_index_resource", "record_index", ["kind", "id", "name"])
    op.create_index("ix_record_index_value", "record_index", ["kind", "name", "value", "id"])
    op.create_index("ix_record_index_low", "record_index", ["kind", "name", "low", "high", "id"])
    op.create_table(
        "record_index_form",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("form", name=op.f("pk_record_index_form")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ANALYZE record_index")
        counts = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        for row in STATISTICS:
            op.execute(counts.insert().values(row))
        op.execute("ANALYZE sqlite_schema")
