"""Every command in the documents runs.

Each block of commands (``bash`` or ``console``) is run as it stands, in the project's folder,
with a data folder of its own and a few of the published visits: whether a command runs is asked
here, what it must show where it is measured. What cannot be run inside a test names where it is
run instead, and a command that stands in two documents is run in the first.
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

ALONE = re.compile(r"\.venv/bin/[^$|<>&;\\]+")
"""A command that does the same wherever it stands: one line, whose result goes nowhere."""

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


def bare(line: str) -> str:
    """A line without what is said of it."""
    return re.sub(r"\s+#.*", "", line).strip()


def here(commands: str) -> str:
    """What is left of a block when what is run elsewhere is taken out."""
    return "".join(
        line for line in commands.splitlines(keepends=True) if bare(line) not in ELSEWHERE
    ).strip()


def once(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The blocks without the commands that an earlier one has run, but for those left empty."""
    run: set[str] = set()
    left = []
    for where, commands in found:
        lines = here(commands).splitlines(keepends=True)
        kept = "".join(line for line in lines if bare(line) not in run).strip()
        run |= {bare(line) for line in lines if ALONE.fullmatch(bare(line))}
        if kept:
            left.append((where, kept))
    return left


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


def test_a_command_of_two_documents_is_run_once_and_each_other_each_time() -> None:
    found = [
        ("a.md:1", ".venv/bin/x one   # said of it\nX=$(mktemp -d)\n.venv/bin/x two $X\n"),
        ("b.md:1", ".venv/bin/x one\n"),
        ("c.md:1", ".venv/bin/x one\nX=$(mktemp -d)\n.venv/bin/x two $X\n"),
        ("d.md:1", ".venv/bin/x one > here\n.venv/bin/x one --too\n"),
    ]
    assert once(found) == [
        ("a.md:1", found[0][1].strip()),
        ("c.md:1", "X=$(mktemp -d)\n.venv/bin/x two $X"),
        ("d.md:1", found[3][1].strip()),
    ]
    everything = {bare(line) for _, text in blocks() for line in here(text).splitlines()}
    assert everything == {bare(line) for _, text in once(blocks()) for line in text.splitlines()}


@pytest.mark.parametrize("command", ELSEWHERE)
def test_what_is_run_elsewhere_is_run_there(command: str) -> None:
    assert command in texts()[ELSEWHERE[command]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "commands",
    [
        pytest.param(
            commands,
            id=where,
            marks=[pytest.mark.data] if any(word in commands for word in NEEDS_DATA) else [],
        )
        for where, commands in once(blocks())
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
