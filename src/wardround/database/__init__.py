"""One database for every room: transactions, the tables' metadata, and the migrations."""

from wardround.database.database import Database, Transaction, do_last, metadata

__all__ = ["Database", "Transaction", "do_last", "metadata"]
