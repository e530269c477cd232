"""What ``dciodvfy`` says of a written object."""

import shutil
import subprocess
from pathlib import Path

import pytest


def errors(data: bytes | Path, folder: Path) -> list[str]:
    """Return what ``dciodvfy`` takes for errors."""
    checker = shutil.which("dciodvfy")
    if checker is None:
        pytest.skip("dciodvfy is not installed (Debian: apt install dicom3tools)")
    file = folder / "object.dcm"
    file.write_bytes(data if isinstance(data, bytes) else data.read_bytes())
    done = subprocess.run([checker, "-new", str(file)], capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode(errors="replace").splitlines()
    assert said, "it said nothing: did it read the file?"
    return [line for line in said if line.startswith("Error")]
