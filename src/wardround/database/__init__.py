"""One database for every room: transactions, the tables' metadata, and the migrations."""

from wardround.database.database import Database, metadata

__all__ = ["Database", "metadata"]
