"""How the key of an archive is found: by the master key of the installation, or by a passphrase."""

import os
import secrets
from base64 import b64decode, b64encode
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from wardround.kernel import InvalidInput
from wardround.security import Master

_ABOUT = b"wardround backup key"
_KEY, _SALT, _NONCE = 32, 16, 12
_N, _R, _P = 2**17, 8, 1
"""scrypt with 128 MiB of memory: the parameters that OWASP's Password Storage Cheat Sheet gives."""

SHORTEST = 16
"""The fewest characters of a passphrase: whoever has the archive may try as many as they like."""


class Lock(Protocol):
    """Closes the key of an archive, and opens it again by what was noted in the header."""

    @property
    def name(self) -> str:
        """Under what the header notes it."""
        ...

    def close(self, key: bytes) -> str:
        """Return the key, closed."""
        ...

    def open(self, closed: str) -> bytes:
        """Return the key; raise ``WardroundError`` where this lock does not open it."""
        ...


class MasterLock:
    """The master key of the installation, without which its database cannot be read either."""

    name = "master"

    def __init__(self, master: Master) -> None:
        self._master = master

    def close(self, key: bytes) -> str:
        """Return the key wrapped by the master key."""
        return _text(self._master.wrap(key, _ABOUT))

    def open(self, closed: str) -> bytes:
        """Return the key; raise ``Unavailable`` where another master key wrapped it."""
        return self._master.unwrap(_bytes(closed), _ABOUT)


class PassphraseLock:
    """A passphrase that people keep: it opens the archive where the master key was lost too."""

    name = "passphrase"

    def __init__(self, passphrase: str) -> None:
        if len(passphrase) < SHORTEST:
            raise InvalidInput(
                f"The passphrase has fewer than {SHORTEST} characters.",
                mend="Take six words at random.",
            )
        self._passphrase = passphrase.encode()

    def close(self, key: bytes) -> str:
        """Return the key sealed under the passphrase."""
        salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
        return _text(salt + nonce + self._cipher(salt).encrypt(nonce, key, _ABOUT))

    def open(self, closed: str) -> bytes:
        """Return the key; raise ``InvalidInput`` where the passphrase is another."""
        data = _bytes(closed)
        salt, nonce, sealed = data[:_SALT], data[_SALT : _SALT + _NONCE], data[_SALT + _NONCE :]
        try:
            return self._cipher(salt).decrypt(nonce, sealed, _ABOUT)
        except (InvalidTag, ValueError):
            raise InvalidInput("The passphrase is another.", mend="Check it.") from None

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(Scrypt(salt, _KEY, _N, _R, _P).derive(self._passphrase))


def closed_by(locks: tuple[Lock, ...]) -> tuple[bytes, dict[str, Any]]:
    """Return a new key, and how each of the locks opens it, for the header."""
    key = secrets.token_bytes(_KEY)
    return key, {"locks": {lock.name: lock.close(key) for lock in locks}}


def opened_by(lock: Lock, header: dict[str, Any]) -> bytes:
    """Return the key of an archive; raise ``InvalidInput`` where it has no such lock."""
    closed = header.get("locks", {}).get(lock.name)
    if not isinstance(closed, str):
        raise InvalidInput(
            f"This backup was not made with a {lock.name}.",
            mend="Give the passphrase it was made with." if lock.name == "master" else None,
        )
    return lock.open(closed)


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise InvalidInput("The header of this backup is damaged.") from None
