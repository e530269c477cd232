"""Processes to kill, quick to start: forked from one that has imported what they need.

A test that kills a process twenty times would else spend its time on twenty starts of Python.
"""

import multiprocessing
from multiprocessing.context import ForkServerContext

IMPORTED = [
    "alembic.command",
    "dbos",
    "psycopg",
    "tests.engines.terminology.killed",
    "tests.privacy.retention.killed",
    "tests.record.killed",
    "tests.rounds.killed",
]
"""What the first process imports; what is missing here costs time and nothing else."""


def forked() -> ForkServerContext:
    """Return what makes processes, each a copy of one that did nothing but import."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    return context
