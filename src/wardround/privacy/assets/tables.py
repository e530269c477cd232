"""The table of the inventory; what people wrote is sealed, and every version stays."""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table

from wardround.database import metadata
from wardround.security import Sealed

assets = Table(
    "privacy_asset",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: asset_place(row.id, row.version)).info,
    ),
)


def asset_place(asset: str, version: int) -> str:
    """Return what a version of an entry is sealed for."""
    return f"privacy_asset/{asset}/{version}"
