"""``import wardround`` is quick, and brings nothing heavy with it."""

import subprocess
import sys

LIMIT = 0.300
"""Seconds."""

TIMED = """
import time
began = time.perf_counter()
import wardround, wardround.kernel
print(time.perf_counter() - began)
"""
LOADED = "import sys, wardround, wardround.kernel; print(*sys.modules)"

HEAVY = {"alembic", "dbos", "fastapi", "numpy", "rich", "scipy", "sklearn", "sqlalchemy", "typer"}


def said(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout


def test_import_is_quick() -> None:
    assert min(float(said(TIMED)) for _ in range(5)) <= LIMIT


def test_import_loads_nothing_heavy() -> None:
    assert not HEAVY & {name.partition(".")[0] for name in said(LOADED).split()}
