"""The loops of an 837, found by the segments that begin them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wardround.capabilities.billing.x12.envelope import TransactionSet
from wardround.capabilities.billing.x12.syntax import Segment

LEVELS = {"20": "provider", "22": "subscriber", "23": "patient"}
"""What a level (HL03) of an 837 is of."""


class Block(NamedTuple):
    """The segments of a level, without its HL, or of one claim; ``name`` says whose."""

    name: str
    segments: list[Segment]


class Loop(NamedTuple):
    """A loop by the guides' number, with the segments that are its own."""

    name: str
    segments: list[Segment]

    def first(self, name: str, qualifier: str = "") -> Segment | None:
        """Return its first segment of a name and, where one is given, a first element."""
        return next(self.all(name, qualifier), None)

    def all(self, name: str, qualifier: str = "") -> Iterator[Segment]:
        """Give its segments of a name and, where one is given, a first element."""
        for one in self.segments:
            if one.id == name and (not qualifier or one.get(1) == qualifier):
                yield one

    def value(self, name: str, qualifier: str, element: int = 2) -> str:
        """Return an element of its first such segment; nothing where none is."""
        one = self.first(name, qualifier)
        return "" if one is None else one.get(element)


def blocks(one: TransactionSet) -> Iterator[Block]:
    """Give the levels and claims of an 837 in order; what is before the first level is left out.

    Raise ``InvalidInput`` where a level is not numbered in order, belongs to none before it, or is
    of a kind that an 837 does not have.
    """
    held: Block | None = None
    level = 0
    for segment in one.segments:
        if segment.id == "HL":
            if held is not None:
                yield held
            level += 1
            held = Block(_level(segment, level), [])
        elif segment.id == "CLM":
            if held is None:
                raise segment.wrong("A claim stands before the first level (HL).")
            yield held
            held = Block("claim", [segment])
        elif held is not None:
            held.segments.append(segment)
    if held is not None:
        yield held


def _level(segment: Segment, number: int) -> str:
    if segment.get(1) != str(number):
        raise segment.wrong(f"The level should have the number {number}.", 1)
    name = LEVELS.get(segment.get(3))
    if name is None:
        raise segment.wrong("An 837 has levels 20, 22 and 23 alone.", 3)
    parent = segment.get(2)
    if name != "provider" and not (parent.isdigit() and 0 < int(parent) < number):
        raise segment.wrong("It names no level before it.", 2)
    return name


_STARTS = {"SBR": "2320", "LX": "2400", "LIN": "2410", "SVD": "2430", "LQ": "2440"}
_NAMES = {"2300": "2310", "2320": "2330", "2400": "2420"}


def claim_loops(segments: Sequence[Segment]) -> list[Loop]:
    """Return the loops of one claim: 2300, 2310, 2320, 2330, 2400, 2410, 2420, 2430, 2440."""
    area = "2300"
    found = [Loop("2300", [])]
    for segment in segments:
        name = _STARTS.get(segment.id)
        if name in {"2320", "2400"}:
            area = name or area
        if segment.id == "NM1":
            name = _NAMES[area]
        if name is not None:
            found.append(Loop(name, []))
        found[-1].segments.append(segment)
    return found


def party_loops(segments: Sequence[Segment], name: str) -> list[Loop]:
    """Return what stands before the first name of a level, and then a loop for each name."""
    found = [Loop(name, [])]
    for segment in segments:
        if segment.id == "NM1":
            found.append(Loop(f"{name}/{segment.get(1)}", []))
        found[-1].segments.append(segment)
    return found
