"""A model that is added while the process is killed, or the disk is full: whole or not there."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.engines.vision.made import classifier
from tests.governance.registry.made import RAY
from tests.test_adding import database, files, given, home, made, stages
from tests.test_registry import registry_of
from wardround.bootstrap import add_model, digest_of
from wardround.database import Database
from wardround.engines.vision import load_model

__all__ = ["database", "given", "home"]

BEGIN = """
import os, resource, sys
from pathlib import Path
from tests.governance.registry.made import RAY
from tests.test_registry import registry_of
from wardround.bootstrap import add_model, adding
from wardround.database import Database
from wardround.engines.vision import Packed
from wardround.kernel import WardroundError
from wardround.security import KeyFile, Vault

home, given = Path(sys.argv[1]), Path(sys.argv[2])
database = Database(sys.argv[3], Vault(KeyFile(Path(sys.argv[4]))))

def add():
    with database.begin() as tx:
        add_model(registry_of(tx, home), home, given, RAY)
"""
KILLED = {
    "while it is copied": """
copy = adding.folder_appearing
import shutil
def dies(source, to):
    Path(to).write_bytes(Path(source).read_bytes()[:100])
    os.kill(os.getpid(), 9)
shutil.copyfile = dies
add()
""",
    "after it was copied": """
write = Packed.write
def dies(self, folder):
    write(self, folder)
    os.kill(os.getpid(), 9)
Packed.write = dies
add()
""",
    "before it was kept": """
with database.begin() as tx:
    add_model(registry_of(tx, home), home, given, RAY)
    os.kill(os.getpid(), 9)
""",
}
FULL = """
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
try:
    add()
except WardroundError as error:
    print(error)
"""


def run(code: str, home: Path, given: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    url, key = f"sqlite:///{tmp_path / 'wardround.db'}", str(tmp_path / "master.key")
    return subprocess.run(
        [sys.executable, "-c", BEGIN + code, str(home), str(given), url, key],
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.requirement("VIS-07")
@pytest.mark.parametrize("when", KILLED)
def test_killed(database: Database, home: Path, given: Path, tmp_path: Path, when: str) -> None:
    done = run(KILLED[when], home, given, tmp_path)
    assert done.returncode == -9, done.stderr
    assert stages(database, home) == []
    visible = [one for one in (home / "models").iterdir() if not one.name.startswith(".")]
    assert all(load_model(one) for one in visible)  # whole, or not there
    assert len(visible) == (when == "before it was kept")
    for left in (home / "models").glob(".*"):
        os.utime(left, (0, time.time() - 2 * 86400))
    with database.begin() as tx:
        one, _ = add_model(registry_of(tx, home), home, given, RAY)
    assert digest_of(home, one) == one.digest
    assert list((home / "models").glob(".*")) == []


@pytest.mark.requirement("VIS-07")
def test_a_full_disk_leaves_nothing(
    database: Database, home: Path, given: Path, tmp_path: Path
) -> None:
    shutil.rmtree(given)
    large = classifier(padding=400_000)
    assert len(large) > 1_500_000
    made(given, files={"model.onnx": large})
    done = run(FULL, home, given, tmp_path)
    assert "cannot be written: File too large" in done.stdout, done.stderr
    assert (stages(database, home), files(home)) == ([], [])
