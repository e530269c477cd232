"""Running the command line: as people do, in a process of its own, or quicker in ours."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "docs" / "examples"
COMMAND = [str(Path(sys.executable).with_name("wardround"))]
VISIT = str(EXAMPLES / "visit.txt")
VISITS = EXAMPLES / "visits.jsonl"


def run(
    *arguments: str,
    stdin: bytes | None = None,
    home: Path | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line to its end, with a data folder of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        check=False,
        input=b"" if stdin is None else stdin,
        capture_output=True,
        env=surroundings(home),
        cwd=cwd,
        timeout=240,
    )


def call(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in this process, which has all loaded; a data folder may be named."""
    from wardround.interfaces.cli.app import app

    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        if home is not None:
            patch.setenv("WARDROUND_HOME", str(home))
        with pytest.raises(SystemExit) as ended:
            app(list(arguments))
    code = ended.value.code
    assert isinstance(code, int)
    said, noted = out.getvalue().encode(), err.getvalue().encode()
    return subprocess.CompletedProcess(list(arguments), code, said, noted)


def surroundings(home: Path | None = None) -> dict[str, str]:
    """Return an environment without settings of this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDROUND_")}
    return kept | {"WARDROUND_HOME": str(home or "/nonexistent/wardround")}
