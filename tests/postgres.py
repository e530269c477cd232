"""A PostgreSQL server for tests: our own, on a free port, gone when the tests end."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import uuid4

from wardround.database import Database

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings that no real server should have."""

TEMPLATE = "template_wardround"

OURS = "NOT LIKE 'pg_%' AND nspname <> 'information_schema'"
SHAPE = f"""
SELECT nspname, relname, attname, atttypid::text, attnotnull::text, reloptions::text
  FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
 WHERE nspname {OURS} AND attnum > 0
UNION ALL SELECT nspname, conname, pg_get_constraintdef(c.oid), '', '', ''
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE nspname {OURS}
UNION ALL SELECT nspname, proname, prosrc, '', '', ''
  FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname {OURS}
UNION ALL SELECT '', tgname, tgrelid::regclass::text, tgenabled::text, '', ''
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT '', adrelid::regclass::text, pg_get_expr(adbin, adrelid), '', '', ''
  FROM pg_attrdef
UNION ALL SELECT '', setdatabase::text, setconfig::text, '', '', ''
  FROM pg_db_role_setting
UNION ALL SELECT '', 'version', version_num, '', '', '' FROM alembic_version
ORDER BY 1, 2, 3, 4
"""
"""All that a database is but the rows of its tables."""

TABLES = """
SELECT oid::regclass::text FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
FROM_ONE = """
SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences
 WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


class Server:
    """One server; ``fresh`` lends an empty database of it."""

    def __init__(self, binaries: Path) -> None:
        # Not in pytest's own folder: every session closes that one to other users.
        self._home = Path(mkdtemp(prefix="wardround-postgres-"))
        self._binaries = binaries
        self._data = self._home / "data"
        self._port = _free_port()
        self._shape: list[TupleRow] = []
        self._tables: list[str] = []
        self._rows: dict[str, bytes] = {}
        self._emptied: list[str] = []
        self._as = _unprivileged() if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(self._home, self._as[-2])

    @staticmethod
    def binaries() -> Path | None:
        """Return the folder of PostgreSQL's programs, or None where it is not installed."""
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        found = shutil.which("initdb") or (debian[-1] if debian else None)
        return None if found is None else Path(found).parent

    def start(self) -> None:
        """Start the server and make the template."""
        self._run("initdb", "-D", self._data, "-U", "wardround", "--auth=trust", "-E", "UTF8")
        options = " ".join(f"-c {name}={value}" for name, value in FAST.items())
        options += f" -p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._run(
            "pg_ctl", "-D", self._data, "-w", "-l", self._data / "log", "-o", options, "start"
        )
        self._sql(f"CREATE DATABASE {TEMPLATE}")
        template = Database(self.url(TEMPLATE))
        template.migrate()
        template.dispose()
        with self._connected(TEMPLATE) as own:
            self._shape = _shape(own)
            self._tables = [table for (table,) in own.execute(TABLES)]
            self._rows = {t: _copied(own, t) for t in self._tables if _has_rows(own, t)}

    def stop(self) -> None:
        """Stop the server, and remove what it kept."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")
        shutil.rmtree(self._home)

    def url(self, name: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://wardround@127.0.0.1:{self._port}/{name}"

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """Lend a database of its own to a test, with its tables or without."""
        if empty:
            name = self._make("template1")
        else:
            name = self._emptied.pop() if self._emptied else self._make(TEMPLATE)
        try:
            yield self.url(name)
        finally:
            if not empty and self._empty(name):
                self._emptied.append(name)
            else:
                self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _make(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _empty(self, name: str) -> bool:
        """Make a database as its template is, where only rows differ: quicker than a new one."""
        with self._connected(name) as own:
            own.execute(HANG_UP)
            if _shape(own) != self._shape:
                return False
            filled = [table for table in self._tables if _has_rows(own, table)]
            if filled:
                own.execute("SET session_replication_role = replica")  # the trail only grows
                own.execute(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE")
            own.execute(FROM_ONE)
            for table, rows in self._rows.items():
                with own.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
        return True

    def _sql(self, statement: str) -> None:
        with self._connected("postgres") as own:
            own.execute(statement)

    @contextmanager
    def _connected(self, name: str) -> Iterator["Connection[TupleRow]"]:
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as own:
            yield own

    def _run(self, program: str, *arguments: object) -> None:
        command = [*self._as, str(self._binaries / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        assert done.returncode == 0, done.stderr


def _shape(own: "Connection[TupleRow]") -> "list[TupleRow]":
    try:
        return own.execute(SHAPE).fetchall()
    except own.ProgrammingError:  # not even the table of versions is there
        return []


def _has_rows(own: "Connection[TupleRow]", table: str) -> bool:
    return own.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def _copied(own: "Connection[TupleRow]", table: str) -> bytes:
    with own.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(map(bytes, copy))


def _unprivileged() -> list[str]:
    """Return how to run a program as somebody else: PostgreSQL refuses to run as root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in names else "nobody", "--"]


def _free_port() -> int:
    with socket.socket() as lent:
        lent.bind(("127.0.0.1", 0))
        port: int = lent.getsockname()[1]
        return port
