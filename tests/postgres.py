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
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from wardround.database import Database

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings that no real server should have."""


class Server:
    """One server; ``fresh`` lends an empty database of it."""

    def __init__(self, binaries: Path) -> None:
        # Not in pytest's own folder: every session closes that one to other users.
        self._home = Path(mkdtemp(prefix="wardround-postgres-"))
        self._binaries = binaries
        self._data = self._home / "data"
        self._port = _free_port()
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
        self._sql("CREATE DATABASE template_wardround")
        template = Database(self.url("template_wardround"))
        template.migrate()
        template.dispose()

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
        name = f"test_{uuid4().hex}"
        self._sql(
            f"CREATE DATABASE {name} TEMPLATE {'template1' if empty else 'template_wardround'}"
        )
        try:
            yield self.url(name)
        finally:
            self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        url = self.url("postgres").replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))

    def _run(self, program: str, *arguments: object) -> None:
        command = [*self._as, str(self._binaries / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        assert done.returncode == 0, done.stderr


def _unprivileged() -> list[str]:
    """Return how to run a program as somebody else: PostgreSQL refuses to run as root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in names else "nobody", "--"]


def _free_port() -> int:
    with socket.socket() as lent:
        lent.bind(("127.0.0.1", 0))
        port: int = lent.getsockname()[1]
        return port
