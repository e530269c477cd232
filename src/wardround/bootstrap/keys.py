"""The keys of an installation: what there are, changing them, and destroying a patient's."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardround.bootstrap.masters import open_master
from wardround.bootstrap.opening import open_database
from wardround.bootstrap.upkeep import alone
from wardround.database import Database
from wardround.kernel import NotAllowed, NotFound
from wardround.privacy.holds import held
from wardround.record import Blobs, shred_chart
from wardround.security import (
    AuditTrail,
    Hold,
    KeyFile,
    KeyStatus,
    drop_retired,
    key_status,
    reseal,
    retire_keys,
    vault_of,
)
from wardround.settings import Settings


@dataclass(frozen=True)
class Rotated:
    """What a change of keys did: keys wrapped anew, values and files sealed anew."""

    keys: int
    values: int = 0
    files: int = 0


def read_keys(settings: Settings) -> KeyStatus:
    """Return what keys there are."""
    database = open_database(settings)
    try:
        return key_status(database)
    finally:
        database.dispose()


def rotate_master(settings: Settings) -> Rotated:
    """Change the master key and the root key; what is sealed stays as it is.

    The older master key stays in its file below the new one: older backups are opened by it.
    """
    with alone(settings):
        database = open_database(settings)
        try:
            master = open_master(settings)
            if isinstance(master, KeyFile):
                master.change()
            with database.begin() as tx:
                done = vault_of(tx).rotate_root(tx, master)
                AuditTrail(tx).record("rotate-keys", "success", detail={"keys": "master"})
            database.compact()
        finally:
            database.dispose()
    return Rotated(done)


def rotate_data_keys(settings: Settings) -> Rotated:
    """Seal everything under new data keys, and destroy the old ones; cut off, run it again."""
    with alone(settings):
        database = open_database(settings)
        try:
            retire_keys(database)
            values = reseal(database)
            files = Blobs(settings.blobs, database).reseal()
            done = drop_retired(database)
            with database.begin() as tx:
                AuditTrail(tx).record("rotate-keys", "success", detail={"keys": "data"})
        finally:
            database.dispose()
    return Rotated(done, values, files)


def shred_patient(settings: Settings, patient: str, holds: Sequence[Hold] = (held,)) -> int:
    """Destroy a patient's chart, drafts and recordings for good; return how many values.

    Raise ``NotAllowed`` where a hold forbids it. The audit trail and the registers stay: they hold
    references, and the law asks for them.
    """
    with alone(settings):
        database = open_database(settings)
        blobs = Blobs(settings.blobs, database)
        try:
            with database.begin() as tx:
                for hold in holds:
                    reason = hold(tx, patient)
                    if reason is not None:
                        raise NotAllowed(
                            f"This patient's data may not be destroyed: {reason}", where=patient
                        )
                done = shred_chart(tx, patient)
                blobs.shred(tx, patient)
                AuditTrail(tx).record("shred", "success", subject=patient)
            _clear_away(database, blobs)
        except NotFound:
            with database.read() as tx:
                before = AuditTrail(tx).list(action="shred", subject=patient, limit=1)
            if before:  # and perhaps cut off before its end
                _clear_away(database, blobs)
            raise
        finally:
            database.dispose()
    return done


def _clear_away(database: Database, blobs: Blobs) -> None:
    """Remove the files of what was destroyed, and what the database's own files keep of it."""
    blobs.clear_out()
    database.compact()
