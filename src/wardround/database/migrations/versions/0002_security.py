"""Security: people, sessions, the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "security_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("subject", sa.String(length=160), nullable=True),
        sa.Column("entity", sa.String(length=160), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_security_audit_actor", "security_audit", ["actor"], unique=False)
    op.create_index("ix_security_audit_at", "security_audit", ["at"], unique=False)
    op.create_index("ix_security_audit_entity", "security_audit", ["entity"], unique=False)
    op.create_index("ix_security_audit_subject", "security_audit", ["subject"], unique=False)
    op.create_table(
        "security_person",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=128), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_person")),
    )
    op.create_table(
        "security_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["security_person.id"],
            name=op.f("fk_security_session_person_id_security_person"),
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_security_session")),
    )
    op.create_index(
        "ix_security_session_person_id", "security_session", ["person_id"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER security_audit_no_{deed.lower()} BEFORE {deed} ON security_audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
            )
        # INSERT OR REPLACE removes the row it replaces without any delete trigger.
        op.execute(
            "CREATE TRIGGER security_audit_no_replace BEFORE INSERT ON security_audit "
            "WHEN EXISTS (SELECT 1 FROM security_audit WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION security_audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $$"
        )
        op.execute(
            "CREATE TRIGGER security_audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON security_audit EXECUTE FUNCTION security_audit_only_grows()"
        )
