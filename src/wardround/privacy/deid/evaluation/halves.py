"""Two parts of all that a hand wrote: ``dev`` to mend a detector on, ``test`` that nobody looks at.

A line belongs to a part by a hash of its own words, so that lines added later move no other line, and
the parts share no sentence, layout, name or place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

Part = Literal["dev", "test"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True)
class Halves:
    """The lists in a hand's folder. ``even`` is the part of what has an even hash.

    ``salt`` parts each hand's lists in a way of its own; where ``cased`` is false, a word goes with the same
    word in capitals.
    """

    folder: Path
    salt: str = ""
    even: Part = "dev"
    cased: bool = False

    def text(self, name: str) -> str:
        """Return a file of the folder."""
        return _read(self.folder / name)

    def part_of(self, entry: str) -> Part:
        """Return the part that an entry belongs to."""
        odd = self._hash(entry if self.cased else entry.casefold())[0] % 2
        return PARTS[odd ^ (self.even == "test")]

    def half(self, entries: Iterable[str], part: Part) -> tuple[str, ...]:
        """Return the entries of a part, in their order."""
        return tuple(entry for entry in entries if self.part_of(entry) == part)

    def every_other(self, entries: Iterable[str], part: Part) -> tuple[str, ...]:
        """Return every other entry by their hashes: of a short list each part gets as much."""
        return tuple(sorted(set(entries), key=self._hash)[PARTS.index(part) :: 2])

    def _hash(self, entry: str) -> bytes:
        return _hash(self.salt + entry)


@cache
def _hash(words: str) -> bytes:
    return sha256(words.encode()).digest()


@cache
def _read(path: Path) -> str:
    return path.read_text("utf-8")


def known(part: str) -> None:
    """Raise ``ValueError`` where there is no such part."""
    if part not in PARTS:
        raise ValueError(f"no part {part!r}: there are {', '.join(PARTS)}")
