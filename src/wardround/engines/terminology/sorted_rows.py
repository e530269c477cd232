"""Rows of a loaded table, in a file: sorted lines, found by halving, not read into memory.

The NCCI edits have some two million rows; they are searched where they lie.
"""

import mmap
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from wardround.engines.terminology.manifest import ROWS, broken


def sorted_lines(rows: Iterable[str]) -> bytes:
    """Return rows as lines in the order of their bytes."""
    lines = sorted(row.encode() for row in rows)
    return b"\n".join(lines) + b"\n"


class SortedRows:
    """The rows of one edition; raise ``InvalidInput`` if they are not those of ``digest``."""

    def __init__(self, folder: Path, digest: str) -> None:
        try:
            with (folder / ROWS).open("rb") as stream:
                self._held = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            raise broken(folder.name) from None
        if sha256(self._held).hexdigest() != digest:
            raise broken(folder.name)

    def find(self, *key: str) -> list[list[str]]:
        """Return the rows whose first cells are ``key``."""
        return list(self._from("\t".join(key).encode() + b"\t"))

    def every(self) -> Iterator[list[str]]:
        """Give all rows."""
        yield from self._from(b"")

    def _from(self, key: bytes) -> Iterator[list[str]]:
        at = self._first(key)
        while at < len(self._held) and self._held[at : at + len(key)] == key:
            end = self._held.find(b"\n", at)
            yield self._held[at:end].decode().split("\t")
            at = end + 1

    def _first(self, key: bytes) -> int:
        """Return where the first line that is not before ``key`` begins."""
        low, high = 0, len(self._held)
        while low < high:
            middle = (low + high) // 2
            start = self._held.rfind(b"\n", low, middle) + 1 or low
            if self._held[start : start + len(key)] < key:
                low = self._held.find(b"\n", start) + 1
            else:
                high = start
        return low
