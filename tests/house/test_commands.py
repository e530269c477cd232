"""Every command in the documents runs.

Each block of commands (``bash`` or ``console``) is run as it stands, in the project's folder,
with a data folder of its own and a few of the published visits: whether a command runs is asked
here, what it must show where it is measured. What cannot be run inside a test names where it is
run instead.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT, texts
from tests.sampled import sampled

BLOCK = re.compile(r"^```(bash|console|sh)\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)

ELSEWHERE: dict[str, str] = {
    "make run": "tests/house/test_front_door.py",
    ".venv/bin/pre-commit install": "tests/house/test_hooks.py",
    "make check": ".ci/run",
    "make test": ".ci/run",
}
"""Commands that another file runs, and that file, which must name them."""

NEEDS_DATA = ("make train", "scripts/measure_", "evaluate documentation", "$WARDROUND_DATA")

MINUTES = 5


def blocks() -> list[tuple[str, str]]:
    found = []
    for name, text in texts().items():
        if not name.endswith(".md"):
            continue
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            commands = block[2]
            if block[1] == "console":
                prompted = re.findall(r"^\$ (.*(?:\\\n.*)*)$", commands, re.MULTILINE)
                commands = "\n".join(prompted) + "\n"
            found.append((f"{name}:{line}", commands))
    return found


def here(commands: str) -> str:
    """What is left of a block when what is run elsewhere is taken out."""
    return "".join(
        line
        for line in commands.splitlines(keepends=True)
        if re.sub(r"\s+#.*", "", line).strip() not in ELSEWHERE
    ).strip()


def test_commands_stand_in_blocks_that_are_run() -> None:
    command = re.compile(r"^ {4,}(?:\$ |\w+=\S* )*(?:\.venv/bin/|make |wardround )", re.MULTILINE)
    outside = [
        f"{name}: {found[0].strip()}"
        for name, text in texts().items()
        if name.endswith(".md")
        for found in command.finditer(
            re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        )
    ]
    assert not outside


def test_there_are_commands() -> None:
    assert any(where.startswith("README.md:") for where, _ in blocks())


@pytest.mark.parametrize("command", ELSEWHERE)
def test_what_is_run_elsewhere_is_run_there(command: str) -> None:
    assert command in texts()[ELSEWHERE[command]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "commands",
    [
        pytest.param(
            here(commands),
            id=where,
            marks=[pytest.mark.data] if any(word in commands for word in NEEDS_DATA) else [],
        )
        for where, commands in blocks()
        if here(commands)
    ],
)
def test_commands_run(commands: str, tmp_path: Path) -> None:
    data = os.environ.get("WARDROUND_DATA")
    if any(word in commands for word in NEEDS_DATA) and data is None:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    few = {} if data is None else {"WARDROUND_DATA": str(sampled(Path(data), tmp_path / "data"))}
    own = {"WARDROUND_HOME": str(tmp_path / "home"), "PYTEST_ADDOPTS": "", "JOBS": "0"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        check=False,
        cwd=ROOT,
        env=os.environ | own | few,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60 * MINUTES,
    )
    assert done.returncode == 0, done.stdout
