"""``import wardround`` brings nothing heavy with it; ``tests/test_speed.py`` measures it."""

import subprocess
import sys

LOADED = "import sys, wardround, wardround.kernel; print(*sys.modules)"

HEAVY = {"alembic", "dbos", "fastapi", "numpy", "rich", "scipy", "sklearn", "sqlalchemy", "typer"}


def test_import_loads_nothing_heavy() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED], check=True, capture_output=True, text=True
    ).stdout
    assert not HEAVY & {name.partition(".")[0] for name in loaded.split()}
