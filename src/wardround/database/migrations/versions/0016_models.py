"""The model registry: versions of models, their approvals, their files, their stages."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "governance_model",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("capability", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("learned", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=True),
        sa.Column("change", sa.String(length=80), nullable=True),
        sa.Column("registered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.String(length=64), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_by", sa.String(length=64), nullable=True),
        sa.Column("on_name", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_model")),
        sa.UniqueConstraint("name", "version", "digest", name="uq_governance_model_name"),
    )
    op.create_index("ix_governance_model_on_name", "governance_model", ["on_name"], unique=True)
    _approvals_and_files()
    op.create_table(
        "governance_model_switch",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_model_switch")),
        sa.ForeignKeyConstraint(
            ["model"],
            ["governance_model.id"],
            name=op.f("fk_governance_model_switch_model_governance_model"),
        ),
        sa.UniqueConstraint("name", "number", name="uq_governance_model_switch_name"),
    )


def _approvals_and_files() -> None:
    op.create_table(
        "governance_model_approval",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("model", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_model_approval")),
        sa.ForeignKeyConstraint(
            ["model"],
            ["governance_model.id"],
            name=op.f("fk_governance_model_approval_model_governance_model"),
        ),
    )
    op.create_index("ix_governance_model_approval_model", "governance_model_approval", ["model"])
    op.create_table(
        "governance_model_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("model", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data_sha256", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_model_file")),
        sa.ForeignKeyConstraint(
            ["model"],
            ["governance_model.id"],
            name=op.f("fk_governance_model_file_model_governance_model"),
        ),
        sa.UniqueConstraint("model", "name", name="uq_governance_model_file_model"),
    )
