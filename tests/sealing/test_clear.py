"""A database and files that an earlier version kept in clear are sealed when they are opened."""

import json
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from tests.database.test_audit_migration import at_version
from tests.sealing.conftest import ADA, OSEI, VISIT, encounter, patient
from tests.sealing.test_leaks import dumped
from wardround.bootstrap import open_database
from wardround.database import Database
from wardround.kernel import Draft, Input, Model, Order, Status, Unavailable
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State
from wardround.security import Vault, count_clear, has_keys, sealed_columns
from wardround.settings import Settings

AT = "2026-11-01T09:00:00Z"
DATA = VISIT.encode()
DIGEST = sha256(DATA).hexdigest()
INPUT = Input(
    name="visit.txt", reference=f"Binary/{DIGEST}", sha256=DIGEST, media_type="text/plain"
)
ORDER = Order(
    id="o1",
    capability="documentation",
    subject=ADA,
    encounter="Encounter/e1",
    inputs=(INPUT,),
    ordered_by=OSEI.id,
    ordered_at=AT,
)
DRAFT = Draft(
    id="o1",
    capability="documentation",
    subject=ADA,
    encounter="Encounter/e1",
    status=Status.DRAFTED,
    content={"sections": [{"title": "Plan", "text": "The heliotrope room."}]},
    model=Model(name="m", version="1", digest="ab" * 32),
    inputs=(INPUT,),
    created=AT,
    updated=AT,
)


def insert(database: Database, table: str, **values: Any) -> None:
    names = ", ".join(values)
    bound = ", ".join(f":{name}" for name in values)
    with database.begin() as tx:
        tx.execute(text(f"INSERT INTO {table} ({names}) VALUES ({bound})"), values)


@pytest.fixture
def old(settings: Settings) -> Settings:
    """Write what the version of before would have: all in clear."""
    settings.home.mkdir()
    database = Database(settings.database_url)
    if not database.is_sqlite:
        with database.begin() as tx:
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
    at_version(database, "0004")
    false = False
    for body in (patient(ADA, planted=True), encounter(ADA, "e1")):
        kind, name = json.loads(body)["resourceType"], json.loads(body)["id"]
        head = {"kind": kind, "id": name, "version": 1, "updated": AT[:-1], "deleted": false}
        insert(database, "record_resource", **head)
        insert(database, "record_version", **head, body=body)
    for _ in range(2):
        head["version"] += 1
        insert(database, "record_version", **head, body=body)
    with database.begin() as tx:
        tx.execute(text("UPDATE record_resource SET version = 3 WHERE id = 'e1'"))
    row = {"id": "o1", "capability": "documentation", "encounter": "Encounter/e1"}
    order = ORDER.model_dump_json()
    insert(
        database, "round_order", **row, state="done", attempt=1, ordered_at=AT[:-1], document=order
    )
    draft = {"order_id": "o1", "subject": ADA, "status": "drafted", "revision": DRAFT.revision}
    document = DRAFT.model_dump_json()
    insert(database, "round_draft", **row, **draft, created=AT[:-1], document=document)
    insert(database, "round_revision", draft_id="o1", revision=DRAFT.revision, document=document)
    database.dispose()
    folder = settings.blobs / DIGEST[:2]
    folder.mkdir(parents=True)
    (folder / DIGEST).write_bytes(DATA)
    return settings


def is_all_there(settings: Settings) -> None:
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database)
    rounds = Rounds(database, blobs, {}, settings.workflows_url)
    with database.read() as tx:
        chart = Chart(tx)
        assert chart.read(ADA).body == patient(ADA, planted=True)
        assert len(chart.history("Encounter/e1")) == 3
        assert chart.count("Patient", {"name": "thistle", "birthdate": "1951-03-09"}) == 1
        assert chart.count("Encounter", {"patient": ADA}) == 1
    assert [state.order for state in rounds.orders(State.DONE)] == [ORDER]
    assert rounds.draft("o1") == DRAFT
    assert blobs.get(DIGEST, ADA) == DATA
    database.dispose()


def in_clear(settings: Settings) -> list[str]:
    files = [path for path in settings.home.parent.rglob("*") if path.is_file()]
    written = {path.name: path.read_bytes() for path in files}
    if settings.database_url.startswith("postgresql"):
        written["dump"] = dumped(settings.database_url)
    words = ("Thistlewaite", "heliotrope", "MRN-4471823", "marmalade", "1951-03-09")
    forms = [form for word in words for form in (word.encode(), word.encode().hex().encode())]
    return [name for name, data in written.items() if any(form in data for form in forms)]


def test_what_was_in_clear_is_sealed(old: Settings) -> None:
    assert in_clear(old)
    is_all_there(old)
    assert in_clear(old) == []
    is_all_there(old)


def test_cut_off_it_goes_on(old: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    seal, left = Vault.seal, [0]

    def failing(self: Vault, *args: Any) -> bytes:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return seal(self, *args)

    for at in (0, 2, 5, 7):
        left[0] = at
        with monkeypatch.context() as patched:
            patched.setattr(Vault, "seal", failing)
            with pytest.raises(KeyboardInterrupt):
                open_database(old)
    is_all_there(old)
    assert in_clear(old) == []
    database = Database(old.database_url)
    assert has_keys(database)
    database.dispose()


def test_nothing_in_clear_is_taken_for_sealed(settings: Settings) -> None:
    database = open_database(settings)
    with database.begin() as tx:
        Chart(tx).update(patient(ADA, planted=True))
    with database.begin() as tx:
        tx.execute(text("UPDATE record_version SET body = :body"), {"body": b'{"id": "x"}'})
    with database.read() as tx, pytest.raises(Unavailable, match="changed, or is damaged"):
        Chart(tx).read(ADA)
    database.dispose()


def test_what_is_in_clear_is_counted_column_by_column(settings: Settings) -> None:
    database = open_database(settings)
    with database.begin() as tx:
        Chart(tx).update(patient(ADA, planted=True))
        Chart(tx).update(patient("Patient/bea", planted=False))
    found = count_clear(database)
    assert found["record_version.body"] == 0
    assert {f"{table.name}.{column.name}" for table, column, _ in sealed_columns()} == set(found)
    changed = "UPDATE record_version SET body = :body WHERE id = 'ada'"
    with database.begin() as tx:
        tx.execute(text(changed), {"body": b'{"id": "x"}'})
    assert {name: n for name, n in count_clear(database).items() if n} == {"record_version.body": 1}
    with database.begin() as tx:
        tx.execute(text(changed), {"body": b""})  # of a patient whose key was destroyed
    assert not any(count_clear(database).values())
    database.dispose()
