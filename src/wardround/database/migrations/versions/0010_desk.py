"""The privacy desk: disclosures and legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "privacy_disclosure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("patient", sa.String(length=160), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_disclosure")),
    )
    op.create_index("ix_privacy_disclosure_patient", "privacy_disclosure", ["patient", "day"])
    op.create_table(
        "privacy_hold",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("patient", sa.String(length=160), nullable=True),
        sa.Column("placed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.String(length=64), nullable=False),
        sa.Column("matter", sa.LargeBinary(), nullable=False),
        sa.Column("lifted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=64), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_hold")),
    )
    op.create_index("ix_privacy_hold_patient", "privacy_hold", ["patient", "lifted"])
