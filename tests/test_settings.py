"""Settings are read in one place, and a wrong one names its variable."""

from pathlib import Path

import pytest

from wardround.kernel import InvalidInput
from wardround.settings import Settings, read_settings


def test_everything_is_kept_in_the_home_folder(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'wardround.db'}"
    assert settings.workflows_url == f"sqlite:///{tmp_path / 'workflows.db'}"
    assert settings.blobs == tmp_path / "blobs"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_one_setting_moves_to_postgresql(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("WARDROUND_DATABASE", f"{scheme}://w:hushhush@db/wardround")
    settings = read_settings()
    assert settings.database_url == f"{scheme}://w:hushhush@db/wardround"
    assert settings.workflows_url == settings.database_url
    assert "hushhush" not in repr(settings)


def test_a_wrong_setting_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDROUND_PORT", "eighty")
    with pytest.raises(InvalidInput, match="WARDROUND_PORT"):
        read_settings()
