"""``kill -9`` at any moment of ``wardround keys rotate --data``: every patient still opens."""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.sealing.kept import EXPECTED, fill, read, settings_of
from tests.security.audit.trailed import verdict
from wardround.bootstrap import open_database, read_keys, rotate_data_keys, rotate_master

CUT_OFF = 3
"""How many times a change of keys must have been cut off in its middle."""

ROTATES = """
import os
from wardround.bootstrap import keys
from wardround.interfaces.cli.app import app
os.write(1, b"ready\\n")
app(["keys", "rotate", "--data"])
"""


def rotate_and_kill(home: Path, after: float) -> bool:
    """Run the command, kill it ``after`` seconds of work, and return whether it was cut off."""
    environment = {**os.environ, "WARDROUND_HOME": str(home)}
    with subprocess.Popen(
        [sys.executable, "-c", ROTATES], stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        timer = threading.Timer(after, process.kill)
        timer.start()
        said = process.stdout.read()
        process.wait()
        timer.join()
    return b"The data keys were changed" not in said


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    fill(tmp_path)
    settings, chance = settings_of(tmp_path), random.Random(5)
    longest, halfway, tried = 2.0, 0, 0
    while halfway < CUT_OFF:
        assert tried < 60, "no change of keys was ever cut off halfway"
        tried += 1
        if not rotate_and_kill(tmp_path, chance.uniform(0.01, longest)):
            longest = max(0.1, longest * 0.7)
        halfway += read_keys(settings).retired > 0
        database = open_database(settings)
        assert read(database, settings) == EXPECTED
        assert verdict(database, settings.checkpoints).sound
        database.dispose()
    rotate_master(settings)
    rotate_data_keys(settings)
    assert read_keys(settings).retired == 0
    database = open_database(settings)
    assert read(database, settings) == EXPECTED
    assert verdict(database, settings.checkpoints).sound
    database.dispose()
    assert {path.name for path in settings.master_key.parent.glob("master.key")} == {"master.key"}
