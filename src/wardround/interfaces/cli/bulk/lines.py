"""The lines of a bulk run's input, one at a time and of bounded length."""

from collections.abc import Iterator
from typing import BinaryIO

LONGEST = 32_000_000
"""Bytes of a line that are read; a longer one is answered with an error."""


def read_lines(stream: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """Yield each line without its newline, or nothing for one too long, and its bytes on disk."""
    while line := stream.readline(LONGEST + 1):
        size = len(line)
        if size > LONGEST and not line.endswith(b"\n"):
            while rest := stream.readline(LONGEST):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield None, size
        else:
            yield line.removesuffix(b"\n"), size
