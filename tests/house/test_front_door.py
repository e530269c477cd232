"""One command on a clean machine: ``make run`` in a fresh copy of the project, twice."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.house.sources import ROOT, named, tracked

LONGEST = 360
"""Seconds after which no page is waited for any more."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for path in tracked():
        target = tmp_path / "wardround" / named(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return tmp_path / "wardround"


def show_first_page(clone: Path) -> float:
    """Run it until it shows a page, and return the seconds that took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Nor what keeps the tests' processes on this machine: this one fetches packages.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("WARDROUND_") and name != "PYTHONPATH"
    }
    said = clone.parent / "said.txt"
    began = time.monotonic()
    with said.open("w") as output:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=kept | {"WARDROUND_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        page = None
        while page is None:
            assert process.poll() is None, said.read_text()
            assert time.monotonic() - began < LONGEST, said.read_text()
            time.sleep(0.1)
            page = _page(port)
        taken = time.monotonic() - began
        assert "Sign in" in page
        _until_said(said, rf"http://\S+:{port}")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(30)
    return taken


def _page(port: int) -> str | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
            return str(response.read().decode())
    except OSError:
        return None


def _until_said(said: Path, pattern: str) -> None:
    for _ in range(600):
        if re.search(pattern, said.read_text()):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing like {pattern} was printed:\n{said.read_text()}")


@pytest.mark.slow
def test_make_run_shows_a_page_on_a_clean_machine_and_again(
    clone: Path, benchmark: BenchmarkFixture
) -> None:
    first = show_first_page(clone)
    benchmark.extra_info["seconds on a clean machine"] = round(first)
    benchmark.pedantic(show_first_page, args=(clone,), rounds=1)  # type: ignore[no-untyped-call]


def test_make_lists_its_targets() -> None:
    done = subprocess.run(["make"], check=True, cwd=ROOT, capture_output=True, text=True)
    assert "make run" in done.stdout
    assert "make test" in done.stdout


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("exit 1", "Wardround needs Python 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "apt-get install python3-venv"),
    ],
    ids=["an old Python", "a Python without venv"],
)
def test_what_is_missing_is_named(tmp_path: Path, answers: str, said: str) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{answers}\n")
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", "scripts/environment.sh", "run"],
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHON": str(python)},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert not (tmp_path / ".venv").exists()
