"""Signing in: lock-out, second factors, OIDC, service tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.add_column("security_person", sa.Column("disabled", sa.DateTime(timezone=True)))
    op.add_column("security_person", sa.Column("must_change", sa.DateTime(timezone=True)))
    op.add_column("security_session", sa.Column("method", sa.String(length=32)))
    op.add_column("security_session", sa.Column("agent", sa.String(length=64)))
    op.add_column("security_session", sa.Column("due", sa.String(length=16)))
    op.create_table(
        "security_ticket",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_security_ticket")),
    )
    op.create_table(
        "security_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_security_attempt")),
    )
    op.create_table(
        "security_factor",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["security_person.id"],
            name=op.f("fk_security_factor_person_id_security_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_factor")),
    )
    op.create_index("ix_security_factor_person_id", "security_factor", ["person_id"])
    op.create_index("ix_security_factor_lookup", "security_factor", ["lookup"], unique=True)
    op.create_table(
        "security_link",
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["security_person.id"],
            name=op.f("fk_security_link_person_id_security_person"),
        ),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_security_link")),
    )
    op.create_table(
        "security_token",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_token")),
    )
    op.create_index(
        "ix_security_token_token_sha256", "security_token", ["token_sha256"], unique=True
    )
