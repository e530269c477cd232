"""Lists of names, places, sentences and layouts, of which each part of the evaluation has its own."""

from functools import cache
from pathlib import Path

from wardround.privacy.deid.evaluation.halves import Halves, Part

_HALVES = Halves(Path(__file__).parent / "data", salt="clinic/")
part_of, half = _HALVES.part_of, _HALVES.half


@cache
def lines(name: str, part: Part) -> tuple[str, ...]:
    """Return those lines of a file that are a part's; ``# `` begins a remark."""
    found = dict.fromkeys(line.strip() for line in _HALVES.text(name).splitlines())
    return half((line for line in found if line and line[:2] != "# "), part)


@cache
def blocks(name: str, part: Part) -> tuple[str, ...]:
    """Return those blocks of a file, parted by lines of ``---``, that are a part's."""
    found = (block.strip("\n") for block in f"\n{_HALVES.text(name)}".split("\n---\n"))
    return half(filter(None, found), part)


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return a file's sections, each a ``[heading]`` and its entries, for both parts."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in _HALVES.text(name).splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
            found.setdefault(heading, [])
        elif line.strip() and not line.startswith("# "):
            found[heading].extend(entry.strip() for entry in line.split(";") if entry.strip())
    return {heading: tuple(dict.fromkeys(entries)) for heading, entries in found.items()}


@cache
def listed(name: str, heading: str, part: Part) -> tuple[str, ...]:
    """Return those entries of a section that are a part's."""
    return half(sections(name)[heading], part)
