"""Making a backup while people work, proving it, and putting it back."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson

from wardround.backup.archive import Member, Writer, read_header, read_members
from wardround.backup.files import belonging, keep, reading, require_room
from wardround.backup.locks import Lock, closed_by, opened_by
from wardround.backup.rows import Part, dump, is_empty, load, version_of
from wardround.database import Database
from wardround.disk import appearing
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


class Belongs(Noun):
    """The folders and files under the home that belong to a backup, by when they are copied."""

    before: tuple[str, ...] = ()
    """Those that tell of rows."""
    after: tuple[str, ...] = ()
    """Those that rows name."""


def back_up(
    database: Database,
    home: Path,
    belongs: Belongs,
    out: Path,
    locks: tuple[Lock, ...],
    clock: Clock = system_clock,
) -> Contents:
    """Write everything there is to ``out``, as it stood at one moment; the server may go on.

    Files that rows name (blobs) are there before a row names them: copied after the rows, none is
    missing. Files that tell of rows (the checkpoints of the audit trail) are written after those:
    copied before the rows, none tells of a row that is not there. ``out`` appears when it is whole
    and on the disk. Raise ``Conflict`` where it is there already, ``Unavailable`` where it cannot
    be written.
    """
    with appearing(out) as stream:
        key, header = closed_by(locks)
        writer = Writer(stream, key, header)
        rows: dict[str, int] = {}
        files = _put_files(writer, home, belongs.before)
        with database.read() as tx:
            taken, version = clock().astimezone(UTC), version_of(tx)
            writer.put(_ABOUT, orjson.dumps({"version": version}))
            for name, lines in dump(tx):
                writer.put(_TABLE + name, lines)
                rows[name] = rows.get(name, 0) + lines.count(b"\n")
        files += _put_files(writer, home, belongs.after)
        contents = Contents(
            taken=taken, version=version, rows=rows, files=len(files), bytes=sum(files)
        )
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
        if not is_empty(tx):
            raise Conflict(
                "This database is not empty; a backup is put back into an empty one.",
                mend="Set WARDROUND_HOME, or WARDROUND_DATABASE, to a new place.",
            )
    for member in _members(archive, lock):
        if member.name.startswith(_FILE):
            keep(home, member.name.removeprefix(_FILE), member.data)
    database.migrate(contents.version)
    with database.begin() as tx:
        counts = load(tx, _parts(_members(archive, lock)))
        if counts != contents.rows:
            raise InvalidInput("The backup changed while it was read.", where=archive.name)
    database.migrate()
    return contents


def _put_files(writer: Writer, home: Path, names: tuple[str, ...]) -> list[int]:
    """Add the files under these names, and return the bytes of each."""
    sizes = []
    for path in belonging(home, names):
        with suppress(FileNotFoundError):  # destroyed meanwhile, with the rows that named it
            data = path.read_bytes()
            writer.put(_FILE + path.relative_to(home).as_posix(), data)
            sizes.append(len(data))
    return sizes


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


def _parts(members: Iterator[Member]) -> Iterator[Part]:
    for member in members:
        if member.name.startswith(_TABLE):
            yield member.name.removeprefix(_TABLE), member.data
