"""Plain transcripts: lines that begin with ``[doctor]`` or with ``Doctor:``.

A turn is the line as it stands, with the lines without a label that follow it; its words begin
behind the label. Where a line has a bracketed label, only bracketed labels count; ``Doctor:`` is
a label where it names a role, or where the same label begins at least two lines.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardround.capabilities.documentation.formats.speakers import (
    UNKNOWN,
    is_role,
    is_sound,
    speaker_of,
)
from wardround.capabilities.documentation.model import Turn

_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t]+)?"
_BRACKETED = re.compile(rf"[ \t]*{_TIME}\[[ \t]*([^\W\d_][^\[\]\n]{{0,39}})\][ \t]*:?[ \t]*")
_NAME = r"[\w.'\u2019-]*"
_PREFIXED = re.compile(
    rf"[ \t]*(?:[-\u2013][ \t]*)?{_TIME}"
    rf"([^\W\d_]{_NAME}(?:[ \t]{_NAME}){{0,3}})[ \t]?:(?=\s|$)[ \t]*"
)
_INLINE = re.compile(r"\[([^\W\d_][^\[\]\n]{0,39})\]")
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Labels:
    """Which labels begin a turn in one transcript."""

    bracketed: bool
    repeated: frozenset[str]

    def find(self, line: str) -> tuple[str, int] | None:
        """Return the speaker of a labelled line, and where its words begin."""
        if self.bracketed:
            found = _BRACKETED.match(line)
            return (speaker_of(found[1]), found.end()) if found and not is_sound(found[1]) else None
        found = _PREFIXED.match(line)
        if found and (is_role(found[1]) or speaker_of(found[1]) in self.repeated):
            return speaker_of(found[1]), found.end()
        return None


def labels_of(lines: Sequence[str]) -> Labels:
    """Return which labels begin a turn in ``lines``."""
    bracketed = any(
        found and not is_sound(found[1]) for found in (_BRACKETED.match(line) for line in lines)
    )
    prefixes = (_PREFIXED.match(line) for line in lines)
    counts = Counter(speaker_of(found[1]) for found in prefixes if found)
    return Labels(bracketed, frozenset(label for label, n in counts.items() if n > 1))


def read(text: str) -> Iterator[Turn]:
    """Yield the turns of a plain transcript."""
    lines = list(_LINE.finditer(text))
    labels = labels_of([line.group() for line in lines])
    speaker, begin, offset, end = UNKNOWN, -1, 0, 0
    for line in lines:
        found = labels.find(line.group())
        if found:
            if begin >= 0:
                yield Turn(speaker=speaker, source=text[begin:end], offset=offset)
            begin, (speaker, offset) = line.start(), found
        elif begin < 0 and line.group().strip():
            begin = line.start()
        if found or line.group().strip():
            end = line.end()
    if begin >= 0:
        yield Turn(speaker=speaker, source=text[begin:end], offset=offset)


def inline(turn: Turn) -> Iterator[str]:
    """Yield the speakers whose bracketed labels stand inside a turn, where lines were lost."""
    for found in _INLINE.finditer(turn.text):
        if is_role(found[1]):
            yield speaker_of(found[1])
