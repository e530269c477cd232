"""Passwords: hashed with argon2id, compared in the same time whether or not the person exists.

The parameters are the second recommended option of RFC 9106 section 4 (64 MiB, 3 passes, 4 lanes),
the default of argon2-cffi. Lengths follow NIST SP 800-63B: no rules of composition, a minimum,
and a maximum only against abuse. Passwords are normalised (NFKC), so that the same keys on another
keyboard give the same password.
"""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wardround.kernel import InvalidInput

MINIMUM = 12
"""The fewest characters of a password."""
MAXIMUM = 1024
"""The most characters; longer ones are refused before any work is done on them."""

AT_ONCE = 4
"""How many passwords are hashed at once: each takes 64 MiB, and anybody may ask for one."""

_hasher = PasswordHasher()
_places = BoundedSemaphore(AT_ONCE)


def hashed(password: str) -> str:
    """Return the argon2id hash of a new password; raise ``InvalidInput`` if it is too short."""
    normal = unicodedata.normalize("NFKC", password)
    require_length(password)
    with _places:
        return _hasher.hash(normal)


def require_length(password: str) -> None:
    """Raise ``InvalidInput`` where a new password is too short or too long."""
    normal = unicodedata.normalize("NFKC", password[: MAXIMUM + 1])
    if len(normal) < MINIMUM:
        raise InvalidInput(
            f"The password has fewer than {MINIMUM} characters.",
            where="password",
            mend="A sentence of a few words is easy to remember and hard to guess.",
        )
    if len(normal) > MAXIMUM:
        raise InvalidInput(f"The password has more than {MAXIMUM} characters.", where="password")


def matches(stored: str | None, password: str) -> bool:
    """Return whether ``password`` is the one that was hashed to ``stored``.

    ``None`` stands for a person who does not exist; the work done is the same.
    """
    normal = unicodedata.normalize("NFKC", password[: MAXIMUM + 1])
    against = stored or _nobody()
    try:
        with _places:
            _hasher.verify(against, normal)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None and len(normal) <= MAXIMUM


def outdated(stored: str) -> bool:
    """Return whether ``stored`` was made with other parameters than are used today."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _hasher.hash("no person has this password")
