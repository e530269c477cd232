"""The audit trail: chained events and signed checkpoints.

The events there are go into the chain as they stand, in their order. What they did not say when
they were recorded, such as the network address of who asked, they do not say now: they are plain
FHIR AuditEvents, and claim no profile.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from hashlib import sha256
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWN = "urn:wardround:audit"
BATCH = 1000
HASHED = ("action", "outcome", "actor", "role", "subject", "entity", "purpose", "detail")
NAMES = ("at", "actor", "subject", "entity")


def upgrade() -> None:
    """Make the tables, and move the events there are into the chain."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _let_go(sqlite)
    op.rename_table("security_audit", "security_audit_before")
    op.create_table(
        "security_audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("subject", sa.String(length=160), nullable=True),
        sa.Column("entity", sa.String(length=160), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_audit")),
    )
    op.create_table(
        "security_audit_head",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_security_audit_head")),
    )
    op.create_table(
        "security_checkpoint",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "kind", name=op.f("pk_security_checkpoint")),
    )
    _move(op.get_bind())
    op.drop_table("security_audit_before")
    for name in NAMES:
        op.create_index(f"ix_security_audit_{name}", "security_audit", [name], unique=False)
    _hold(sqlite)


def _let_go(sqlite: bool) -> None:
    if sqlite:
        for name in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER security_audit_no_{name}")
    else:
        op.execute("DROP TRIGGER security_audit_only_grows ON security_audit")
        op.execute("ALTER TABLE security_audit DROP CONSTRAINT pk_security_audit")
    for name in NAMES:
        op.drop_index(f"ix_security_audit_{name}", "security_audit")


def _hold(sqlite: bool) -> None:
    """Have the database refuse to change, and for six years to remove, what is in the trail.

    45 CFR 164.316(b)(2)(i): six years. What is older leaves by ``wardround audit prune``.
    """
    for name, row, removing in (
        ("security_audit", "id = NEW.id", "OLD.at > datetime('now', '-6 years')"),
        ("security_checkpoint", "id = NEW.id AND kind = NEW.kind", "1"),
    ):
        if sqlite:
            refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
            for deed, when in (
                ("update", f"UPDATE ON {name}"),
                ("delete", f"DELETE ON {name} WHEN {removing}"),
                # INSERT OR REPLACE removes the row it replaces without any delete trigger.
                ("replace", f"INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {row})"),  # noqa: S608 (names of ours) # nosec B608
            ):
                op.execute(f"CREATE TRIGGER {name}_no_{deed} BEFORE {when} {refuse}")
        else:
            deeds = "UPDATE OR TRUNCATE" + (" OR DELETE" if removing == "1" else "")
            op.execute(
                f"CREATE TRIGGER {name}_only_grows BEFORE {deeds} ON {name} "
                "EXECUTE FUNCTION security_audit_only_grows()"
            )
    if not sqlite:
        op.execute(
            "CREATE TRIGGER security_audit_six_years BEFORE DELETE ON security_audit FOR EACH ROW "
            "WHEN (OLD.at > now() - interval '6 years') "
            "EXECUTE FUNCTION security_audit_only_grows()"
        )


def _move(bind: sa.Connection) -> None:
    previous, number = bytes(32), 0
    into = sa.table(
        "security_audit",
        *(sa.column(name) for name in ("id", "action", "outcome", "actor", "role")),
        *(sa.column(name) for name in ("subject", "entity", "purpose", "detail", "event", "hash")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    rows = _events(bind)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            number = row["id"] = number + 1
            row["hash"] = previous = sha256(previous + _said(row)).digest()
        bind.execute(into.insert(), batch)
    head = sa.table("security_audit_head", sa.column("place"), sa.column("id"), sa.column("hash"))
    bind.execute(head.insert().values(place=1, id=number, hash=previous))


def _events(bind: sa.Connection) -> Iterator[dict[str, Any]]:
    before = sa.table(
        "security_audit_before",
        *(sa.column(name) for name in ("id", "action", "outcome", "actor", "role")),
        sa.column("subject"),
        sa.column("entity"),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("detail", sa.JSON()),
    )
    last = -1
    while True:
        query = sa.select(before).where(before.c.id > last).order_by(before.c.id).limit(BATCH)
        rows = bind.execute(query).mappings().all()
        for found in rows:
            row = dict(found)
            last = row["id"]
            at = row["at"]
            row["at"] = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
            row["purpose"] = None
            row["event"] = json.dumps(_resource(row), separators=(",", ":"))
            row["detail"] = json.dumps(row["detail"], separators=(",", ":"))
            yield row
        if len(rows) < BATCH:
            return


def _resource(row: dict[str, Any]) -> dict[str, Any]:
    entities: list[dict[str, Any]]
    who = "server" if row["actor"] is None else row["actor"]
    entities = [
        {"what": {"reference": value} if value[0].isupper() else {"identifier": {"value": value}}}
        for value in (row["subject"], row["entity"])
        if value
    ]
    if row["detail"]:
        pairs = [{"type": name, "valueString": value} for name, value in row["detail"].items()]
        entities.append({"type": {"system": OWN, "code": "detail"}, "detail": pairs})
    return {
        "resourceType": "AuditEvent",
        "type": {"system": OWN, "code": row["action"]},
        "action": "E",
        "recorded": row["at"].isoformat(),
        "outcome": "0" if row["outcome"] == "success" else "4",
        "agent": [{"who": {"identifier": {"value": who}}, "requestor": True}],
        "source": {"observer": {"identifier": {"system": OWN, "value": "server"}}},
    } | ({"entity": entities} if entities else {})


def _said(row: dict[str, Any]) -> bytes:
    at = row["at"].strftime("%Y-%m-%d %H:%M:%S.%f")
    values = [row[name] for name in HASHED]
    quoted = ["NULL" if value is None else f"'{value}'" for value in values]
    return f"{row['id']} {at} {' '.join(quoted)}{row['event']}".encode()
