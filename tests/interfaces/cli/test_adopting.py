"""``wardround governance adoption``: of an empty house, and of one that drafted."""

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.running import call


def test_an_empty_house_has_nothing_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARDROUND_HOME", str(tmp_path))
    done = call("governance", "adoption", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
