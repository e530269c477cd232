"""Access review: cases and what was done with them, watched patients, the trail's indexes by time.

The trail is asked for what one person did, or what was done with one patient, within some days:
with the time in the index only those days are read, whatever is behind them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the indexes."""
    for name in ("actor", "subject"):
        op.drop_index(f"ix_security_audit_{name}", "security_audit")
        op.create_index(f"ix_security_audit_{name}", "security_audit", [name, "at"], unique=False)
    op.create_table(
        "privacy_access_case",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("patient", sa.String(length=160), nullable=True),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("open_for", sa.String(length=256), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_access_case")),
    )
    op.create_index(
        "ix_privacy_access_case_open_for", "privacy_access_case", ["open_for"], unique=True
    )
    op.create_index(
        "ix_privacy_access_case_standing",
        "privacy_access_case",
        ["standing", "points"],
        unique=False,
    )
    op.create_index(
        "ix_privacy_access_case_person", "privacy_access_case", ["person"], unique=False
    )
    op.create_table(
        "privacy_access_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_access_step")),
    )
    op.create_index("ix_privacy_access_step_case", "privacy_access_step", ["case"], unique=False)
    op.create_table(
        "privacy_access_look",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("accesses", sa.BigInteger(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_access_look")),
    )
    op.create_index("ix_privacy_access_look_at", "privacy_access_look", ["at"], unique=False)
    op.create_table(
        "privacy_watched",
        sa.Column("patient", sa.String(length=160), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("patient", name=op.f("pk_privacy_watched")),
    )
