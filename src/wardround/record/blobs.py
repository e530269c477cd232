"""Blobs: recordings, transcripts and images, each kept once under the sha256 of its bytes."""

import os
import re
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from wardround.kernel import InvalidInput, NotFound, Unavailable

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024


class Blobs:
    """A folder of blobs; what was put there is on the disk when ``put`` returns."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes | BinaryIO) -> str:
        """Keep bytes, or all that a file holds, and return their sha256; twice is once."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._root, prefix=".part-", delete=False) as part:
                try:
                    digest = _copied(data, part.file)
                    self._settle(Path(part.name), digest)
                finally:
                    Path(part.name).unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(
                f"The blob could not be kept: {os.strerror(error.errno or 0)}.",
                where=self._root.name,
                mend="Check the disk and the rights of the folder; nothing was half-written.",
            ) from error
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of a blob; raise ``NotFound``, or ``Unavailable`` where they decayed."""
        try:
            data = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("There is no such blob.", where=digest[:64]) from None
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

    def _settle(self, part: Path, digest: str) -> None:
        place = self.path(digest)
        if place.exists():
            return
        place.parent.mkdir(exist_ok=True)
        part.replace(place)
        for folder in (place.parent, self._root):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


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
