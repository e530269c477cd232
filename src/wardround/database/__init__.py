"""One database for every room: transactions, the tables' metadata, and the migrations."""

from wardround.database.database import Database, do_last, metadata

__all__ = ["Database", "do_last", "metadata"]
