"""Passwords that cost nothing to hash: where the hash is not the point.

What a hash costs is held by ``tests/security/test_passwords.py``, with the real parameters; the
command line and the demonstration hash as an installation does.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from wardround.security import passwords


@contextmanager
def cheaply_hashed() -> Iterator[None]:
    """Hash passwords in no time while the block lasts."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "_hasher", cheap)
        passwords._nobody.cache_clear()
        yield
    passwords._nobody.cache_clear()
