"""X12 as text: delimiters, segments, and where each stands (X12.5, X12.6).

The delimiters are those that the ISA uses: it has 106 characters, so each has its place there. A
file is read in pieces and given segment by segment; what is held is one piece and one segment.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wardround.kernel import InvalidInput

ISA_LENGTH = 106
LONGEST = 100_000
"""Characters without a segment's end after which we say that the terminator is another."""

_ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
_PIECE = 1 << 16
_GAP = " \t\r\n\ufeff"
_GAPS = re.compile(f"[{_GAP}]*")


class Delimiters(NamedTuple):
    """What parts elements, the repeats of one, the components of one, and segments."""

    element: str = "*"
    repetition: str = "^"
    component: str = ":"
    segment: str = "~"


class Segment(NamedTuple):
    """One segment: its number in the file from 1, its name and elements (``elements[0]``: name)."""

    number: int
    elements: tuple[str, ...]
    delimiters: Delimiters

    @property
    def id(self) -> str:
        """Return its name, such as CLM."""
        return self.elements[0]

    def get(self, element: int, component: int = 0) -> str:
        """Return an element, or a component of one, by its place from 1; nothing where none is."""
        if element >= len(self.elements):
            return ""
        value = self.elements[element]
        if not component:
            return value
        parts = value.split(self.delimiters.component)
        return parts[component - 1] if component <= len(parts) else ""

    def parts(self, element: int) -> tuple[str, ...]:
        """Return the components of an element."""
        value = self.get(element)
        return tuple(value.split(self.delimiters.component)) if value else ()

    def place(self, element: int = 0) -> str:
        """Return where it, or an element of it, stands, as told in errors."""
        name = f"{self.id}{element:02d}" if element else self.id
        return f"segment {self.number}, {name}"

    def wrong(self, what: str, element: int = 0, mend: str | None = None) -> InvalidInput:
        """Return the error that something of it is wrong; ``what`` carries no word of the file."""
        return InvalidInput(what, where=self.place(element), mend=mend)


def pieces(source: str | Iterable[str]) -> Iterator[str]:
    """Give a text, or a stream's, in pieces; a file's lines may be as long as the file."""
    if isinstance(source, str):
        for at in range(0, len(source), _PIECE):
            yield source[at : at + _PIECE]
    elif (read := getattr(source, "read", None)) is not None:
        while piece := read(_PIECE):
            yield piece
    else:
        yield from source


def segments(source: str | Iterable[str]) -> Iterator[Segment]:
    """Give the segments of one or more interchanges, each read with its own delimiters.

    White space after a segment's end is none of it. Raise ``InvalidInput`` where the text does not
    begin with an ISA of its full width, holds another character than ASCII, or stops in a segment.
    """
    held, number, marks = "", 0, None
    for piece in pieces(source):
        held += piece
        at = 0
        while True:
            gap = _GAPS.match(held, at)
            at = gap.end() if gap is not None else at
            now = _marks(held, at, number, marks)
            end = held.find(now.segment, at) if now is not None else -1
            if now is None or end < 0:
                break
            marks, number = now, number + 1
            yield _segment(held[at:end], number, marks)
            at = end + 1
        held = held[at:]
        if len(held) > LONGEST:
            raise _endless(number + 1, marks)
    if held.strip(_GAP):
        raise _stopped(held, number + 1, marks)
    if marks is None:
        raise InvalidInput("The file is empty.", mend="Give an X12 file; it begins with ISA.")


def _marks(held: str, at: int, number: int, marks: Delimiters | None) -> Delimiters | None:
    """Return the delimiters that hold from here; none where more has to be read to know."""
    if held.startswith("ISA", at):
        full = len(held) - at >= ISA_LENGTH
        return _delimiters(held[at : at + ISA_LENGTH], number + 1) if full else None
    if marks is None and len(held) - at >= 3:
        raise _no_header(number + 1)
    return marks


