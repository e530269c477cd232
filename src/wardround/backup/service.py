"""Making a backup while people work, proving it, and putting it back."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson

from wardround.backup import tables
from wardround.backup.archive import Member, Writer, read_header, read_members
from wardround.backup.files import appearing, belonging, keep, reading, require_room
from wardround.backup.locks import Lock, closed_by, opened_by
from wardround.database import Database
from wardround.kernel import Clock, Conflict, InvalidInput, Noun, system_clock

_ABOUT, _TABLE, _FILE, _END = "about", "table/", "file/", "end"


class Contents(Noun):
    """What a backup holds: of which moment, rows by table, files, and the bytes of those."""

    taken: datetime
    version: str
    """The database's version, by which the tables are made again."""
    rows: dict[str, int]
    files: int
    bytes: int


def back_up(
    database: Database,
    home: Path,
    belongs: tuple[str, ...],
    out: Path,
    locks: tuple[Lock, ...],
    clock: Clock = system_clock,
) -> Contents:
    """Write everything there is to ``out``, as it stood at one moment; the server may go on.

    ``belongs`` names the folders and files under ``home`` that belong to the record. To those
    folders files are only ever added, before a row names them: copied after the rows, none that a
    row names is missing. ``out`` appears when it is whole and on the disk. Raise ``Conflict`` where
    it is there already, ``Unavailable`` where it cannot be written.
    """
    with appearing(out) as stream:
        key, header = closed_by(locks)
        writer = Writer(stream, key, header)
        rows: dict[str, int] = {}
        with database.read() as tx:
            taken, version = clock().astimezone(UTC), tables.version_of(tx)
            writer.put(_ABOUT, orjson.dumps({"version": version}))
            for name, lines in tables.dump(tx):
                writer.put(_TABLE + name, lines)
                rows[name] = rows.get(name, 0) + lines.count(b"\n")
        files = size = 0
        for path in belonging(home, belongs):
            with suppress(FileNotFoundError):  # destroyed meanwhile, with the rows that named it
                data = path.read_bytes()
                writer.put(_FILE + path.relative_to(home).as_posix(), data)
                files, size = files + 1, size + len(data)
        contents = Contents(taken=taken, version=version, rows=rows, files=files, bytes=size)
        writer.put(_END, contents.model_dump_json().encode())
        writer.finish()
    return contents


def verify(archive: Path, lock: Lock) -> Contents:
    """Read a backup to its end and return what it holds; ``InvalidInput`` where it is not whole."""
    tally = _Tally(archive)
    for member in _members(archive, lock):
        tally.add(member)
    return tally.contents()


def restore(archive: Path, lock: Lock, database: Database, home: Path) -> Contents:
    """Put a backup back into an empty database and under ``home``; it is proven whole first.

    The rows appear as one, last: cut off before, the database is as empty as it was, and the same
    command does the whole again. Raise ``Conflict`` where the database holds anything.
    """
    contents = verify(archive, lock)
    require_room(home, contents.bytes)
    with database.read() as tx:
        if not tables.is_empty(tx):
            raise Conflict(
                "This database is not empty; a backup is put back into an empty one.",
                mend="Set WARDROUND_HOME, or WARDROUND_DATABASE, to a new place.",
            )
    for member in _members(archive, lock):
        if member.name.startswith(_FILE):
            keep(home, member.name.removeprefix(_FILE), member.data)
    database.migrate(contents.version)
    with database.begin() as tx:
        counts = tables.load(tx, _parts(_members(archive, lock)))
        if counts != contents.rows:
            raise InvalidInput("The backup changed while it was read.", where=archive.name)
    database.migrate()
    return contents


class _Tally:
    """Counts what comes out of an archive, and compares it with what the archive says."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._said: Contents | None = None
        self._rows: dict[str, int] = {}
        self._files = self._bytes = 0

    def add(self, member: Member) -> None:
        if member.name.startswith(_TABLE):
            name = member.name.removeprefix(_TABLE)
            self._rows[name] = self._rows.get(name, 0) + member.data.count(b"\n")
        elif member.name.startswith(_FILE):
            self._files += 1
            self._bytes += len(member.data)
        elif member.name == _END:
            self._said = Contents.model_validate_json(member.data)

    def contents(self) -> Contents:
        said = self._said
        if said is None or (said.rows, said.files, said.bytes) != (
            self._rows,
            self._files,
            self._bytes,
        ):
            raise InvalidInput("This backup does not hold what it says.", where=self._archive.name)
        return said


def _members(archive: Path, lock: Lock) -> Iterator[Member]:
    with reading(archive) as stream:
        key = opened_by(lock, read_header(stream))
        yield from read_members(stream, key)


def _parts(members: Iterator[Member]) -> Iterator[tables.Part]:
    for member in members:
        if member.name.startswith(_TABLE):
            yield member.name.removeprefix(_TABLE), member.data
