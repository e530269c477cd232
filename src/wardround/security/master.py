"""Master keys: they wrap the root key of a database, and live apart from it."""

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wardround.disk import sync_folder
from wardround.kernel import Unavailable

KEY_BYTES = 32
_NONCE = 12
_FIRST_LINE = "wardround master key 1"
_WIDE = 0o077


class Master(Protocol):
    """Wraps and unwraps a database's root key; ``about`` is authenticated with it."""

    @property
    def name(self) -> str:
        """Which key wraps now, such as ``file:1f0c9a2b``: it tells nothing of the key."""
        ...

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return a data key wrapped."""
        ...

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Return a wrapped data key; raise ``Unavailable`` where it was wrapped by another."""
        ...


class KeyFile:
    """A master key in a file that only its owner may read: the default, for one machine.

    Its first key wraps; older ones, on the lines below it, still open what they wrapped, such as
    the backups made before the key was changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._take(_read(path))

    def _take(self, found: list[bytes]) -> None:
        self._keys = found
        self._ciphers = [AESGCM(key) for key in found]
        self._name = f"file:{sha256(b'wardround' + found[0]).hexdigest()[:8]}"

    @classmethod
    def make(cls, path: Path) -> "KeyFile":
        """Make a new key at ``path``, on the disk before it is used; one that is there stays."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A link fails where another process was first: its key is the key.
        _write(path, [secrets.token_bytes(KEY_BYTES)], settle=os.link)
        return cls(path)

    def change(self) -> None:
        """Put a new key before the others, in the file and here; cut off, nothing has changed."""
        found = [secrets.token_bytes(KEY_BYTES), *self._keys]
        _write(self._path, found, settle=os.replace)
        self._take(found)

    @property
    def name(self) -> str:
        """Which key it is."""
        return self._name

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return a data key wrapped by AES-256-GCM."""
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Return a data key; raise ``Unavailable`` where no key of this file wrapped it."""
        for again in (True, False):
            for cipher in self._ciphers:
                with suppress(InvalidTag, ValueError):
                    return cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], about)
            if again:  # another process may have changed the key
                self._take(_read(self._path))
        raise Unavailable(
            "This master key does not open this database.",
            where=str(self._path),
            mend="Put back the key file that belongs to it; nothing was changed.",
        )


def _write(path: Path, found: list[bytes], settle: Callable[[Path, Path], None]) -> None:
    """Write a key file beside its place, on the disk as a whole, and then put it there."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("\n".join([_FIRST_LINE, *(b64encode(key).decode() for key in found), ""]))
            file.flush()
            os.fsync(file.fileno())
        settle(part, path)
    except FileExistsError:
        pass
    except OSError as error:
        raise Unavailable(
            f"The master key could not be written: {error.strerror}.",
            where=str(path),
            mend="Check the disk and the rights of the folder; nothing was changed.",
        ) from None
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def _read(path: Path) -> list[bytes]:
    mend = "Put back the key file that belongs to this database."
    try:
        rights = path.stat().st_mode
        lines = path.read_text("ascii").splitlines()
    except FileNotFoundError:
        raise Unavailable("There is no master key.", where=str(path), mend=mend) from None
    except (OSError, UnicodeDecodeError):
        raise Unavailable("The master key cannot be read.", where=str(path), mend=mend) from None
    if rights & _WIDE:
        raise Unavailable(
            "Others may read the master key.", where=str(path), mend=f"Run: chmod 600 {path}"
        )
    try:
        first, *written = lines
        found = [b64decode(line, validate=True) for line in written]
    except (ValueError, NotBase64):
        first, found = "", []
    if first != _FIRST_LINE or not found or {len(key) for key in found} != {KEY_BYTES}:
        raise Unavailable("The master key file is damaged.", where=str(path), mend=mend)
    return found
