"""Blobs: recordings, transcripts and images, each kept once for its patient, and sealed.

A blob is asked for by the sha256 of its bytes; its file has a name that tells nothing, and holds
sealed pieces of at most a megabyte. Where it is, and whose, stands in the database.
"""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select, update

from wardround.database import Database
from wardround.disk import sync_folder
from wardround.kernel import Clock, InvalidInput, NotFound, Unavailable, system_clock
from wardround.record.leaving import remove_left, take_out
from wardround.record.pieces import CHUNK, LENGTH, opened, seal_pieces
from wardround.record.tables import blobs
from wardround.security import NOBODY, utc, vault_of

_DIGEST = re.compile(r"[0-9a-f]{64}")
_HEAD = 9
_PART = ".part-"
_TURNS = 0x424C4F42
"""The family of locks that transactions on PostgreSQL take turns by, one a blob."""

_ABANDONED_SECONDS = 24 * 60 * 60


class Blobs:
    """A folder of blobs; what was put there is on the disk when ``put`` returns."""

    def __init__(self, root: Path, database: Database, clock: Clock = system_clock) -> None:
        self._root = root
        self._database = database
        self._clock = clock

    def put(self, data: bytes | BinaryIO, owner: str = NOBODY) -> str:
        """Keep bytes, or all that a file holds, for ``Patient/1``, and return their sha256.

        Twice is once for each owner, and a copy found damaged is replaced. Raise ``Unavailable``
        where the disk is full: nothing is then half-written.
        """
        source = BytesIO(data) if isinstance(data, bytes) else data
        name = uuid4().hex
        with _in_words(self._root.name, "kept"), self._database.begin() as tx:
            self._make_root()
            with NamedTemporaryFile(dir=self._root, prefix=_PART, delete=False) as part:
                try:
                    digest = _sealed(tx, source, part.file, owner, name)
                    self._settle(tx, Path(part.name), digest, owner, name)
                finally:
                    Path(part.name).unlink(missing_ok=True)
        return digest

    def get(self, digest: str, owner: str | None = None) -> bytes:
        """Return the bytes of a blob, of one owner or of whoever has it.

        Raise ``NotFound``, or ``Unavailable`` where they decayed.
        """
        with self._database.read() as tx:
            found = self._found(tx, digest, owner)
            if not found:
                raise NotFound("There is no such blob.", where=digest)
            with _in_words(digest, "read"):
                data = b"".join(self._pieces(tx, found[0]))
        if sha256(data).hexdigest() != digest:
            raise _damaged(digest)
        return data

    @contextmanager
    def unsealed(self, digest: str, owner: str | None = None) -> Iterator[Path]:
        """Give a file with the bytes of a blob, for what is read in places or too big to hold.

        Nobody else may read it, and it is gone afterwards; what a killed process left goes with the
        next blob that is put. Raise ``NotFound``, or ``Unavailable`` where it decayed.
        """
        with self._database.read() as tx:
            found = self._found(tx, digest, owner)
            if not found:
                raise NotFound("There is no such blob.", where=digest)
        with ExitStack() as left:
            with (
                _in_words(digest, "read"),
                self._database.read() as tx,
                NamedTemporaryFile(dir=self._root, prefix=_PART, delete=False) as file,
            ):
                left.callback(Path(file.name).unlink, missing_ok=True)
                hashed = sha256()
                for piece in self._pieces(tx, found[0]):
                    hashed.update(piece)
                    file.write(piece)
            if hashed.hexdigest() != digest:
                raise _damaged(digest)
            yield Path(file.name)

    def owners(self, digest: str) -> list[str]:
        """Return whose a blob is: ``Patient/1``, or ``-`` for nobody's; nothing where it is not."""
        with self._database.read() as tx:
            query = select(blobs.c.owner).where(blobs.c.digest == _hashed(tx, digest))
            return sorted(tx.execute(query).scalars())

    def has(self, tx: Connection, digest: str, owner: str) -> bool:
        """Whether a blob of an owner is kept."""
        return bool(self._found(tx, digest, owner))

    def in_clear(self) -> list[Path]:
        """Return the files that an earlier version kept in clear, under their sha256."""
        return [path for path in self._root.glob("*/*") if _DIGEST.fullmatch(path.name)]

    def adopt(self, file: Path, owner: str) -> None:
        """Seal a file that was kept in clear; it goes once it is sealed."""
        with _in_words(file.name, "read"), file.open("rb") as data:
            self.put(data, owner)
        file.unlink()

    def reseal(self) -> int:
        """Seal anew what is under other keys than those of today, and return how many files."""
        with self._database.read() as tx:
            rows = tx.execute(select(blobs)).all()
        return sum(self._resealed(row.name, row.owner) for row in rows)

    def shred(self, tx: Connection, owner: str) -> None:
        """Take out all blobs of ``owner``; ``clear_out`` then removes their files."""
        take_out(tx, blobs.c.owner == owner)

    def destroy(self, tx: Connection, digests: Sequence[str], owner: str, before: datetime) -> bool:
        """Take out blobs of ``owner``; ``clear_out`` then removes their files.

        Return False, with none taken out, where one was put after ``before``: somebody needs it.
        """
        hashed = [_hashed(tx, digest) for digest in digests]
        theirs = (blobs.c.owner == owner) & blobs.c.digest.in_(hashed)
        kept = tx.execute(select(blobs.c.kept).where(theirs).with_for_update()).scalars().all()
        if any(utc(at) > before for at in kept):
            return False
        take_out(tx, theirs)
        return True

    def clear_out(self) -> int:
        """Remove the files of what was taken out; return how many. Cut off, go on."""
        return remove_left(self._database, lambda name: place_of(self._root, name))

    def _resealed(self, name: str, owner: str) -> bool:
        """Seal a blob's file anew in its place: the old one stands until the new one is whole."""
        place = place_of(self._root, name)
        with _in_words(f"blob/{name}", "sealed anew"), self._database.begin() as tx:
            vault = vault_of(tx)
            with place.open("rb") as file:
                first = file.read(LENGTH + _HEAD)[LENGTH:]
            if not first or vault.is_current(tx, owner, first):
                return False
            with NamedTemporaryFile(dir=self._root, prefix=_PART, delete=False) as part:
                try:
                    seal_pieces(vault, tx, self._pieces(tx, name), part.file, owner, name)
                    Path(part.name).replace(place)
                    sync_folder(place.parent)
                finally:
                    Path(part.name).unlink(missing_ok=True)
        return True

    def path(self, digest: str, owner: str | None = None) -> Path:
        """Return where a blob is kept; raise ``NotFound``."""
        with self._database.read() as tx:
            found = self._found(tx, digest, owner)
        if not found:
            raise NotFound("There is no such blob.", where=digest)
        return place_of(self._root, found[0])

    def _found(self, tx: Connection, digest: str, owner: str | None) -> list[str]:
        query = select(blobs.c.name).where(blobs.c.digest == _hashed(tx, digest))
        if owner is not None:
            query = query.where(blobs.c.owner == owner)
        return list(tx.execute(query.order_by(blobs.c.kept, blobs.c.name)).scalars())

    def _pieces(self, tx: Connection, name: str) -> Iterator[bytes]:
        try:
            file = place_of(self._root, name).open("rb")
        except FileNotFoundError:
            raise _damaged(f"blob/{name}") from None
        with file:
            yield from opened(vault_of(tx), tx, file, name)

    def _make_root(self) -> None:
        if self._root.is_dir():
            return
        self._root.mkdir(parents=True, exist_ok=True)
        sync_folder(self._root.parent)

    def _settle(self, tx: Connection, part: Path, digest: str, owner: str, name: str) -> None:
        _take_turns(tx, digest)
        known = self._found(tx, digest, owner)
        if known and self._is_whole(tx, digest, known[0]) and self._kept_again(tx, known[0]):
            return
        for damaged in known:
            tx.execute(blobs.delete().where(blobs.c.name == damaged))
            place_of(self._root, damaged).unlink(missing_ok=True)
        place = place_of(self._root, name)
        place.parent.mkdir(exist_ok=True)
        part.replace(place)
        sync_folder(place.parent)
        sync_folder(self._root)
        row = {"name": name, "digest": _hashed(tx, digest), "owner": owner}
        tx.execute(insert(blobs).values(**row, kept=self._clock().astimezone(UTC)))
        self._sweep()

    def _kept_again(self, tx: Connection, name: str) -> bool:
        """Say that a blob was put just now; False where it was taken out meanwhile."""
        now = self._clock().astimezone(UTC)
        return tx.execute(update(blobs).where(blobs.c.name == name).values(kept=now)).rowcount == 1

    def _is_whole(self, tx: Connection, digest: str, name: str) -> bool:
        hashed = sha256()
        try:
            for piece in self._pieces(tx, name):
                hashed.update(piece)
        except Unavailable:
            return False
        return hashed.hexdigest() == digest

    def _sweep(self) -> None:
        """Remove what a process that was killed left half-written, once nobody can be at it."""
        for part in self._root.glob(f"{_PART}*"):
            with suppress(OSError):
                if part.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                    part.unlink()


def place_of(root: Path, name: str) -> Path:
    """Return where the file of a blob is."""
    return root / name[:2] / name


@contextmanager
def _in_words(where: str, done: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"The blob could not be {done}: {error.strerror or 'the disk refuses'}.",
            where=where,
            mend="Check the disk and the rights of the folder; nothing was half-written.",
        ) from error


def _sealed(tx: Connection, source: BinaryIO, part: IO[bytes], owner: str, name: str) -> str:
    digest = sha256()

    def pieces() -> Iterator[bytes]:
        while piece := source.read(CHUNK):
            digest.update(piece)
            yield piece

    seal_pieces(vault_of(tx), tx, pieces(), part, owner, name)
    return digest.hexdigest()


def _take_turns(tx: Connection, digest: str) -> None:
    """Let no other transaction keep the same blob meanwhile; SQLite has one writer."""
    if tx.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(_TURNS, func.hashtext(digest))))


def _hashed(tx: Connection, digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise InvalidInput("A blob is named by its sha256, in hexadecimal.")
    return vault_of(tx).blind("record_blob", digest)


def _damaged(where: str) -> Unavailable:
    return Unavailable(
        "This blob is damaged on the disk.", where=where, mend="Restore it from a backup."
    )
