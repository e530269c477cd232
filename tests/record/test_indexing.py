import threading

import pytest
from sqlalchemy import delete, select, update

from tests.record.conftest import body
from wardround.database import Database
from wardround.record import Chart, indexing, refresh_index
from wardround.record.tables import index, index_form
from wardround.record.values import FORM
from wardround.security import vault_of


def rows(database: Database) -> set[tuple[object, ...]]:
    columns = [column for column in index.c if column.name not in {"row", "sealed"}]
    with database.read() as tx:
        return {tuple(row) for row in tx.execute(select(*columns))}


@pytest.fixture
def filled(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A record whose index is built in three turns."""
    monkeypatch.setattr(indexing, "_BATCH", 50)
    with database.begin() as tx:
        chart = Chart(tx)
        for number in range(121):
            name = [{"family": f"Family {number}"}]
            chart.update(body("Patient", id=f"p{number}", gender="female", name=name))
        for number in range(3):
            chart.update(body("Observation", id=f"o{number}", status="final"))
        chart.update(body("Patient", id="p0", gender="other"))
        chart.delete("Patient/p1")
    return database


def test_an_index_built_by_another_is_built_anew(filled: Database) -> None:
    before = rows(filled)
    with filled.begin() as tx:
        tx.execute(update(index).values(name="old", value="old"))
        tx.execute(delete(index_form))
        tx.execute(index_form.insert().values(form="another"))
    assert refresh_index(filled) == 123
    assert rows(filled) == before
    with filled.read() as tx:
        assert tx.execute(select(index_form.c.form)).scalar_one() == vault_of(tx).blind(
            "record_index", FORM
        )
        assert Chart(tx).count("Patient", {"gender": "female"}) == 119
    assert refresh_index(filled) == 0


def test_an_empty_record(database: Database) -> None:
    assert refresh_index(database) == 0
    with database.begin() as tx:
        Chart(tx).update(body("Patient", id="p"))
    assert refresh_index(database) == 0


def test_cut_off_it_is_as_if_it_had_not_begun(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(filled)
    monkeypatch.setattr("wardround.record.shelf.rows_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        refresh_index(filled)
    assert rows(filled) == before


def test_several_that_start_at_once_while_somebody_writes(filled: Database) -> None:
    with filled.begin() as tx:
        tx.execute(update(index_form).values(form="another"))
    built: list[int] = []

    def write() -> None:
        for number in range(20):
            with filled.begin() as tx:
                Chart(tx).update(body("Patient", id=f"p{number}", gender="unknown"))

    threads = [
        *(threading.Thread(target=lambda: built.append(refresh_index(filled))) for _ in range(3)),
        threading.Thread(target=write),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(built)[:2] == [0, 0]
    assert sorted(built)[2] in {123, 124}  # p1 had been deleted
    kept = rows(filled)
    with filled.begin() as tx:
        assert len(tx.execute(select(index.c.row)).all()) == len(kept)
        tx.execute(update(index_form).values(form="another"))
    refresh_index(filled)
    assert rows(filled) == kept
