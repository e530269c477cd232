"""Backups: what belongs into one, what opens it, and where it is put back."""

from pathlib import Path

from wardround.backup import (
    Belongs,
    Contents,
    Lock,
    MasterLock,
    PassphraseLock,
    back_up,
    restore,
    verify,
)
from wardround.bootstrap.masters import open_master
from wardround.bootstrap.opening import is_installed, open_database
from wardround.bootstrap.upkeep import alone
from wardround.database import Database
from wardround.kernel import InvalidInput
from wardround.security import AuditTrail, Outcome
from wardround.settings import Settings


def take_backup(settings: Settings, out: Path, passphrase: str | None = None) -> Contents:
    """Write a backup to ``out`` while the server may go on; a passphrase opens it as well.

    With a passphrase the master key goes along: the backup is then all that is needed.
    """
    with alone(settings):
        return _taken(settings, out, passphrase)


def _taken(settings: Settings, out: Path, passphrase: str | None) -> Contents:
    database = open_database(settings)
    locks: tuple[Lock, ...] = (MasterLock(open_master(settings)),)
    belongs = Belongs(before=("audit",), after=("blobs", "models", "terms"))
    if passphrase is not None:
        locks = (*locks, PassphraseLock(passphrase))
        belongs = Belongs(before=("audit",), after=("blobs", "keys", "models", "terms"))
    try:
        contents = back_up(database, settings.home, belongs, out, locks)
        with database.begin() as tx:
            size = {"bytes": str(out.stat().st_size), "rows": str(sum(contents.rows.values()))}
            detail = {"database": contents.version, "files": str(contents.files), **size}
            AuditTrail(tx).record("backup", "success", detail=detail)
    finally:
        database.dispose()
    return contents


def restore_backup(settings: Settings, archive: Path, passphrase: str | None = None) -> Contents:
    """Put a backup back into the empty place that the settings name."""
    database = Database(settings.database_url)
    try:
        contents = restore(archive, _lock(settings, passphrase), database, settings.home)
    finally:
        database.dispose()
    opened = open_database(settings)
    with opened.begin() as tx:
        AuditTrail(tx).record("restore", "success", detail={"database": contents.version})
    opened.dispose()
    return contents


def check_backup(settings: Settings, archive: Path, passphrase: str | None = None) -> Contents:
    """Read a backup to its end, and return what it holds.

    Where there is an installation, its trail says that it was done: it is the evidence that backups
    are tested (45 CFR 164.308(a)(7)(ii)(D)). Where there is none, nothing is made.
    """
    try:
        contents = verify(archive, _lock(settings, passphrase))
    except InvalidInput:
        _note_check(settings, "failure", {})
        raise
    _note_check(settings, "success", {"taken": contents.taken.strftime("%Y-%m-%dT%H:%M:%SZ")})
    return contents


def _note_check(settings: Settings, outcome: Outcome, detail: dict[str, str]) -> None:
    if not is_installed(settings):
        return
    database = open_database(settings)
    try:
        with database.begin() as tx:
            AuditTrail(tx).record("check-backup", outcome, detail=detail)
    finally:
        database.dispose()


def _lock(settings: Settings, passphrase: str | None) -> Lock:
    return MasterLock(open_master(settings)) if passphrase is None else PassphraseLock(passphrase)
