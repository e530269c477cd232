"""``wardround models`` from the machine itself."""

import shutil
from pathlib import Path

import pytest

from tests.interfaces.cli.running import call
from tests.test_registry import trained, written
from wardround.bootstrap import open_database
from wardround.kernel import Role
from wardround.security import AuditTrail, People
from wardround.settings import Settings

__all__ = ["trained"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("WARDROUND_HOME", str(home))
    database = open_database(Settings(home=home))
    with database.begin() as tx:
        for name, role in (("mei", Role.QUALITY_OFFICER), ("noah", Role.ADMINISTRATOR)):
            People(tx).add(name, name.title(), role, f"Practitioner/{name}", None)
    database.dispose()
    return home


def said(*arguments: str, code: int = 0) -> str:
    done = call("models", *arguments)
    assert done.returncode == code, done.stderr.decode()
    return (done.stdout + done.stderr).decode()


def test_from_a_folder_to_live_and_back(home: Path, trained: Path, tmp_path: Path) -> None:
    assert "support2-hospital-death" in said("list")
    assert "sha256" in said("register", str(trained), "--by", "noah", "--code", "4f2a91")
    assert "made with 4f2a91" in said("show", "invented")
    by = ("--by", "mei")
    assert "already" in said("register", str(trained), "--by", "noah", code=1)
    assert "Nobody has approved" in said(
        "switch", "invented", "live", "--why", "We want it.", *by, code=1
    )
    said("approve", "invented", "--words", "Read its report.", *by)
    table = written(tmp_path / "held.csv")
    assert "auroc 0." in said("validate", "invented", str(table), *by)
    limited = ("switch", "invented", "limited", "--why", "Try it.", "--for", "noah", *by)
    assert "device function" in said(*limited, code=1)
    assert "is limited" in said(*limited, "--statement", "A device; Dr Osei answers for it.")
    assert "limited for noah" in said("show", "invented")
    assert "No other version" in said("rollback", "invented", "--why", "Wrong.", *by, code=1)
    assert "is off" in said("switch", "invented", "off", "--why", "Enough.", *by)
    shown = said("show", "invented")
    assert "approved by mei" in shown
    assert "limited to off  mei: Enough." in shown


def test_a_device_asks_for_a_statement(home: Path) -> None:
    asked = ("switch", "news2", "live", "--why", "Wards use it.", "--by", "mei")
    assert "device function" in said(*asked, code=1)
    assert "is live" in said(*asked, "--statement", "Used as a device; Dr Osei answers for it.")
    database = open_database(Settings(home=home))
    with database.read() as tx:
        [event] = AuditTrail(tx).list(action="switch-model")
    database.dispose()
    assert (event.actor, event.entity) == ("mei", "model/news2")


def test_who_may_switch(home: Path) -> None:
    asked = ("switch", "lace", "off", "--why", "Not used.")
    assert said(*asked, "--by", "noah", code=1)
    assert "no such person" in said(*asked, "--by", "nobody", code=1)
    assert "no such stage" in said("switch", "lace", "on", "--why", "x", "--by", "mei", code=1)
    assert "no such model" in said("show", "nothing", code=1)


def test_a_folder_that_was_changed(home: Path, trained: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(trained, tmp_path / "changed"))
    (folder / "model.skops").write_bytes(b"other")
    assert "its card describes" in said("register", str(folder), "--by", "noah", code=1)
    assert not [path for path in (home / "models").rglob("*") if path.is_file()]
