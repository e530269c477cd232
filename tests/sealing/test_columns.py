"""What holds bytes says how they are sealed, or why they need not be."""

from importlib import import_module

from sqlalchemy import LargeBinary

from tests.database.test_migrate import ROOMS
from wardround.database import metadata
from wardround.security import sealed_columns

IN_CLEAR = {
    "security_key.wrapped": "sealed by the root key",
    "security_audit.hash": "a digest",
    "security_audit_archive.hash": "a digest",
    "security_checkpoint.hash": "a digest",
    "security_checkpoint.signature": "a signature",
    "security_audit_head.hash": "a digest",
    "governance_model_file.content": "a card, a plan or a report of a model: nobody's data",
}


def test_every_column_of_bytes_is_sealed_or_told_why_not() -> None:
    for room in ROOMS:
        import_module(room)
    sealed = {f"{table.name}.{column.name}" for table, column, _ in sealed_columns()}
    binary = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert binary - sealed - set(IN_CLEAR) == set()
    assert sealed <= binary
    assert {"record_version.body", "round_draft.document", "record_index.sealed"} <= sealed
