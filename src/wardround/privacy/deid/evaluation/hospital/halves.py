"""Two halves of everything that is written here: one to learn from, one that nobody looks at.

A line belongs to a half by the hash of its words, so that lines added later move no other line.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

Part = Literal["dev", "test"]
HERE = Path(__file__).parent


@cache
def part_of(words: str) -> Part:
    """Return the half that a line belongs to, whatever its case."""
    return "dev" if sha256(words.casefold().encode()).digest()[0] % 2 else "test"


def half(lines: Iterable[str], part: Part) -> list[str]:
    """Return the lines of one half, in their order."""
    return [line for line in lines if part_of(line) == part]


def alternate(texts: Iterable[str], part: Part) -> list[str]:
    """Return every other text by their hashes: of two texts each half gets one."""
    ranked = sorted(texts, key=lambda text: sha256(text.encode()).digest())
    return ranked[(part == "test") :: 2]


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of a file of this folder that hold anything."""
    text = (HERE / name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip())


@cache
def groups_of(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a file whose lines are ``group: word, word, ...``."""
    groups: dict[str, tuple[str, ...]] = {}
    for line in lines_of(name):
        group, _, words = line.partition(":")
        listed = tuple(word.strip() for word in words.split(",") if word.strip())
        groups[group.strip()] = groups.get(group.strip(), ()) + listed
    return groups
