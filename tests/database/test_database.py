import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from tests.postgres import Server
from wardround.database import Database
from wardround.kernel import InvalidInput, Unavailable

notes = Table("notes", MetaData(), Column("number", Integer, primary_key=True))


@pytest.fixture
def kept(database: Database) -> Database:
    with database.begin() as tx:
        notes.create(tx)
    return database


def numbers(database: Database) -> list[int]:
    with database.read() as tx:
        return list(tx.execute(select(notes.c.number).order_by(notes.c.number)).scalars())


def test_a_transaction_is_kept(kept: Database) -> None:
    with kept.begin() as tx:
        tx.execute(insert(notes).values(number=1))
    assert numbers(kept) == [1]


def test_an_error_undoes_the_whole(kept: Database) -> None:
    def fail() -> None:
        with kept.begin() as tx:
            tx.execute(insert(notes).values(number=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert numbers(kept) == []


def test_a_fault_of_ours_is_not_called_a_fault_of_the_database(kept: Database) -> None:
    with pytest.raises(IntegrityError), kept.begin() as tx:
        tx.execute(insert(notes), [{"number": 1}, {"number": 1}])
    assert numbers(kept) == []


def test_words_of_a_row_are_not_taken_for_a_fault_of_the_database(database: Database) -> None:
    names = Table("names", MetaData(), Column("name", String(40), primary_key=True))
    with database.begin() as tx:
        names.create(tx)
    with pytest.raises(IntegrityError), database.begin() as tx:
        tx.execute(insert(names), [{"name": "locked"}, {"name": "locked"}])


def test_an_error_does_not_tell_what_was_written(kept: Database) -> None:
    with pytest.raises(IntegrityError) as told, kept.begin() as tx:
        tx.execute(text("INSERT INTO notes VALUES (:n), (:n)"), {"n": 918273645})
    assert "918273645" not in str(told.value).partition("DETAIL")[0]


@pytest.mark.postgres
def test_a_text_with_a_zero_byte_is_the_senders_fault(postgres: Server) -> None:
    with postgres.fresh() as url:
        database = Database(url)
        with pytest.raises(InvalidInput, match=r"U\+0000"), database.read() as tx:
            tx.execute(text("SELECT CAST(:t AS TEXT)"), {"t": "a\0b"})
        database.dispose()


def test_reading_refuses_to_write(kept: Database) -> None:
    with pytest.raises(Unavailable, match=r"only reads\. Write within begin"), kept.read() as tx:
        tx.execute(insert(notes).values(number=1))
    with kept.begin() as tx:
        tx.execute(insert(notes).values(number=2))
    assert numbers(kept) == [2]


def test_reading_sees_one_moment(kept: Database) -> None:
    with kept.read() as before:
        assert before.execute(select(notes.c.number)).all() == []
        with kept.begin() as tx:
            tx.execute(insert(notes).values(number=1))
        assert before.execute(select(notes.c.number)).all() == []
    assert numbers(kept) == [1]


def test_writers_wait_for_one_another(kept: Database) -> None:
    def write(start: int) -> None:
        for number in range(start, start + 20):
            with kept.begin() as tx:
                tx.execute(insert(notes).values(number=number))

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers(kept)) == 80


def test_sqlite_is_durable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.begin() as tx:
        found = {
            name: tx.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_sqlite_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    database.dispose()
    assert modes["a.db"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.postgres
def test_two_writers_in_each_other_s_way(postgres: Server) -> None:
    with postgres.fresh() as url:
        database = Database(url)
        with database.begin() as tx:
            notes.create(tx)
            tx.execute(insert(notes), [{"number": 1}, {"number": 2}])
        both_began = threading.Barrier(2)
        told: list[str] = []

        def write(first: int, second: int) -> None:
            try:
                with database.begin() as tx:
                    tx.execute(update(notes).where(notes.c.number == first).values(number=first))
                    both_began.wait()
                    tx.execute(update(notes).where(notes.c.number == second).values(number=second))
            except Unavailable as error:
                told.append(error.what)

        threads = [threading.Thread(target=write, args=order) for order in ((1, 2), (2, 1))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        database.dispose()
    assert told == ["Two writers stood in each other's way."]


@pytest.mark.parametrize(
    "url",
    [
        "", "nonsense", "mysql://localhost/x", "sqlite://", "sqlite:///:memory:", "sqlite",
        "postgresql://somebody:secret@localhost:port/x", "postgresql://somebody:sec/ret@[::1/x",
    ],
)  # fmt: skip
def test_a_database_of_another_kind(url: str) -> None:
    with pytest.raises(InvalidInput, match="PostgreSQL") as told:
        Database(url)
    assert told.value.where == "WARDROUND_DATABASE"
    assert "sec" not in str(told.value)


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardround.database.database.find_spec", lambda _: None)
    with pytest.raises(Unavailable, match=r"pip install 'wardround\[postgres\]'"):
        Database("postgresql://localhost/wardround")


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("127.0.0.1:1/none", "No database answers there"),
        ("nowhere.invalid/none", "No database answers there"),
        ("/none?host=/nowhere", "No database answers there"),
        ("127.0.0.1:1/none?sslmode=secretly", "not named as it should be"),
        ("127.0.0.1:1/none?nonsense=1", "not named as it should be"),
    ],
)
def test_no_postgresql_there(place: str, what: str) -> None:
    database = Database(f"postgresql://nobody:secret@{place}")
    with pytest.raises(Unavailable, match=what) as told:
        database.migrate()
    assert told.value.where == "WARDROUND_DATABASE"
    assert "secret" not in str(told.value)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be opened"):
        Database(f"sqlite:///{tmp_path / 'none' / 'a.db'}").migrate()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear colleague, thank you for seeing this patient. " * 50)
    before = file.read_bytes()
    with pytest.raises(Unavailable, match="not a SQLite database") as told:
        Database(f"sqlite:///{file}").migrate()
    assert told.value.where == "letter.txt"
    assert file.read_bytes() == before


def test_a_read_only_file(tmp_path: Path) -> None:
    # The administrator may write everything; what says read-only is a flag of the connection.
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    database.migrate()
    database.dispose()
    readonly = Database(f"sqlite:///file:{tmp_path / 'a.db'}?mode=ro&uri=true")
    with pytest.raises(Unavailable, match="read-only"), readonly.begin() as tx:
        notes.create(tx)
    readonly.dispose()


def test_too_many_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.01)
    monkeypatch.setattr(database.engine.pool, "_max_overflow", 0)
    opened = [database.engine.connect() for _ in range(database.engine.pool.size())]  # type: ignore[attr-defined]
    with pytest.raises(Unavailable, match="Too many requests"), database.read():
        pass
    for connection in opened:
        connection.close()


FILL = """
import resource, sys
from sqlalchemy import text
from wardround.database import Database
from wardround.kernel import Unavailable

database = Database(sys.argv[1])
with database.begin() as tx:
    tx.execute(text("CREATE TABLE pages (page BLOB)"))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
kept = 0
try:
    for _ in range(100):
        with database.begin() as tx:
            for _ in range(10):
                tx.execute(text("INSERT INTO pages VALUES (randomblob(10000))"))
        kept += 10
except Unavailable as error:
    print(kept, error.what)
"""


def test_a_full_disk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    done = subprocess.run(
        [sys.executable, "-c", FILL, url], capture_output=True, text=True, check=True
    )
    kept, _, said = done.stdout.strip().partition(" ")
    assert said in {"The disk of the database is full.", "The disk refuses to write."}
    database = Database(url)
    with database.begin() as tx:
        assert tx.execute(text("SELECT count(*) FROM pages")).scalar_one() == int(kept) > 0
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        tx.execute(text("INSERT INTO pages VALUES (randomblob(10000))"))
    database.dispose()


@pytest.mark.postgres
def test_no_answer_in_clear_is_taken_where_tls_was_asked_for(postgres: Server) -> None:
    with postgres.fresh() as url:
        database = Database(f"{url}?sslmode=verify-full&sslrootcert=system")
        with pytest.raises(Unavailable, match="in clear only"), database.read():
            pass
        database.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_ways_to_name_postgresql(postgres: Server, scheme: str) -> None:
    with postgres.fresh() as url:
        database = Database(url.replace("postgresql:", f"{scheme}:"))
        with database.read() as tx:
            assert tx.execute(text("SELECT 1")).scalar_one() == 1
        database.dispose()


def test_it_says_what_it_is_and_whether_anything_is_in_it(database: Database) -> None:
    assert database.version().startswith("SQLite 3." if database.is_sqlite else "PostgreSQL 1")
    assert database.has_tables()


def test_a_database_that_nothing_was_made_in(tmp_path: Path) -> None:
    bare = Database(f"sqlite:///{tmp_path / 'bare.db'}")
    assert not bare.has_tables()
    bare.dispose()
