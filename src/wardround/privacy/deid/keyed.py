"""A key held apart, and the names, numbers and days that follow from it.

What replaces an identifier is an HMAC-SHA256 under this key: the same everywhere for the same key,
and unrelated to the person without it (164.514(c)). Who loses the key loses the consistency; who
gives it away gives away the shield.
"""

import base64
import hmac
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Self

from wardround.kernel import InvalidInput

LENGTH = 32
"""Bytes of a key: those of its HMAC's hash."""

FURTHEST = 1825
"""Days by which dates are moved back at most: five years; always at least one day."""


class Secret:
    """A key, and what follows from it; ``domain`` keeps ids, UIDs and days from being compared."""

    def __init__(self, key: bytes) -> None:
        if len(key) < LENGTH:
            raise InvalidInput(f"A key has at least {LENGTH} bytes.", mend="Make one at random.")
        self._key = key

    @classmethod
    def new(cls) -> Self:
        """Return a key that nobody has."""
        return cls(secrets.token_bytes(LENGTH))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the key in a file; one that is not there is made, readable by its owner only."""
        try:
            if not path.exists():
                path.touch(mode=0o600, exist_ok=False)
                path.write_text(secrets.token_hex(LENGTH) + "\n", "ascii")
            return cls(bytes.fromhex(path.read_text("ascii").strip()))
        except (OSError, ValueError):
            raise InvalidInput(
                "The key cannot be read.",
                where=str(path),
                mend=f"It is a file of {2 * LENGTH} hexadecimal digits.",
            ) from None

    def code(self, domain: str, value: str, length: int = 12) -> str:
        """Return a code of letters and digits (base 32; at most 51 of them) for a value."""
        return base64.b32encode(self._hash(domain, value)).decode()[:length]

    def uid(self, uid: str) -> str:
        """Return the UID that replaces another: ``2.25.`` and 128 bits (PS3.5 B.2)."""
        return f"2.25.{int.from_bytes(self._hash('uid', uid)[:16])}"

    def days(self, patient: str) -> int:
        """Return by how many days a patient's dates move: -1 to -``FURTHEST``."""
        return -1 - int.from_bytes(self._hash("days", patient)[:8]) % FURTHEST

    def _hash(self, domain: str, value: str) -> bytes:
        return hmac.digest(self._key, f"{domain}\0{value}".encode("utf-8", "replace"), sha256)
