"""Keys are changed while the house is open, cut off at any moment, and destroyed for good."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from tests.sealing.conftest import ADA, BEA, OSEI, live, patient
from tests.sealing.test_leaks import dumped
from wardround.bootstrap import (
    Wardround,
    open_database,
    read_keys,
    rotate_data_keys,
    rotate_master,
    shred_patient,
)
from wardround.bootstrap.upkeep import alone
from wardround.kernel import Conflict, Deleted, NotAllowed, NotFound, Unavailable
from wardround.privacy.holds import LegalHolds
from wardround.record import Blobs, Chart
from wardround.record.tables import blobs, versions
from wardround.security import AuditTrail, KeyFile, Vault
from wardround.security.tables import keys
from wardround.settings import Settings

Seen = dict[str, Any]


def seen(wardround: Wardround) -> Seen:
    """Return everything that can be read of the two patients."""
    found: Seen = {}
    with wardround.database.read() as tx:
        chart = Chart(tx)
        for kind in ("Patient", "Encounter", "Composition", "DocumentReference"):
            for stored in chart.search(kind, {}):
                found[stored.reference] = [one.body for one in chart.history(stored.reference)]
    for state in wardround.rounds.orders():
        found[state.order.id] = state.order
        found[f"{state.order.id}/inputs"] = [
            wardround.blobs.get(item.sha256, state.order.subject) for item in state.order.inputs
        ]
    for draft in wardround.rounds.drafts():
        found[f"draft/{draft.id}"] = draft
    return found


def test_keys_are_changed_while_the_house_is_open(house: Wardround, settings: Settings) -> None:
    live(house)
    before, status = seen(house), read_keys(settings)
    assert status.current >= 3
    assert rotate_master(settings).keys >= status.current
    assert seen(house) == before
    done = rotate_data_keys(settings)
    assert done.values > 10
    assert done.files == sum(len(state.order.inputs) for state in house.rounds.orders())
    now = read_keys(settings)
    assert (now.retired, now.destroyed) == (0, 0)
    assert now.master != status.master
    assert now.oldest is not None
    assert status.oldest is not None
    assert now.oldest > status.oldest
    assert seen(house) == before
    with house.database.begin() as tx:  # by the vault that was open all the while
        Chart(tx).update(patient("Patient/cleo", planted=False))
        AuditTrail(tx).record("read", "success")
    opened = open_database(settings)
    with opened.read() as tx:
        assert Chart(tx).read("Patient/cleo").json()["id"] == "cleo"
        assert Chart(tx).count("Patient", {"name": "thistle"}) == 1
    opened.dispose()


def test_an_old_master_key_still_opens_what_it_wrapped(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    file = KeyFile.make(path)
    wrapped = file.wrap(b"k" * 32, b"x")
    name = file.name
    file.change()
    assert file.name != name
    assert KeyFile(path).unwrap(wrapped, b"x") == b"k" * 32
    path.write_text("\n".join([*path.read_text().splitlines()[:2], ""]))
    with pytest.raises(Unavailable, match="does not open"):
        KeyFile(path).unwrap(wrapped, b"x")


def test_a_change_cut_off_is_finished_by_the_next(
    house: Wardround, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(house)
    before = seen(house)
    seal, left = Vault.seal, [5]

    def failing(self: Vault, tx: Connection, owner: str, data: bytes, place: str) -> bytes:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return seal(self, tx, owner, data, place)

    for at in (3, 9, 27):
        left[0] = at
        with monkeypatch.context() as patched:
            patched.setattr(Vault, "seal", failing)
            with pytest.raises(KeyboardInterrupt):
                rotate_data_keys(settings)
        assert seen(house) == before
        assert read_keys(settings).retired > 0
    rotate_data_keys(settings)
    assert read_keys(settings).retired == 0
    assert seen(house) == before


def test_a_change_of_the_master_key_cut_off(
    house: Wardround, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(house)
    before = seen(house)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "rotate_root", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_master(settings)
    opened = open_database(settings)  # the file has both keys
    with opened.read() as tx:
        assert Chart(tx).count("Patient", {"name": "thistle"}) == 1
    opened.dispose()
    assert seen(house) == before


def test_one_at_a_time(house: Wardround, settings: Settings) -> None:
    with alone(settings):
        for work in (rotate_master, rotate_data_keys):
            with pytest.raises(Conflict, match="Try again"):
                work(settings)
        with pytest.raises(Conflict):
            shred_patient(settings, ADA)


def test_a_patient_is_destroyed_for_good(house: Wardround, settings: Settings) -> None:
    draft = live(house)
    bea = {key: value for key, value in seen(house).items() if _is_of_bea(key, value)}
    transcript = next(iter(house.rounds.draft(draft).inputs)).sha256
    with house.database.read() as tx:
        wrapped = [bytes(row) for row in tx.execute(_of_ada("wrapped")).scalars()]
    assert shred_patient(settings, ADA) > 5
    with house.database.read() as tx:
        chart = Chart(tx)
        for reference in (ADA, "Encounter/e1"):
            with pytest.raises(Deleted):
                chart.read(reference)
        assert {one.deleted for one in chart.history(ADA)} == {True}
        assert chart.count("Patient", {"name": "thistle"}) == 0
        assert chart.count("Patient", {}) == 1
        assert chart.search("Composition", {"patient": ADA}) == []
        (event,) = AuditTrail(tx).list(action="shred")
        assert event.subject == ADA
        assert {row.destroyed is None for row in tx.execute(_of_ada("destroyed"))} == {False}
    with pytest.raises(NotFound):
        house.rounds.draft(draft)
    assert {one.subject for one in house.rounds.drafts()} == {BEA}
    assert house.blobs.owners(transcript) == [BEA]
    assert {k: v for k, v in seen(house).items() if k in bea} == bea
    assert read_keys(settings).destroyed == 1
    written = [path.read_bytes() for path in settings.home.rglob("*") if path.is_file()]
    if not house.database.is_sqlite:
        written.append(dumped(settings.database_url))
    for key in wrapped:
        assert not any(key in data or key.hex().encode() in data for data in written)
    with pytest.raises(NotFound, match="Nothing of this patient"):
        shred_patient(settings, ADA)
    with house.database.begin() as tx:  # somebody of the same id begins anew
        Chart(tx).update(patient(ADA, planted=True))
    assert b"Thistlewaite" in seen(house)[ADA][0]


def test_a_destruction_cut_off_is_finished_by_the_next(
    house: Wardround, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(house)
    with house.database.read() as tx:
        (wrapped,) = [bytes(row) for row in tx.execute(_of_ada("wrapped")).scalars()]
    files = set(settings.blobs.glob("*/*"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Blobs, "clear_out", killed)
        with pytest.raises(KeyboardInterrupt):
            shred_patient(settings, ADA)
    assert set(settings.blobs.glob("*/*")) == files
    with pytest.raises(NotFound, match="Nothing of this patient"):
        shred_patient(settings, ADA)
    with house.database.read() as tx:
        kept = set(tx.execute(select(blobs.c.name)).scalars())
    assert {path.name for path in settings.blobs.glob("*/*")} == kept
    assert 0 < len(kept) < len(files)
    if house.database.is_sqlite:
        written = [path.read_bytes() for path in settings.home.rglob("*") if path.is_file()]
        assert not any(wrapped in data for data in written)


def _of_ada(column: str) -> Any:
    return select(keys.c[column]).where(keys.c.owner == ADA)


def _is_of_bea(key: str, value: object) -> bool:
    if isinstance(value, list):
        return key == BEA or any(BEA.encode() in one for one in value)
    return getattr(value, "subject", None) == BEA


def test_a_hold_forbids_it(house: Wardround, settings: Settings) -> None:
    live(house)
    before = seen(house)
    asked: list[str] = []

    def held(tx: Connection, subject: str) -> str | None:
        asked.append(subject)
        return "a court asks for it"

    with pytest.raises(NotAllowed, match="a court asks for it"):
        shred_patient(settings, ADA, [held])
    assert asked == [ADA]
    assert seen(house) == before


def test_a_legal_hold_of_the_register_forbids_it(house: Wardround, settings: Settings) -> None:
    live(house)
    before = seen(house)
    with house.database.begin() as tx:
        LegalHolds(tx).place(ADA, "Claim 12/7", OSEI)
    with pytest.raises(NotAllowed, match="legal hold"):
        shred_patient(settings, ADA)
    assert seen(house) == before


def _flip(body: bytes) -> bytes:
    return body[:-1] + bytes([body[-1] ^ 1])


def test_a_changed_row_is_refused_and_named(house: Wardround) -> None:
    live(house)
    with house.database.begin() as tx:
        row = tx.execute(select(versions).where(versions.c.id == "ada")).one()
        tx.execute(update(versions).where(versions.c.id == "ada").values(body=_flip(row.body)))
    with (
        house.database.read() as tx,
        pytest.raises(Unavailable, match="record_version/Patient/ada/1"),
    ):
        Chart(tx).read(ADA)
    with house.database.begin() as tx:  # another patient's body in its place
        other = tx.execute(select(versions.c.body).where(versions.c.id == "bea")).scalar_one()
        tx.execute(update(versions).where(versions.c.id == "ada").values(body=other))
    with house.database.read() as tx, pytest.raises(Unavailable, match="changed, or is damaged"):
        Chart(tx).read(ADA)


def test_the_key_file_of_another_is_refused(settings: Settings) -> None:
    open_database(settings).dispose()
    kept = settings.master_key.read_bytes()
    settings.master_key.unlink()
    with pytest.raises(Unavailable, match="There is no master key"):
        open_database(settings)
    assert not settings.master_key.exists()
    KeyFile.make(settings.master_key)
    with pytest.raises(Unavailable, match="does not open this database"):
        open_database(settings)
    settings.master_key.write_bytes(kept[:-20])
    with pytest.raises(Unavailable, match="damaged"):
        open_database(settings)
    settings.master_key.write_bytes(kept)
    settings.master_key.chmod(0o644)
    with pytest.raises(Unavailable, match="chmod 600"):
        open_database(settings)
    settings.master_key.chmod(0o600)
    open_database(settings).dispose()
