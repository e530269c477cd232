"""``.venv/bin/pre-commit install`` sets up hooks that need no network and stop a bad commit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

BAD = "import os\nx = eval('1')\n"


@pytest.mark.slow
def test_a_bad_commit_is_stopped(tmp_path: Path) -> None:
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    person = {"NAME": "A", "EMAIL": "a@example.org"}
    names = {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in person.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = kept | names | {"SKIP": "mypy,lint-imports"}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True
        )

    run("git", "init", "-q")
    installed = run(".venv/bin/pre-commit", "install")
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "bad.py").write_text(BAD)
    run("git", "add", "bad.py", ".pre-commit-config.yaml")
    stopped = run("git", "commit", "-m", "Bad")
    assert stopped.returncode != 0
    assert "S307" in stopped.stdout + stopped.stderr
    (tmp_path / "bad.py").write_text('"""Good."""\n')
    run("git", "add", "bad.py")
    assert run("git", "commit", "-m", "Good").returncode == 0
