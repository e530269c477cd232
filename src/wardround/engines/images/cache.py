"""Tiles kept on disk, within a bound: pieces of patients' slides, so only the owner reads them.

Names are keyed digests and tell nothing. A file appears whole or not at all and is checked when it
is read; processes may share a folder. What was used longest ago goes first.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock

CHECK = 16
"""Bytes of the digest before each tile."""

KEPT = 7 / 8
"""The share of the bound that is kept when room is made."""

LOOKED = 1 / 16
"""The share of the bound that is written before the folder is measured again."""


class TileCache:
    """A folder of tiles of up to ``most`` bytes.

    Each process measures the folder when it opens it and again after every sixteenth of the bound
    that it writes, so that several processes together stay within it but for those sixteenths.
    """

    def __init__(self, folder: Path, most: int = 2 * 1024**3) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._folder, self._most = folder, most
        self._key = _key(folder / "key")
        self._lock = Lock()
        self._size = self.size()
        self._written = 0

    def get_or_make(self, address: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        """Return the tile of an address: the kept one, else one that is made now and kept."""
        found = self.get(address)
        if found is None:
            found = make()
            self.put(address, found)
        return found

    def get(self, address: tuple[object, ...]) -> bytes | None:
        """Return a kept tile; None where there is none, or it was damaged."""
        place = self._place(address)
        try:
            held = place.read_bytes()
        except OSError:
            return None
        if _check(held[CHECK:]) != held[:CHECK]:
            place.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(place)
        return held[CHECK:]

    def put(self, address: tuple[object, ...], tile: bytes) -> None:
        """Keep a tile; a disk that refuses costs time when it is asked for again, and no more."""
        if len(tile) + CHECK > self._most:
            return
        place = self._place(address)
        part = place.with_name(f".{secrets.token_hex(8)}")
        try:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(_check(tile) + tile)
            part.replace(place)
        except OSError:
            part.unlink(missing_ok=True)
            return
        with self._lock:
            self._written += len(tile) + CHECK
            if self._size + self._written > self._most or self._written > self._most * LOOKED:
                self._make_room()

    def size(self) -> int:
        """Return the bytes that are kept now."""
        return sum(size for _, size, _ in self._files())

    def clear(self) -> None:
        """Forget all tiles."""
        for _, _, path in list(self._files()):
            path.unlink(missing_ok=True)
        with self._lock:
            self._size = self._written = 0

    def _place(self, address: tuple[object, ...]) -> Path:
        told = "\0".join(map(str, address)).encode()
        name = blake2b(told, key=self._key, digest_size=20).hexdigest()
        return self._folder / name[:2] / name[2:]

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield when each file was last used, its bytes and its place; others may take it away."""
        for path in self._folder.glob("??/*"):
            with suppress(OSError):
                told = path.stat()
                yield told.st_mtime, told.st_size, path

    def _make_room(self) -> None:
        """Measure the folder, and take the oldest away where it is too large; one process does."""
        with _alone(self._folder / "lock") as alone:
            if not alone:
                self._size, self._written = self._size + self._written, 0
                return
            found = sorted(self._files())
            size = sum(one[1] for one in found)
            if size > self._most:
                for _, bytes_, path in found:
                    if size <= self._most * KEPT:
                        break
                    path.unlink(missing_ok=True)
                    size -= bytes_
            self._size, self._written = size, 0


def _check(tile: bytes) -> bytes:
    return blake2b(tile, digest_size=CHECK).digest()


def _key(place: Path) -> bytes:
    """Return the folder's own key, made once, whichever process comes first."""
    part = place.with_name(f".key-{secrets.token_hex(8)}")
    if not place.exists():
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(part, place)
        part.unlink()
    return place.read_bytes()


@contextmanager
def _alone(place: Path) -> Iterator[bool]:
    """Hold a lock that only one process has; say whether it was to be had."""
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)
