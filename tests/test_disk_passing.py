"""Files in clear that are there for a while: gone afterwards, and after a kill with the next."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from wardround.disk import YOUNG, passing

HOLDS = """
import sys
from pathlib import Path
from wardround.disk import passing

with passing(Path(sys.argv[1])) as folder:
    (folder / "0").write_bytes(b"somebody")
    print(folder, flush=True)
    sys.stdin.read()
"""


def aged(folder: Path) -> None:
    os.utime(folder, (0, folder.stat().st_mtime - 2 * YOUNG))


def test_it_is_ours_alone_and_gone_afterwards(tmp_path: Path) -> None:
    with passing(tmp_path) as folder:
        (folder / "0").write_bytes(b"somebody")
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        aged(folder)
        with passing(tmp_path):
            assert (folder / "0").is_file(), "it is held"
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (folder / "0").is_file(), "the kill left it"
        with passing(tmp_path):
            assert not folder.exists()
    assert list(tmp_path.iterdir()) == []
