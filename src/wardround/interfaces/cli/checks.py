"""The checks of ``wardround doctor``: each looks at one thing and changes nothing."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from wardround.kernel import InvalidInput, WardroundError
from wardround.settings import Settings, read_settings

_LEAST_DISK = 500_000_000
_EXTRAS = {
    "psycopg": ("PostgreSQL driver", "pip install 'wardround[postgres]', to use PostgreSQL."),
    "rouge_score": ("scorer", "pip install 'wardround[evaluate]', for wardround evaluate."),
}


class State(StrEnum):
    """What a check found."""

    OK = "ok"
    OPTIONAL = "optional"
    """Not there; only tests or extras need it."""
    MISSING = "MISSING"
    """Not there, or not right, and needed."""


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: str
    state: State
    found: str
    mend: str = ""


def checks() -> Iterator[Check]:
    """Yield what each check finds, in the order to mend them."""
    yield _python()
    yield _packages()
    yield from _extras()
    yield _models()
    yield _pages()
    try:
        settings = read_settings()
    except InvalidInput as error:
        yield Check("settings", State.MISSING, str(error))
        return
    yield Check("settings", State.OK, f"data in {settings.home.resolve()}")
    yield _folder(settings.home)
    yield _disk(settings.home)
    yield _database(settings)
    yield from _test_programs()


def _python() -> Check:
    version = sys.version.split()[0]
    state = State.OK if sys.version_info >= (3, 11) else State.MISSING
    return Check("Python", state, version, "Install Python 3.11 or newer.")


def _packages() -> Check:
    lacking = []
    for line in metadata.requires("wardround") or []:
        requirement, _, marker = line.partition(";")
        name = requirement.strip().split("[")[0]
        name = name[: next((i for i, c in enumerate(name) if c in "<>=!~ ("), len(name))]
        if "extra" not in marker and not _installed(name):
            lacking.append(name)
    if lacking:
        found = f"{', '.join(lacking)} not installed"
        return Check("packages", State.MISSING, found, "Run: pip install wardround")
    return Check("packages", State.OK, f"wardround {metadata.version('wardround')} and its own")


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _extras() -> Iterator[Check]:
    for module, (name, mend) in _EXTRAS.items():
        there = find_spec(module) is not None
        state = State.OK if there else State.OPTIONAL
        yield Check(name, state, "installed" if there else "not installed", mend)


def _models() -> Check:
    from wardround.bootstrap import Finders, load_capabilities
    from wardround.settings import read_settings

    try:
        names = list(load_capabilities(Finders(provider=read_settings().onnx_provider)))
    except WardroundError as error:
        return Check("models", State.MISSING, str(error))
    return Check("models", State.OK, f"loaded and intact for {', '.join(names)}")


def _pages() -> Check:
    from wardround.interfaces.cli.serving import require_pages

    try:
        require_pages()
    except WardroundError as error:
        return Check("pages", State.MISSING, error.what, error.mend or "")
    return Check("pages", State.OK, "front-end packages are there")


def _folder(home: Path) -> Check:
    place = next(path for path in (home, *home.resolve().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        found = f"{place} cannot be written: {error.strerror}"
        return Check("data folder", State.MISSING, found, "Set WARDROUND_HOME to one that can.")
    made = "is there" if home.exists() else "is made at the first start"
    return Check("data folder", State.OK, f"{home} {made}")


def _disk(home: Path) -> Check:
    place = next(path for path in (home, *home.resolve().parents) if path.exists())
    free = shutil.disk_usage(place).free
    state = State.OK if free >= _LEAST_DISK else State.MISSING
    return Check("disk", state, f"{free / 1e9:.1f} GB free", "Make room: half a gigabyte at least.")


def _database(settings: Settings) -> Check:
    from wardround.database import Database
    from wardround.record import Chart

    file = settings.home / "wardround.db"
    if settings.database is None and not file.exists():
        return Check("database", State.OK, "is made at the first start")
    try:
        database = Database(settings.database_url)
        try:
            with database.read() as tx:
                Chart(tx).search("Patient", {"_count": "1"})
        finally:
            database.dispose()
    except WardroundError as error:
        return Check("database", State.MISSING, error.what, error.mend or "")
    return Check("database", State.OK, "reachable and up to date")


def _test_programs() -> Iterator[Check]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    yield _program("Chromium", chromium, "apt install chromium, for the browser tests.")
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    postgres = shutil.which("initdb") or (str(servers[-1]) if servers else None)
    yield _program("PostgreSQL", postgres, "apt install postgresql, for its tests.")


def _program(name: str, place: str | None, mend: str) -> Check:
    return Check(name, State.OK if place else State.OPTIONAL, place or "not installed", mend)
