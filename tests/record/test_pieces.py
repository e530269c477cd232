"""A file of a blob, for what reads in places or is too big to hold."""

import os
from pathlib import Path

import pytest

from tests.record.test_blobs import ADA, BEA, DATA, blobs, files, root
from wardround.kernel import NotFound, Unavailable
from wardround.record import Blobs

__all__ = ["blobs", "root"]


def test_a_file_of_a_blob_is_there_while_it_is_read(blobs: Blobs, root: Path) -> None:
    large = os.urandom(2 * 1024 * 1024 + 1)
    digest = blobs.put(large, ADA)
    before = files(root)
    with blobs.unsealed(digest, ADA) as path:
        assert path.read_bytes() == large
        assert path.stat().st_mode & 0o077 == 0
    assert files(root) == before
    with pytest.raises(NotFound), blobs.unsealed(digest, BEA):
        pass


def test_a_file_of_a_damaged_blob_is_not_given(blobs: Blobs, root: Path) -> None:
    digest = blobs.put(DATA)
    damaged = blobs.path(digest)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"!")
    with pytest.raises(Unavailable, match="damaged"), blobs.unsealed(digest):
        pass
    assert files(root) == [damaged]
