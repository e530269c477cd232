from pathlib import Path

from tests.interfaces.cli.running import call
from wardround.bootstrap import open_database
from wardround.security import AuditTrail
from wardround.settings import Settings


def test_what_coders_changed_is_exported_and_told(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "feedback.jsonl"
    done = call("coding", "feedback", str(out), home=home)
    assert done.returncode == 0, done.stderr
    assert b"0 decisions" in done.stdout
    assert out.read_bytes() == b""
    database = open_database(Settings(home=home))
    with database.read() as tx:
        assert len(AuditTrail(tx).list(action="export-feedback")) == 1
    database.dispose()
