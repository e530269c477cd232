"""The register of breaches; requests for an account of disclosures, and what suspends it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "privacy_breach",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_privacy_breach")),
    )
    op.create_table(
        "privacy_breach_letter",
        sa.Column("breach", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("breach", "kind", "version", name=op.f("pk_privacy_breach_letter")),
    )
    op.create_table(
        "privacy_disclosure_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("patient", sa.String(length=160), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("entered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("extended", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_disclosure_request")),
    )
    op.create_index(
        "ix_privacy_disclosure_request_patient", "privacy_disclosure_request", ["patient"]
    )
    op.create_table(
        "privacy_disclosure_suspension",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("patient", sa.String(length=160), nullable=False),
        sa.Column("entered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("lifted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_disclosure_suspension")),
    )
    op.create_index(
        "ix_privacy_disclosure_suspension_patient", "privacy_disclosure_suspension", ["patient"]
    )
