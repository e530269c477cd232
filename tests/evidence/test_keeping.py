"""What is told of seals, keys and backups."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.evidence.looking import DAY, facts, later, settled, wrong
from wardround.bootstrap import (
    Wardround,
    check_backup,
    take_backup,
)
from wardround.kernel import InvalidInput
from wardround.security import (
    AuditTrail,
)
from wardround.settings import Settings


def test_what_is_kept_in_clear_is_told_of(house: Wardround) -> None:
    assert wrong(house, "sealing") == ""
    clear = house.settings.blobs / "ab" / ("ab" * 32)
    clear.parent.mkdir(parents=True)
    clear.write_bytes(b"x")
    assert "no values (-), 1 file." in wrong(house, "sealing")


def test_the_master_key_is_read_by_nobody_else(house: Wardround) -> None:
    assert wrong(house, "keys") == ""
    house.settings.master_key.chmod(0o644)
    assert "Others on this machine" in wrong(house, "keys")
    elsewhere = settled(house, master="vault:wardround")
    assert "kept by vault" in facts(elsewhere, "keys")[-1].says


def test_backups_and_their_checks(house: Wardround, tmp_path: Path) -> None:
    out = tmp_path / "monday.backup"
    assert "No backup was made" in wrong(house, "backups")
    assert "No backup was checked" in wrong(house, "backup-checks")
    take_backup(house.settings, out)
    assert wrong(house, "backups") == ""
    assert "MB" in facts(house, "backups")[0].says
    assert "last backup was made on" in wrong(later(house, timedelta(hours=49)), "backups")
    check_backup(house.settings, out)
    assert wrong(house, "backup-checks") == ""
    assert "last checked" in wrong(later(house, 32 * DAY), "backup-checks")
    out.write_bytes(out.read_bytes()[:-9])
    with pytest.raises(InvalidInput):
        check_backup(house.settings, out)
    assert "could not be proven whole" in wrong(house, "backup-checks")
    with house.database.read() as tx:
        failed, checked = AuditTrail(tx).list(action="check-backup")
        (made,) = AuditTrail(tx).list(action="backup")
    assert (failed.outcome, checked.outcome) == ("failure", "success")
    assert checked.detail["taken"].startswith(str(datetime.now(UTC).year))
    assert int(made.detail["bytes"]) > 1000
    assert int(made.detail["rows"]) > 0


def test_a_check_makes_nothing_where_nothing_is(house: Wardround, tmp_path: Path) -> None:
    out = tmp_path / "monday.backup"
    take_backup(house.settings, out, passphrase="six words taken quite at random")
    bare = Settings(home=tmp_path / "drill")
    check_backup(bare, out, "six words taken quite at random")
    assert not bare.home.exists()
