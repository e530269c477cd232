import json
import os
from pathlib import Path

import pytest

from tests.interfaces.cli.running import call


@pytest.mark.data
@pytest.mark.slow
def test_published_notes_stand_beside_ours() -> None:
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    done = call("evaluate", "documentation", "--data", os.environ["WARDROUND_DATA"], "--json")
    assert done.returncode == 0, done.stderr
    assert {"Wardround", "gpt-4"} <= {row["system"] for row in json.loads(done.stdout)["measured"]}


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    for arguments, said in (
        (["nothing", "--data", str(tmp_path)], b"There is: documentation"),
        (["documentation", "--data", str(tmp_path / "no")], b"wardround data get"),
        (["documentation", "--data", str(tmp_path)], b"train.csv"),
    ):
        done = call("evaluate", *arguments)
        assert done.returncode == 1
        assert said in done.stderr