def _delimiters(isa: str, number: int) -> Delimiters:
    """Read the delimiters where a full ISA has them: characters 4, 83, 105 and 106."""
    element, at = isa[3], 3
    for index, width in enumerate(_ISA_WIDTHS, 1):
        if isa[at] != element or element in isa[at + 1 : at + 1 + width]:
            raise InvalidInput(
                f"An element is not of its width, {width} character{'s' * (width > 1)}; "
                f"the ISA has {ISA_LENGTH} in all.",
                where=f"segment {number}, ISA{index:02d}, character {at + 2}",
                mend="Pad the elements of the ISA with blanks, and use one separator throughout.",
            )
        at += width + 1
    found = Delimiters(element, isa[82], isa[104], isa[105])
    # Before 5010 ISA11 was a standard's letter, U; then nothing repeats.
    used = [found.element, found.component, found.segment]
    used += [found.repetition] if found.repetition != "U" else []
    if len(set(used)) < len(used) or any(one.isalnum() or one == " " for one in used):
        raise InvalidInput(
            "Delimiters have to be four different characters that are no letter, digit or blank.",
            where=f"segment {number}, ISA04, ISA11, ISA16 and the character after it",
            mend="Ask who wrote the file for one with, for example, * ^ : and ~.",
        )
    return found


def _segment(text: str, number: int, marks: Delimiters) -> Segment:
    elements = tuple(text.rstrip("\r\n").rstrip(marks.element).split(marks.element))
    if " " in text and elements[0] != "ISA":
        # Blanks at the ends of an element say nothing (X12.6, 3.3.1).
        elements = tuple(one.strip(" ") for one in elements)
    found = Segment(number, elements, marks)
    name = elements[0]
    if not (2 <= len(name) <= 3 and name.isascii() and name.isalnum() and name.isupper()):
        raise InvalidInput(
            "This is no segment's name: two or three capital letters and digits.",
            where=f"segment {number}",
            mend="Check the delimiters, and whether a part of the file is missing here.",
        )
    if not (text.isascii() and text.isprintable()):
        for index, element in enumerate(elements):
            bad = next((one for one in element if not (one.isascii() and one.isprintable())), "")
            if bad:
                raise found.wrong(
                    f"It holds the {_character(bad)}, which X12's sets do not have.",
                    index,
                    "Ask who wrote the file to write A to Z, digits and punctuation only.",
                )
    return found


def _character(one: str) -> str:
    """Return a character by its number, or the byte that stands for none in its file."""
    if "\udc80" <= one <= "\udcff":
        return f"byte {ord(one) - 0xDC00:02X}"
    return f"character U+{ord(one):04X}"


def _no_header(number: int) -> InvalidInput:
    return InvalidInput(
        "An X12 file begins with ISA; this does not.",
        where=f"segment {number}",
        mend="Check that it is the file that was sent, unpacked and not converted.",
    )


def _endless(number: int, marks: Delimiters | None) -> InvalidInput:
    says = "" if marks is None else f" by the terminator of the ISA (U+{ord(marks.segment):04X})"
    return InvalidInput(
        f"A segment does not end{says} within {LONGEST:,} characters.",
        where=f"segment {number}",
        mend="Check that the character after ISA16 ends every segment of the file.",
    )


def _stopped(held: str, number: int, marks: Delimiters | None) -> InvalidInput:
    if marks is None and not held.lstrip(_GAP).startswith("ISA"):
        return _no_header(number)
    if marks is None:
        return InvalidInput(
            f"The ISA stops after {len(held.lstrip(_GAP))} of its {ISA_LENGTH} characters.",
            where=f"segment {number}, ISA",
            mend="Fetch the file again; the rest of it is missing.",
        )
    return InvalidInput(
        "The file stops within a segment.",
        where=f"segment {number}",
        mend="Fetch the file again; the rest of it is missing.",
    )
