from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.conftest import opened
from wardround.database import Database
from wardround.kernel import Deleted, Unavailable
from wardround.security import NOBODY, KeyFile, Vault, has_keys, vault_of
from wardround.security.tables import keys

ADA = "Patient/ada"
TEXT = b"Ada Lovelace, born 1815-12-10"


def test_what_was_sealed_opens_again_in_its_place(database: Database) -> None:
    with database.begin() as tx:
        sealed = vault_of(tx).seal(tx, ADA, TEXT, "note/1")
        again = vault_of(tx).seal(tx, ADA, TEXT, "note/1")
    assert sealed != again
    assert b"Ada" not in sealed
    with database.read() as tx:
        assert vault_of(tx).open(tx, sealed, "note/1") == TEXT


@pytest.mark.requirement("SEC-04")
@pytest.mark.parametrize("at", [0, 1, 8, 9, 21, -1])
def test_a_changed_byte_is_refused(unchanged_database: Database, at: int) -> None:
    with unchanged_database.begin() as tx:
        sealed = bytearray(vault_of(tx).seal(tx, ADA, TEXT, "note/1"))
        sealed[at] ^= 1
        with pytest.raises(Unavailable, match="note/1: What is kept here was changed"):
            vault_of(tx).open(tx, bytes(sealed), "note/1")


@pytest.mark.requirement("SEC-04")
def test_what_was_moved_or_cut_is_refused(unchanged_database: Database) -> None:
    with unchanged_database.begin() as tx:
        vault = vault_of(tx)
        sealed = vault.seal(tx, ADA, TEXT, "note/1")
        for wrong, place in (
            (sealed, "note/2"),
            (sealed[:-1], "note/1"),
            (b"", "note/1"),
            (sealed[:12], "note/1"),
        ):
            with pytest.raises(Unavailable):
                vault.open(tx, wrong, place)


def test_each_patient_has_a_key_and_it_is_kept_only_wrapped(database: Database) -> None:
    with database.begin() as tx:
        vault = vault_of(tx)
        for owner in (ADA, ADA, "Patient/bea", NOBODY):
            vault.seal(tx, owner, TEXT, "x")
    with database.read() as tx:
        owners = sorted(tx.execute(select(keys.c.owner)).scalars())
        assert owners == [NOBODY, ADA, "Patient/bea", "blind", "root", "sign"]


def test_a_key_made_in_a_transaction_that_fails_seals_nothing_later(
    database: Database, tmp_path: Path
) -> None:
    with database.engine.connect() as tx:
        tx.info.update(vault=Vault(KeyFile.make(tmp_path / "master.key")))
        vault_of(tx).seal(tx, ADA, TEXT, "x")
        tx.rollback()
    with database.begin() as tx:
        sealed = vault_of(tx).seal(tx, ADA, TEXT, "x")
    with database.read() as tx:
        vault_of(tx).forget()
        assert vault_of(tx).open(tx, sealed, "x") == TEXT


def test_a_destroyed_key_opens_nothing_and_seals_nothing(database: Database) -> None:
    with database.begin() as tx:
        sealed = vault_of(tx).seal(tx, ADA, TEXT, "x")
        tx.execute(
            update(keys).where(keys.c.owner == ADA).values(destroyed=keys.c.created, wrapped=b"")
        )
    with database.begin() as tx:
        vault = vault_of(tx)
        vault.forget()
        with pytest.raises(Deleted, match="was destroyed"):
            vault.open(tx, sealed, "x")
        assert vault.seal(tx, ADA, TEXT, "x")[1:9] != sealed[1:9]


def test_keyed_hashes_and_signatures_stay_and_are_this_installations(
    database_url: str, tmp_path: Path
) -> None:
    with opened(database_url, tmp_path) as database, database.read() as tx:
        first = vault_of(tx)
        blind, signature = first.blind("name", "lovelace"), first.sign(b"head")
    with opened(database_url, tmp_path) as database, database.read() as tx:
        vault = vault_of(tx)
        assert vault.blind("name", "lovelace") == blind
        assert vault.blind("city", "lovelace") != blind
        assert vault.verify(b"head", signature)
        assert not vault.verify(b"hand", signature)
    other = Vault(KeyFile.make(tmp_path / "other.key"))
    bare = Database(database_url)
    with pytest.raises(Unavailable, match="does not open this database"):
        other.prepare(bare)
    bare.dispose()


def test_a_database_without_its_keys_says_so(database_url: str) -> None:
    database = Database(database_url)
    database.migrate()
    assert not has_keys(database)
    with database.read() as tx, pytest.raises(Unavailable, match="opened without its keys"):
        vault_of(tx)
    database.dispose()
