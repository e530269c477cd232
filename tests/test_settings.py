"""Settings are read in one place, and a wrong one names its variable."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

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
    assert settings.database_url.startswith(f"{scheme}://w:hushhush@db/wardround?")
    assert settings.workflows_url == settings.database_url
    assert "hushhush" not in repr(settings)


def test_a_wrong_setting_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDROUND_PORT", "eighty")
    with pytest.raises(InvalidInput, match="WARDROUND_PORT"):
        read_settings()


@pytest.mark.parametrize(
    "near",
    [
        "postgresql://ward@localhost/ward",
        "postgresql://ward@127.0.0.1:5433/ward",
        "postgresql://ward@[::1]/ward",
        "postgresql:///ward?host=/run/postgresql",
        "postgresql://ward@db.example/ward?sslmode=disable",
        "sqlite:///ward.db",
        "postgresql://[broken/ward",
    ],
)
def test_a_database_of_this_machine_is_asked_as_its_url_says(near: str) -> None:
    settings = Settings(database=SecretStr(near), workflows=SecretStr(near))
    assert settings.database_url == settings.workflows_url == near


@pytest.mark.parametrize(
    "far",
    [
        "postgresql://ward:p%40ss@db.example:5432/ward",
        "postgres://10.0.0.5/ward",
        "postgresql:///ward?host=db.example",
        "postgresql://localhost/ward?host=/run/postgresql,db.example",
    ],
)
def test_a_database_elsewhere_is_asked_over_tls_and_proves_who_it_is(far: str) -> None:
    settings = Settings(database=SecretStr(far), workflows=SecretStr(far))
    for url in (settings.database_url, settings.workflows_url):
        read = make_url(url)
        assert read.query["sslmode"] == "verify-full"
        assert read.query["sslrootcert"] == "system"
        assert (read.host, read.password) == (make_url(far).host, make_url(far).password)
    own = Settings(database=SecretStr(far), certificate_authorities=Path("/etc/clinic ca.pem"))
    assert make_url(own.database_url).query["sslrootcert"] == "/etc/clinic ca.pem"
