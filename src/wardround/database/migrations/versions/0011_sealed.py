"""The record and the drafts are sealed: their columns hold bytes; keys retire, blobs have names."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_DOCUMENTS = ("round_order", "round_draft", "round_revision")


def upgrade() -> None:
    """Make the columns; what stands in them in clear is sealed when the database is opened."""
    for table in _DOCUMENTS:
        if op.get_bind().dialect.name == "sqlite":
            # SQLite's types are advice: the column keeps its name for text, and holds bytes.
            rows = sa.table(table, sa.column("document"))
            op.execute(rows.update().values(document=sa.cast(rows.c.document, sa.LargeBinary())))
        else:
            op.alter_column(
                table,
                "document",
                type_=sa.LargeBinary(),
                postgresql_using="convert_to(document, 'UTF8')",
            )
    op.add_column("record_index", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("security_key", sa.Column("retired", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "security_sealed",
        sa.Column("column", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("column", name=op.f("pk_security_sealed")),
    )
    op.create_table(
        "record_blob",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("kept", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_record_blob")),
    )
    op.create_index("ix_record_blob_digest", "record_blob", ["digest"], unique=False)
    op.create_index("ix_record_blob_owner", "record_blob", ["owner"], unique=False)
