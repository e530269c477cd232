"""Bulk runs: one line in, one line out, in order, by processes of their own, resumable."""

from wardround.interfaces.cli.bulk.run import Counts, run

__all__ = ["Counts", "run"]
