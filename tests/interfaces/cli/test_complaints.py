"""The register of complaints at the terminal."""

import json
from pathlib import Path

import pytest

from tests.governance.complaints.made import MEI, NOW, SAID, now, report
from tests.interfaces.cli.running import call
from wardround.bootstrap import open_database
from wardround.governance.complaints import Complaints, Harm
from wardround.security import AuditTrail
from wardround.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    database = open_database(Settings(home=tmp_path))
    with database.begin() as tx:
        register = Complaints(tx, now)
        register.enter(report(), MEI)
        register.enter(report(harm=Harm.SERIOUS), MEI)
    database.dispose()
    return tmp_path


def test_the_list_says_no_words(home: Path) -> None:
    done = call("complaints", "list", home=home)
    assert done.returncode == 0, done.stderr
    day = NOW.date().isoformat()
    assert done.stdout.decode().splitlines() == [
        f"WR-2026-0002\treceived\t{day}\t2026-12-07\tscribe 1.0\tdeath or serious injury",
        f"WR-2026-0001\treceived\t{day}\t2026-12-20\tscribe 1.0\tnear miss",
    ]


def test_what_is_shown_and_exported_is_told_to_the_trail(home: Path) -> None:
    shown = call("complaints", "show", "WR-2026-0001", home=home)
    assert f"Nature and details: missing content; near miss. {SAID}" in shown.stdout.decode()
    lines = call("complaints", "export", home=home).stdout.decode().splitlines()
    assert [json.loads(line)["number"] for line in lines] == ["WR-2026-0002", "WR-2026-0001"]
    one = json.loads(call("complaints", "export", "WR-2026-0001", home=home).stdout)
    assert one["duties"][0]["due"] == "2026-12-20"
    database = open_database(Settings(home=home))
    with database.read() as tx:
        told = {
            action: len(AuditTrail(tx).list(action=action, subject="Patient/vega"))
            for action in ("read", "export-complaint")
        }
    database.dispose()
    assert told == {"read": 1, "export-complaint": 3}


def test_an_unknown_number_is_said(home: Path) -> None:
    done = call("complaints", "show", "WR-2026-0009", home=home)
    assert done.returncode == 1
    assert b"There is no such complaint." in done.stderr
