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
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(op.get_bind())
    else:
        for table in _DOCUMENTS:
            to_bytes = "convert_to(document, 'UTF8')"
            op.alter_column(table, "document", type_=sa.LargeBinary(), postgresql_using=to_bytes)
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


def _make_anew(tx: sa.Connection) -> None:
    """Change the type of a column as SQLite can: its table is made again, and its rows put back."""
    known = sa.MetaData()
    known.reflect(tx, only=_DOCUMENTS)
    aside = {}
    for name in reversed(_DOCUMENTS):
        table = known.tables[name]
        kept = sa.Table(
            f"kept_{name}", sa.MetaData(), *(sa.Column(c.name, c.type) for c in table.c)
        )
        kept.create(tx)
        tx.execute(kept.insert().from_select(list(kept.c.keys()), sa.select(table)))
        table.drop(tx)
        aside[name] = kept
    for name in _DOCUMENTS:
        table, kept = known.tables[name], aside[name]
        table.c.document.type = sa.LargeBinary()
        table.create(tx)
        values = [
            sa.cast(column, sa.LargeBinary()) if column.name == "document" else column
            for column in kept.c
        ]
        tx.execute(table.insert().from_select(list(table.c.keys()), sa.select(*values)))
        kept.drop(tx)
