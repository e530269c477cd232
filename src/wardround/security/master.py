"""Master keys: they wrap the data keys, and live apart from what those seal."""

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wardround.kernel import Unavailable

KEY_BYTES = 32
_NONCE = 12
_FIRST_LINE = "wardround master key 1"
_WIDE = 0o077


class Master(Protocol):
    """Wraps and unwraps data keys; ``about`` is authenticated with each."""

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
    """A master key in a file that only its owner may read: the default, for one machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        key = _read(path)
        self._cipher = AESGCM(key)
        self._name = f"file:{sha256(b'wardround' + key).hexdigest()[:8]}"

    @classmethod
    def make(cls, path: Path) -> "KeyFile":
        """Make a new key at ``path``, on the disk before it is used; one that is there stays."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                key = b64encode(secrets.token_bytes(KEY_BYTES)).decode()
                file.write(f"{_FIRST_LINE}\n{key}\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(part, path)  # fails where another process was first: its key is the key
        except FileExistsError:
            pass
        except OSError as error:
            raise Unavailable(
                f"The master key could not be written: {error.strerror}.",
                where=str(path),
                mend="Check the disk and the rights of the folder; nothing was sealed yet.",
            ) from None
        finally:
            part.unlink(missing_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return cls(path)

    @property
    def name(self) -> str:
        """Which key it is."""
        return self._name

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return a data key wrapped by AES-256-GCM."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Return a data key; raise ``Unavailable`` where this key did not wrap it."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], about)
        except (InvalidTag, ValueError):
            raise Unavailable(
                "This master key does not open this database.",
                where=str(self._path),
                mend="Put back the key file that belongs to it; nothing was changed.",
            ) from None


def _read(path: Path) -> bytes:
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
        first, written = lines
        key = b64decode(written, validate=True)
    except (ValueError, NotBase64):
        first, key = "", b""
    if first != _FIRST_LINE or len(key) != KEY_BYTES:
        raise Unavailable("The master key file is damaged.", where=str(path), mend=mend)
    return key
