"""Blobs: recordings, transcripts and images, each kept once under the sha256 of its bytes."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from wardround.kernel import InvalidInput, NotFound, Unavailable

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024
_PART = ".part-"
_ABANDONED_SECONDS = 24 * 60 * 60


class Blobs:
    """A folder of blobs; what was put there is on the disk when ``put`` returns."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes | BinaryIO) -> str:
        """Keep bytes, or all that a file holds, and return their sha256; twice is once.

        A copy found damaged is replaced. Raise ``Unavailable`` where the disk is full: nothing is
        then half-written.
        """
        with _in_words(self._root.name, "kept"):
            self._make_root()
            with NamedTemporaryFile(dir=self._root, prefix=_PART, delete=False) as part:
                try:
                    digest = _copied(data, part.file)
                    self._settle(Path(part.name), digest)
                finally:
                    Path(part.name).unlink(missing_ok=True)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of a blob; raise ``NotFound``, or ``Unavailable`` where they decayed."""
        with _in_words(digest, "read"):
            try:
                data = self.path(digest).read_bytes()
            except FileNotFoundError:
                raise NotFound("There is no such blob.", where=digest) from None
        if sha256(data).hexdigest() != digest:
            raise Unavailable(
                "This blob is damaged on the disk.", where=digest, mend="Restore it from a backup."
            )
        return data

    def path(self, digest: str) -> Path:
        """Return where a blob is kept, whether it is there or not."""
        if not _DIGEST.fullmatch(digest):
            raise InvalidInput("A blob is named by its sha256, in hexadecimal.")
        return self._root / digest[:2] / digest

    def _make_root(self) -> None:
        if self._root.is_dir():
            return
        self._root.mkdir(parents=True, exist_ok=True)
        _sync(self._root.parent)

    def _settle(self, part: Path, digest: str) -> None:
        place = self.path(digest)
        if not (place.exists() and _is_whole(place, digest)):
            place.parent.mkdir(exist_ok=True)
            part.replace(place)
        _sync(place.parent)
        _sync(self._root)
        self._sweep()

    def _sweep(self) -> None:
        """Remove what a process that was killed left half-written, once nobody can be at it."""
        for part in self._root.glob(f"{_PART}*"):
            with suppress(OSError):
                if part.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                    part.unlink()


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


def _copied(data: bytes | BinaryIO, part: IO[bytes]) -> str:
    digest = sha256()
    if isinstance(data, bytes):
        digest.update(data)
        part.write(data)
    else:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
            part.write(chunk)
    part.flush()
    os.fsync(part.fileno())
    return digest.hexdigest()


def _is_whole(place: Path, digest: str) -> bool:
    with place.open("rb") as kept:
        return file_digest(kept, "sha256").hexdigest() == digest


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
