"""The envelopes of a file: interchange (ISA), group (GS), transaction set (ST), counted and closed.

What is written is numbered by an ``Envelope``; what is read is checked: each trailer has the number
of its header and the right count, and no number comes twice (X12.5; 999 TR3, appendix B).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import Field

from wardround.capabilities.billing.x12.syntax import Segment, segments
from wardround.kernel import InvalidInput, Noun


class Trader(Noun):
    """Who sends or receives a file; ``qualifier`` (X12 I05) says whose number ``id`` is."""

    id: str = Field(min_length=2, max_length=15, pattern=r"^[A-Za-z0-9._-]+$")
    name: str = Field(min_length=1, max_length=60)
    qualifier: str = Field(default="ZZ", pattern=r"^(\d\d|ZZ)$")
    contact: str = ""
    phone: str = ""
    email: str = ""


class Envelope(Noun):
    """The envelope of a file to write, with the control numbers that the answer will name.

    ``control`` is ISA13, ``group`` GS06 (a second group, where a file has both claim forms, has the
    next), ``first_set`` the first ST02; ``usage`` is T (test) or P (production).
    """

    sender: Trader
    receiver: Trader
    control: int = Field(ge=1, le=999_999_999)
    group: int = Field(ge=1, le=999_999_998)
    first_set: int = Field(default=1, ge=1, le=999_990_000)
    at: datetime
    usage: Literal["T", "P"] = "T"
    acknowledge: bool = False


class TransactionSet(NamedTuple):
    """One transaction set as it is read; its ``segments``, between ST and SE, are read once.

    A TA1, which answers an interchange outside any group, comes as one too, of the kind TA1.
    """

    kind: str
    control: str
    version: str
    group: str
    interchange: str
    usage: str
    header: Segment
    segments: Iterator[Segment]


def transaction_sets(source: str | Iterable[str]) -> Iterator[TransactionSet]:
    """Give the transaction sets of a file as they are read, and check their envelopes.

    A count or number that is wrong is found where the trailer stands, after the set was given: who
    acts on a set reads the whole file first.
    """
    stream = segments(source)
    seen: set[str] = set()
    for segment in stream:
        _expect(segment, "ISA")
        if segment.get(12)[:5] != "00501":
            raise segment.wrong(
                "This is another version than 00501 (5010).", 12, "Ask for the file in 5010."
            )
        number = _once(segment, 13, seen)
        yield from _groups(stream, segment, number)


def check_envelopes(source: str | Iterable[str]) -> int:
    """Read a file to its end for its envelopes alone; return how many transaction sets it has."""
    return sum(1 for _ in transaction_sets(source))


def kinds_of(source: str | Iterable[str]) -> set[str]:
    """Read a file to its end; return the kinds (ST01) of its transaction sets."""
    return {one.kind for one in transaction_sets(source)}


def _groups(stream: Iterator[Segment], isa: Segment, number: str) -> Iterator[TransactionSet]:
    seen: set[str] = set()
    for segment in stream:
        if segment.id == "TA1":
            yield TransactionSet(
                "TA1", segment.get(1), "", "", number, isa.get(15), segment, iter(())
            )
            continue
        if segment.id == "IEA":
            _count(segment, len(seen), "functional groups")
            _same(segment, number, "ISA13")
            return
        _expect(segment, "GS", "IEA")
        yield from _sets(stream, isa, segment, _once(segment, 6, seen))
    raise _open(isa, "IEA")


def _sets(
    stream: Iterator[Segment], isa: Segment, group: Segment, number: str
) -> Iterator[TransactionSet]:
    seen: set[str] = set()
    for segment in stream:
        if segment.id == "GE":
            _count(segment, len(seen), "transaction sets")
            _same(segment, number, "GS06")
            return
        _expect(segment, "ST", "GE")
        control = _once(segment, 2, seen)
        body = _body(stream, segment, control)
        version = segment.get(3) or group.get(8)
        one = TransactionSet(
            segment.get(1), control, version, number, isa.get(13), isa.get(15), segment, body
        )
        yield one
        for _ in body:
            pass
    raise _open(group, "GE")


def _body(stream: Iterator[Segment], header: Segment, control: str) -> Iterator[Segment]:
    count = 1
    for segment in stream:
        count += 1
        if segment.id == "SE":
            _count(segment, count, "segments, ST and SE among them")
            _same(segment, control, "ST02")
            return
        if segment.id in {"ISA", "GS", "ST", "GE", "IEA"}:
            raise segment.wrong(
                f"The transaction set that begins at segment {header.number} has no SE before this."
            )
        yield segment
    raise _open(header, "SE")


def _expect(segment: Segment, *names: str) -> None:
    if segment.id not in names:
        raise segment.wrong(f"Here should stand {' or '.join(names)}.")


def _once(segment: Segment, element: int, seen: set[str]) -> str:
    number = segment.get(element)
    if not number.strip():
        raise segment.wrong("The control number is missing.", element)
    if number in seen:
        raise segment.wrong(
            "This control number comes twice in the file.",
            element,
            "Check whether the same file was put together twice; nothing of it was used.",
        )
    seen.add(number)
    return number


def _count(segment: Segment, count: int, what: str) -> None:
    told = segment.get(1)
    if not told.isdigit() or int(told) != count:
        raise segment.wrong(
            f"The count is not that of the file, which has {count} {what}.",
            1,
            "A part of the file may be missing; fetch it again.",
        )


def _same(segment: Segment, number: str, header: str) -> None:
    if segment.get(2).lstrip("0") != number.lstrip("0"):
        raise segment.wrong(f"The control number is not that of {header}.", 2)


def _open(header: Segment, trailer: str) -> InvalidInput:
    return InvalidInput(
        f"The file ends before the {trailer} that belongs to this.",
        where=header.place(),
        mend="Fetch the file again; the rest of it is missing.",
    )
