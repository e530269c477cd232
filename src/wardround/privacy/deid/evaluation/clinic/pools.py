"""Lists of names, places, sentences and layouts, of which each part of the evaluation has its own.

What a detector is mended on (``dev``) shares no entry with what it is measured on (``test``): a hash
of the entry says which part it belongs to, so that the halves stay the same when lists grow.
"""

import hashlib
from functools import cache
from importlib.resources import files

PARTS = ("dev", "test")


def part_of(entry: str) -> str:
    """Return the part that an entry belongs to, the same for every case it is written in."""
    return PARTS[hashlib.sha256(b"clinic/" + entry.casefold().encode()).digest()[0] % 2]


@cache
def _text(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")


@cache
def lines(name: str, part: str) -> tuple[str, ...]:
    """Return those lines of a file that are a part's; ``# `` begins a remark."""
    found = dict.fromkeys(line.strip() for line in _text(name).splitlines())
    return tuple(line for line in found if line and line[:2] != "# " and part_of(line) == part)


@cache
def blocks(name: str, part: str) -> tuple[str, ...]:
    """Return those blocks of a file, parted by lines of ``---``, that are a part's."""
    found = (block.strip("\n") for block in f"\n{_text(name)}".split("\n---\n"))
    return tuple(block for block in found if block and part_of(block) == part)


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return a file's sections, each a ``[heading]`` and its entries, for both parts."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in _text(name).splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
            found.setdefault(heading, [])
        elif line.strip() and not line.startswith("# "):
            found[heading].extend(entry.strip() for entry in line.split(";") if entry.strip())
    return {heading: tuple(dict.fromkeys(entries)) for heading, entries in found.items()}


@cache
def listed(name: str, heading: str, part: str) -> tuple[str, ...]:
    """Return those entries of a section that are a part's."""
    return tuple(entry for entry in sections(name)[heading] if part_of(entry) == part)
