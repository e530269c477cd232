"""A file of sealed pieces of at most a megabyte, each with its number and its length."""

import os
from collections.abc import Iterator
from typing import IO, BinaryIO

from sqlalchemy import Connection

from wardround.security import Vault

CHUNK = 1024 * 1024
"""Bytes of a piece, before it is sealed."""
LENGTH = 4
"""Bytes of the length before each piece."""


def seal_pieces(
    vault: Vault, tx: Connection, pieces: Iterator[bytes], file: IO[bytes], owner: str, name: str
) -> None:
    """Write pieces to a file, each sealed with its number, and see them onto the disk."""
    for number, piece in enumerate(pieces):
        sealed = vault.seal(tx, owner, piece, f"blob/{name}/{number}")
        file.write(len(sealed).to_bytes(LENGTH, "big") + sealed)
    file.flush()
    os.fsync(file.fileno())


def opened(vault: Vault, tx: Connection, file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the pieces of a blob's file, unsealed; raise ``Unavailable`` where they decayed."""
    number = 0
    while head := file.read(LENGTH):
        size = int.from_bytes(head, "big")
        sealed = file.read(size) if size <= 2 * CHUNK else b""
        yield vault.open(tx, sealed, f"blob/{name}/{number}")
        number += 1
