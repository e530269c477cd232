"""What of an 837 a claim does not keep: found by writing the claim again and comparing.

Whatever the segments of a file say that the claim, written again, does not say is told. So nothing
is dropped in silence, whoever wrote the file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.x12.syntax import Delimiters, Segment
from wardround.capabilities.billing.x12.writing import claim_segments
from wardround.kernel import InvalidInput, Noun


class Unheld(Noun):
    """A segment of a file, by its number there, that the claim does not hold, or not wholly."""

    number: int
    segment: str
    element: str = ""
    says: str


Plain = tuple[str, ...]
"""A segment's elements, as two ways of writing the same become one."""

_QUALIFIED = frozenset("AMT DTP NM1 NTE PRV PWK REF QTY CRC LIN K3".split())
_DECIMAL = re.compile(r"-?\d*\.\d*")


def unheld(claim: Claim, segments: Sequence[Segment]) -> tuple[Unheld, ...]:
    """Return which of a claim's segments it does not keep."""
    try:
        again = [_segment(text) for text in claim_segments(claim)]
    except InvalidInput as error:
        return (
            Unheld(
                number=segments[0].number,
                segment="CLM",
                element=(error.where or "").rpartition(", ")[2],
                says="The claim cannot be written again as it is.",
            ),
        )
    left = Counter(one for each in again for one in _plain(each, claim.place))
    missed = [
        (segment, one)
        for segment in segments
        for one in _plain(segment, claim.place)
        if not _taken(left, one)
    ]
    rest = list(left.elements())
    return tuple(_told(segment, one, rest) for segment, one in missed)


def _taken(left: Counter[Plain], one: Plain) -> bool:
    if left[one] <= 0:
        return False
    left[one] -= 1
    return True


def _segment(text: str) -> Segment:
    return Segment(0, tuple(text.split("*")), Delimiters())


def _told(segment: Segment, one: Plain, rest: list[Plain]) -> Unheld:
    like = next((each for each in rest if each[:2] == one[:2]), None)
    if like is None and one[0] not in _QUALIFIED:
        like = next((each for each in rest if each[0] == one[0]), None)
    element = ""
    if like is not None:
        rest.remove(like)
        pairs = zip(
            one + ("",) * (len(like) - len(one)), like + ("",) * (len(one) - len(like)), strict=True
        )
        element = next(f"{one[0]}{at:02d}" for at, (a, b) in enumerate(pairs) if a != b)
    kind = one[1].partition(":")[0] if one[0] in _QUALIFIED or one[0] == "HI" else ""
    name = f"{segment.id} {kind}".strip()
    what = f"{element} of {name}" if element else name
    return Unheld(
        number=segment.number, segment=segment.id, element=element, says=f"{what} is not kept."
    )


def _plain(segment: Segment, place: str) -> Iterator[Plain]:
    """Give a segment in the one way; its codes or adjustments one by one, where it has several."""
    marks = segment.delimiters.component
    elements = [_value(one.replace(marks, ":").rstrip(":")) for one in segment.elements]
    name = elements[0]
    if name == "HI":
        yield from (("HI", one) for one in elements[1:] if one)
    elif elements[:2] == ["NM1", "87"]:
        # The pay-to address has no name; of what kind its provider is, 2010AA says.
        yield ("NM1", "87")
    elif name == "CAS":
        for at in range(2, len(elements), 3):
            yield _ended(["CAS", elements[1], *elements[at : at + 3]])
    elif name == "N4" and elements[4:5] in (["US"], ["USA"]):
        yield _ended([*elements[:3], elements[3].replace("-", "")])
    elif name == "DTP" and elements[2:3] == ["RD8"]:
        first, _, last = elements[3].partition("-")
        yield ("DTP", elements[1], "D8", first) if first == last else tuple(elements)
    elif name == "SV1" and elements[5:6] == [place]:
        yield _ended([*elements[:5], "", *elements[6:]])
    else:
        yield _ended(elements)


def _value(text: str) -> str:
    """Return a value as its like: no blanks at its ends, capitals, no noughts without weight."""
    text = text.strip(" ").upper()
    if "." in text and _DECIMAL.fullmatch(text):
        whole, _, part = text.partition(".")
        part = part.rstrip("0")
        whole = whole.lstrip("0") if not whole.startswith("-") else "-" + whole[1:].lstrip("0")
        return f"{whole}.{part}" if part else whole or "0"
    return text


def _ended(elements: list[str]) -> Plain:
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    return tuple(elements)
