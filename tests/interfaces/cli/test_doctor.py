from pathlib import Path

import pytest

from tests.interfaces.cli.running import call, run
from wardround.interfaces.cli import checks
from wardround.interfaces.cli.checks import Check, State
from wardround.kernel import Unavailable


def test_all_is_well_and_nothing_is_changed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run("doctor", home=home)
    assert done.returncode == 0, done.stdout
    assert b"All that Wardround needs is here." in done.stdout
    assert not home.exists()


def found(name: str, monkeypatch: pytest.MonkeyPatch, **settings: str) -> Check:
    for setting, value in settings.items():
        monkeypatch.setenv(f"WARDROUND_{setting.upper()}", value)
    return next(check for check in checks.checks() if check.name == name)


def test_a_database_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wardround.db").write_bytes(b"not a database, but a text of some length" * 40)
    check = found("database", monkeypatch, home=str(tmp_path))
    assert check.state is State.MISSING
    assert check.mend


def test_a_server_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://nobody@127.0.0.1:9/none"
    check = found("database", monkeypatch, database=url)
    assert check.state is State.MISSING
    assert "nobody" not in check.found


def test_a_database_that_is_up_to_date_is_well(
    database_url: str, database: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found("database", monkeypatch, database=database_url).state is State.OK


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    check = found("data folder", monkeypatch, home="/proc/wardround")
    assert check.state is State.MISSING


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    check = found("settings", monkeypatch, port="often")
    assert "WARDROUND_PORT" in check.found


def test_what_is_missing_ends_with_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise Unavailable("The pages' packages are not there.", mend="Fetch them.")

    monkeypatch.setattr("wardround.interfaces.cli.serving.require_pages", gone)
    monkeypatch.setattr(checks, "_installed", lambda name: name != "skops")
    monkeypatch.setattr(checks, "_LEAST_DISK", 10**18)
    done = call("doctor")
    said = done.stdout.decode()
    assert done.returncode == 1
    for line in ("MISSING  pages", "MISSING  packages: skops", "MISSING  disk", "Fetch them."):
        assert line in said


def test_what_only_extras_need_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    states = {check.name: check.state for check in checks.checks()}
    assert states["scorer"] is states["Chromium"] is State.OPTIONAL
