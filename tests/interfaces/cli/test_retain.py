"""``wardround retain`` on an installation that keeps unsigned drafts for a day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.interfaces.cli.running import call
from wardround.bootstrap import open_database
from wardround.kernel import Actor, Role
from wardround.privacy.disclosures import Disclosures
from wardround.security import AuditTrail
from wardround.settings import Settings

RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARDROUND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def entered(home: Path) -> None:
    """Enter a disclosure of ten years ago."""
    long_ago = datetime.now(UTC) - timedelta(days=3650)
    database = open_database(Settings(home=home))
    with database.begin() as tx:
        register = Disclosures(tx, lambda: long_ago)
        day = (long_ago - timedelta(days=1)).date()
        register.enter("Patient/ada", day, "County", "Test", "Law", RUTH)
    database.dispose()


def test_it_shows_and_then_does(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered(home)
    shown = call("retain").stdout.decode()
    assert "Registers" in shown
    assert "For good\t0 due" in shown
    assert call("retain", "--apply").stdout == b"Destroyed: 0.\n"
    monkeypatch.setenv("WARDROUND_KEEP_REGISTERS_DAYS", "2192")
    assert "2,192 days after they were last in force\t1 due" in call("retain").stdout.decode()
    assert call("retain", "--apply").stdout == b"Destroyed: 1.\nregisters\t1\n"
    assert call("retain", "--apply").stdout == b"Destroyed: 0.\n"
    database = open_database(Settings(home=home))
    with database.read() as tx:
        runs = AuditTrail(tx).list(action="retain")
        (event,) = AuditTrail(tx).list(action="destroy-registers")
    database.dispose()
    assert [run.detail for run in runs] == [{}, {"registers": "1"}, {}]
    assert event.detail == {"days": "2192"}


def test_less_than_six_years_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDROUND_KEEP_REGISTERS_DAYS", "2191")
    refused = call("retain", "--apply")
    assert refused.returncode == 1
    assert b"WARDROUND_KEEP_REGISTERS_DAYS" in refused.stderr
    assert not home.exists()
